// What the steps of a recipe become, one by one: libvips images and values.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/EncodedLoader.h"
#include "core/pixels/vips/FileLoader.h"
#include "core/pixels/vips/OperationBuilder.h"
#include "core/pixels/vips/PipelineWalk.h"
#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/TileMap.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/recipe/EncodedSource.h"

#include <algorithm>

namespace tintype {

namespace {

BuiltPtr withImage(VipsImageRef image, std::vector<Axis> axes = {}) {
    auto built = std::make_shared<Built>();
    built->outputs.push_back({"out", std::move(image), {}});
    built->axes = std::move(axes);
    built->length = 1;
    return built;
}

BuiltPtr arrayImage(const std::shared_ptr<const PixelBuffer>& pixels) {
    const ImageShape& shape = pixels->shape();
    VipsImageRef image =
        VipsImageRef::take(vips_image_new_from_memory(pixels->data(), shape.byteCount(), shape.width, shape.height,
                                                      shape.bands, VipsBandFormat(shape.format)));
    if (!image)
        throwVipsError(ErrorCode::Operation, "array");
    using Holder = std::shared_ptr<const PixelBuffer>;
    g_object_weak_ref(
        G_OBJECT(image.get()), [](void* holder, GObject*) { delete static_cast<Holder*>(holder); }, new Holder(pixels));
    // Nobody else has seen it yet; a copy with another interpretation would hide that the pixels are in memory.
    image.get()->Type = VipsInterpretation(
        vips_enum_from_nick("tintype", VIPS_TYPE_INTERPRETATION, shape.interpretation.c_str()));
    return withImage(std::move(image));
}

/// A thumbnail reads its file in one pass, and whoever asks again would find nothing.
void readAtOnce(Built& built, const EvaluationWatch& watch, const std::string& operation, std::size_t mostBytes) {
    for (BuiltOutput& output : built.outputs) {
        if (!output.image || !vips_image_is_sequential(output.image.get()))
            continue;
        output.image = materialised(output.image, watch, operation, mostBytes);
        vips_image_remove(output.image.get(), VIPS_META_SEQUENTIAL);
    }
}

} // namespace

BuiltPtr Pipelines::buildStep(const Step& step, Walk& walk, const EvaluationWatch& watch) {
    const Node& node = *step.node;
    if (!addedFormatOf(node).empty())
        return buildAddedFile(step, walk, watch);
    if (node.operation() == Node::FILE) {
        const FileLoader loader(node.parameters(), m_replaced, step.key.tolerant, step.key.sequential);
        VipsImageRef image = loader.load(step.key.plane);
        std::vector<Axis> axes = loader.axes(image);
        return withImage(std::move(image), std::move(axes));
    }
    if (node.operation() == ENCODED) {
        const EncodedLoader loader(node.parameters(), step.key.tolerant);
        VipsImageRef image = loader.load(step.key.plane);
        std::vector<Axis> axes = loader.axes(image);
        return withImage(std::move(image), std::move(axes));
    }
    if (node.operation() == Node::ARRAY)
        return arrayImage(node.pixels());
    if (node.operation() == Node::PLANE) {
        const auto source = std::get<NodeOutput>(*node.parameter("in"));
        auto built = std::make_shared<Built>(Built{{{"out", walk.output(step, source).image, {}}}, {}});
        built->standOn(walk.from(step, source));
        return built;
    }
    if (node.operation() == Node::INPUT) {
        const Value* name = node.parameter("name");
        throw Error(ErrorCode::Recipe, "the recipe's input " + (name ? name->toText() : "") +
                                           " has no picture yet; apply the recipe to one");
    }
    if (node.operation() == FUNCTION)
        return std::make_shared<Built>();
    if (node.operation() == MAP_TILES)
        return buildTileMap(step, walk);
    return buildOperation(step, walk, watch);
}

BuiltPtr Pipelines::buildTileMap(const Step& step, const Walk& walk) {
    const std::shared_ptr<const TileFunction> function = tileFunctionOf(*step.node);
    const std::vector<NodeOutput> sources = mappedImages(*step.node);
    std::vector<VipsImageRef> images;
    auto built = std::make_shared<Built>();
    for (const NodeOutput& source : sources) {
        images.push_back(walk.output(step, source).image);
        built->standOn(walk.from(step, source));
    }
    if (!function || images.empty() || !std::all_of(images.begin(), images.end(), [](const VipsImageRef& image) { return bool(image); }))
        throw Error(ErrorCode::Recipe, "map_tiles: the function of this step is gone");
    built->outputs.push_back({"out", mapTiles(images, function, tileMappingOf(*step.node)), {}});
    built->axes = walk.from(step, sources.front()).axes;
    ++built->length;
    return built;
}

BuiltPtr Pipelines::buildOperation(const Step& step, const Walk& walk, const EvaluationWatch& watch) {
    const Node& node = *step.node;
    const Operation* const operation = m_catalog.find(node.operation());
    if (!operation)
        throw Error(ErrorCode::Recipe, "the operation '" + node.operation() +
                                           "' is not there; the add-on or the script that brings it is off or missing");
    if (operation->function)
        return buildFunction(step, *operation, walk, watch);
    auto built = std::make_shared<Built>();
    Built stoodOn;
    for (const NodePtr& input : node.inputs()) {
        const Built& from = *walk.built.at(inputStep(step, input).key);
        stoodOn.standOn(from);
        if (built->axes.empty())
            built->axes = from.axes;
    }
    // It reads all pixels while it is built.
    if (!operation->imageOutput())
        prepare(stoodOn, watch.token);
    OperationBuilder builder(
        *operation, node.parameters(), [&](const NodeOutput& input) { return walk.output(step, input); }, watch);
    built->outputs = builder.build();
    if (node.inputs().empty())
        readAtOnce(*built, watch, node.operation(), MOST_BYTES_IN_MEMORY);
    if (built->hasImage()) {
        built->standOn(stoodOn);
        ++built->length;
    }
    return built;
}

} // namespace tintype
