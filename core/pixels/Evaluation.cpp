// Turns nodes into pixels and numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Evaluation.h"

#include "core/Error.h"
#include "core/measure/MeasurePrivate.h"
#include "core/pixels/vips/DisplayImage.h"
#include "core/pixels/vips/DisplayReader.h"
#include "core/pixels/vips/EncodedLoader.h"
#include "core/pixels/vips/FileLoader.h"
#include "core/pixels/vips/FileSaver.h"
#include "core/pixels/vips/Metadata.h"
#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/Pipelines.h"
#include "core/pixels/vips/Streaming.h"
#include "core/pixels/vips/TargetSaver.h"
#include "core/pixels/vips/VipsErrors.h"

#include <map>
#include <mutex>

namespace tintype {

int ImageInfo::planeCount() const {
    int count = 1;
    for (const Axis& axis : axes)
        count *= axis.size;
    return count;
}

namespace {

ImageShape shapeOf(const VipsImage* image) {
    return {image->Xsize, image->Ysize, image->Bands, PixelFormat(image->BandFmt),
            vips_enum_nick(VIPS_TYPE_INTERPRETATION, image->Type)};
}

PipelineOptions pipelineOptions(const EvaluationOptions& options) {
    return {options.plane, options.tolerant, options.sequential};
}

/// Keeps a libvips image in memory alive for as long as its pixels are used.
std::shared_ptr<const PixelBuffer> bufferOf(const VipsImageRef& image) {
    return std::make_shared<PixelBuffer>(shapeOf(image.get()), vips_image_get_data(image.get()),
                                         std::make_shared<VipsImageRef>(image), false);
}

bool changesHeaderOnly(const Node& node) {
    if (node.operation() != "copy")
        return node.operation() == "set_field" || node.operation() == "remove_field";
    for (const char* name : {"width", "height", "bands", "format", "coding"})
        if (const Value* value = node.parameter(name); value && !value->isNone())
            return false;
    return true;
}

/// The pixels of an image that differs from an array in its header alone; null for others.
std::shared_ptr<const PixelBuffer> arrayBehind(NodePtr node) {
    while (changesHeaderOnly(*node))
        node = std::get<NodeOutput>(*node->parameter("in")).node;
    return node->operation() == Node::ARRAY ? node->pixels() : nullptr;
}

} // namespace

class Evaluation::Implementation {
public:
    explicit Implementation(const OperationCatalog& catalog) : pipelines(catalog, replaced) {}

    /// Names the image that was asked for.
    VipsImageRef image(const Image& image, const EvaluationOptions& options, const CancelToken& token,
                       BuiltPtr* built = nullptr) {
        if (!image)
            throw Error(ErrorCode::NotFound, "there is no image");
        const BuiltPtr made = pipelines.build(image.node(), pipelineOptions(options), {token, {}});
        const BuiltOutput* output = made->output(image.output().name);
        if (!output || !output->image)
            throw Error(ErrorCode::Operation,
                        image.node()->operation() + " gives no image named '" + image.output().name + "'");
        if (built)
            *built = made;
        return output->image;
    }

    /// The same, with the pixels of the cuts that it stands on.
    VipsImageRef prepared(const Image& image, const EvaluationOptions& options, const CancelToken& token) {
        BuiltPtr built;
        VipsImageRef made = this->image(image, options, token, &built);
        Pipelines::prepare(*built, token);
        return made;
    }

    DisplayRange range(const VipsImageRef& image, const Image& source, const EvaluationOptions& options,
                       const EvaluationWatch& watch) {
        const RangeKey key{{source.node()->id(), options.plane, options.tolerant, false}, source.output().name};
        {
            std::lock_guard lock(m_mutex);
            const auto known = m_ranges.find(key);
            if (known != m_ranges.end())
                return known->second;
        }
        const DisplayRange found = displayRange(image, watch);
        std::lock_guard lock(m_mutex);
        if (m_ranges.size() > MOST_RANGES)
            m_ranges.clear();
        return m_ranges[key] = found;
    }

    /// Runs what evaluates pixels. libvips' images remember that they failed, but not why, and so do those that were built
    /// on them; after a failure all are built afresh, so that the next attempt says why again.
    template <typename F>
    auto evaluate(F&& f) {
        try {
            return f();
        } catch (const Error& error) {
            // What a Python function raised inside may have any code.
            if (error.code() != ErrorCode::Cancelled)
                pipelines.clear();
            throw;
        }
    }

    /// In one pass where that is possible, with random access otherwise.
    template <typename Saver>
    void save(const Image& image, const OperationCatalog& catalog, const EvaluationWatch& watch, Saver& saver) {
        if (canStream(image, catalog)) {
            EvaluationOptions sequential;
            sequential.sequential = true;
            try {
                return saver.write(this->image(image, sequential, watch.token), watch);
            } catch (const Error& error) {
                // Some operation wanted pixels out of order after all; what really is wrong shows again below.
                if (error.code() == ErrorCode::Cancelled || error.code() == ErrorCode::Parameter || !saver.canBeginAgain())
                    throw;
            }
        }
        evaluate([&] {
            saver.write(prepared(image, {}, watch.token), watch);
        });
    }

    ReplacedFiles replaced;
    Pipelines pipelines;

private:
    static constexpr std::size_t MOST_RANGES = 10'000;
    using RangeKey = std::pair<PipelineKey, std::string>;
    std::mutex m_mutex;
    std::map<RangeKey, DisplayRange> m_ranges;
};

Evaluation::Evaluation(const OperationCatalog& catalog)
    : m_catalog(catalog), m_implementation(std::make_unique<Implementation>(catalog)) {}

Evaluation::~Evaluation() = default;

NodePtr Evaluation::openFile(const std::string& path, const Parameters& options, bool allPlanes, const CancelToken& token) const {
    return FileLoader::node(path, options, allPlanes, m_implementation->replaced, m_catalog, token);
}

void Evaluation::readAdded(const NodePtr& file, const EvaluationWatch& watch) const {
    if (!addedFormatOf(*file).empty())
        m_implementation->evaluate([&] { m_implementation->pipelines.build(file, {}, watch); });
}

NodePtr Evaluation::openEncoded(BytesPtr data, const std::string& name, const Parameters& options, bool allPlanes) const {
    return EncodedLoader::node(std::move(data), name, options, allPlanes);
}

NodePtr Evaluation::apply(const Operation& operation, Parameters given, const EvaluationWatch& watch) const {
    NodePtr node = m_catalog.makeNode(operation, std::move(given));
    const auto build = [&] { m_implementation->pipelines.build(node, {}, watch); };
    if (operation.imageOutput() && !operation.function)
        build();
    else
        m_implementation->evaluate(build);
    return node;
}

ImageInfo Evaluation::info(const Image& image, const EvaluationOptions& options,
                           const EvaluationWatch& watch) const {
    BuiltPtr built;
    const VipsImageRef vips = m_implementation->image(image, options, watch.token, &built);
    return {shapeOf(vips.get()), built->axes, vips.get()->Xres, vips.get()->Yres};
}

Value Evaluation::value(const NodeOutput& output, const EvaluationWatch& watch, int plane) const {
    const BuiltPtr built = m_implementation->evaluate(
        [&] { return m_implementation->pipelines.build(output.node, {plane}, watch); });
    const BuiltOutput* found = built->output(output.name);
    if (!found || found->image)
        throw Error(ErrorCode::Operation, output.node->operation() + " gives no value named '" + output.name + "'");
    return found->value;
}

std::shared_ptr<const PixelBuffer> Evaluation::pixels(const Image& image, const EvaluationWatch& watch,
                                                      const EvaluationOptions& options) const {
    return m_implementation->evaluate([&] {
        const VipsImageRef vips = m_implementation->prepared(image, options, watch.token);
        if (auto known = arrayBehind(image.node()))
            return std::shared_ptr<const PixelBuffer>(std::make_shared<PixelBuffer>(shapeOf(vips.get()), std::move(known)));
        return bufferOf(materialised(vips, watch, describe(image.node()), options.onDisk ? 0 : SIZE_MAX));
    });
}

std::shared_ptr<const PixelBuffer> Evaluation::pixels(const Image& image, const PixelRect& rect,
                                                      const EvaluationWatch& watch,
                                                      const EvaluationOptions& options) const {
    return m_implementation->evaluate([&] {
        const VipsImageRef vips = m_implementation->prepared(image, options, watch.token);
        VipsImage* area = nullptr;
        if (vips_extract_area(vips.get(), &area, rect.left, rect.top, rect.width, rect.height, nullptr))
            throwVipsError(ErrorCode::Operation, "pixels");
        return bufferOf(materialised(VipsImageRef::take(area), watch, describe(image.node()), SIZE_MAX));
    });
}

std::unique_ptr<RegionReader> Evaluation::displayReader(const Image& image, int level, const EvaluationOptions& options,
                                                        const EvaluationWatch& watch) const {
    const VipsImageRef vips = m_implementation->prepared(image, options, watch.token);
    // The range is found with random access, whatever the reader does afterwards.
    EvaluationOptions anywhere = options;
    anywhere.sequential = false;
    const VipsImageRef sample = options.sequential ? m_implementation->image(image, anywhere, watch.token) : vips;
    const DisplayRange range = m_implementation->range(sample, image, anywhere, watch);
    return makeDisplayReader(displayPixels(vips, level, range), watch);
}

void Evaluation::displayPass(const Image& image, int level, const DisplayStrip& strip, const EvaluationOptions& options,
                             const EvaluationWatch& watch) const {
    bool begun = false;
    const auto run = [&](bool sequential) {
        EvaluationOptions chosen = options;
        chosen.sequential = sequential;
        // The range takes a pass of its own, and a sequential image can be read only once.
        const DisplayRange range =
            m_implementation->range(m_implementation->prepared(image, chosen, watch.token), image, chosen, watch);
        const VipsImageRef vips = m_implementation->prepared(image, chosen, watch.token);
        const auto begin = [&](const PixelRect& rect, const void* pixels, std::size_t stride) {
            begun = true;
            strip(rect, pixels, stride);
        };
        runDisplayPass(displayPixels(vips, level, range), begin, watch);
    };
    if (options.sequential && canStream(image, m_catalog)) {
        try {
            return run(true);
        } catch (const Error& error) {
            // Some operation wanted pixels out of order after all; what really is wrong shows again below.
            if (begun || error.code() == ErrorCode::Cancelled)
                throw;
        }
    }
    run(false);
}

void Evaluation::writeToFile(const Image& image, const std::string& path, const Parameters& options,
                             const EvaluationWatch& watch) const {
    FileSaver saver(path, options, describe(image.node()), m_implementation->replaced, m_catalog, watch.token);
    if (saver.isForFunction())
        saver.writeByFunction(image, watch);
    else
        m_implementation->save(image, m_catalog, watch, saver);
    saver.commit();
}

void Evaluation::encode(const Image& image, const Encoding& encoding, ByteSink& sink, const EvaluationWatch& watch) const {
    if (!image)
        throw Error(ErrorCode::NotFound, "there is no image");
    if (encoding.saver.empty() && m_catalog.formats().forSaving("file" + encoding.suffix))
        throw Error(ErrorCode::Parameter, "pictures of the ending '" + encoding.suffix + "' can be written to files only");
    TargetSaver saver(encoding, sink, describe(image.node()));
    m_implementation->save(image, m_catalog, watch, saver);
    saver.finish();
}

ObjectTable Evaluation::measureObjects(const Image& labels, const Image& intensity, const EvaluationWatch& watch) const {
    return m_implementation->evaluate([&] {
        const VipsImageRef objects = m_implementation->prepared(labels, {}, watch.token);
        VipsImageRef values;
        if (intensity)
            values = m_implementation->prepared(intensity, {}, watch.token);
        return tintype::measureObjects(objects, values, watch);
    });
}

Value Evaluation::metadata(const Image& image, const std::string& field) const {
    return metadataOf(m_implementation->image(image, {}, {}), field);
}

std::vector<std::string> Evaluation::metadataFields(const Image& image) const {
    return metadataFieldsOf(m_implementation->image(image, {}, {}));
}

std::string Evaluation::metadataType(const Image& image, const std::string& field) const {
    return metadataTypeOf(m_implementation->image(image, {}, {}), field);
}

void Evaluation::dropCaches() const {
    m_implementation->pipelines.clear();
}

} // namespace tintype
