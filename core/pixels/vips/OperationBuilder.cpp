// Builds one libvips operation from a catalogue entry and values.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/OperationBuilder.h"

#include "core/operations/WhileBuilt.h"
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/vips/FormatModules.h"
#include "core/pixels/vips/ImageLimits.h"
#include "core/pixels/vips/UnstoppedImage.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsProperty.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

namespace tintype {

namespace {

/// A whole image that is larger is mapped into memory from a temporary file.
constexpr std::size_t MOST_BYTES_IN_MEMORY = std::size_t(1) << 30;

/// Thumbnails open pictures by themselves.
bool opensPictures(const Operation& operation) {
    return operation.family == "VipsThumbnail";
}

bool isImageKind(ParameterKind kind) {
    return kind == ParameterKind::Image || kind == ParameterKind::ImageList;
}

} // namespace

OperationBuilder::OperationBuilder(const Operation& operation, const Parameters& parameters, Resolve resolve,
                                   const EvaluationWatch& watch)
    : m_operation(operation), m_parameters(parameters), m_resolve(std::move(resolve)), m_watch(watch) {}

OperationBuilder::~OperationBuilder() {
    if (m_vips)
        vips_object_unref_outputs(VIPS_OBJECT(m_vips.get()));
}

std::vector<BuiltOutput> OperationBuilder::build() {
    if (opensPictures(m_operation))
        loadFormatModules();
    m_vips = VipsRef<VipsOperation>::take(vips_operation_new(m_operation.engine.c_str()));
    if (!m_vips)
        fail();
    findImages();
    checkLimits(m_operation, m_parameters, m_first);
    for (const ParameterInfo& info : m_operation.inputs) {
        const Value* value = findParameter(m_parameters, info.name);
        if (value && !value->isNone() && *value != info.engineDefault)
            set(info, *value);
    }
    const bool failed = buildEngine();
    for (WatchedImage& watched : m_watched)
        watched.finish(failed);
    if (failed)
        fail();
    // What a stop that came at the very end has killed must not be built upon.
    if (computesWhileBuilt(m_operation))
        m_watch.token.check();
    std::vector<BuiltOutput> outputs;
    for (const ParameterInfo& info : m_operation.outputs)
        outputs.push_back(read(info));
    return outputs;
}

bool OperationBuilder::buildEngine() {
    std::optional<EvaluationScope> scope;
    std::optional<EvaluationScope::Use> use;
    if (computesWhileBuilt(m_operation))
        use.emplace(scope.emplace(m_watch.token));
    return vips_object_build(VIPS_OBJECT(m_vips.get())) != 0;
}

void OperationBuilder::fail() const {
    // libvips names neither the image nor the values that it refuses.
    std::string context = m_operation.id;
    for (const ParameterInfo& info : m_operation.inputs) {
        const Value* value = findParameter(m_parameters, info.name);
        if (value && info.required && !isImageKind(info.kind))
            context += (context == m_operation.id ? " with " : ", ") + info.name + "=" + value->toText();
    }
    if (m_first)
        context += " on an image of " + describe(m_first);
    throwVipsError(ErrorCode::Operation, context, &m_watch.token);
}

void OperationBuilder::findImages() {
    for (const ParameterInfo& info : m_operation.inputs) {
        const Value* value = isImageKind(info.kind) ? findParameter(m_parameters, info.name) : nullptr;
        if (!value)
            continue;
        forEachInput(*value, [this](const NodeOutput& input) {
            const VipsImageRef image = m_resolve(input).image;
            if (!m_first)
                m_first = image;
            if (image)
                m_last = image;
        });
    }
    if (!m_operation.keepsFormat || !m_first)
        return;
    const Value* precision = findParameter(m_parameters, "precision");
    m_roundTo = m_first.get()->BandFmt;
    m_roundBack = vips_band_format_isint(m_roundTo) && (!precision || *precision == Value("float"));
}

Value OperationBuilder::resolvedValue(const Value& value) const {
    if (auto* output = value.as<NodeOutput>())
        return m_resolve(*output).value;
    if (auto* list = value.as<List>()) {
        List resolved;
        for (const Value& item : *list)
            resolved.push_back(resolvedValue(item));
        return resolved;
    }
    return value;
}

std::vector<double> OperationBuilder::numbersOf(const ParameterInfo& info, const Value& value) const {
    std::vector<double> numbers;
    const Value resolved = resolvedValue(value);
    const List single{resolved};
    for (const Value& item : resolved.as<List>() ? *resolved.as<List>() : single) {
        double number = 0;
        if (!item.toNumber(number))
            throw Error(ErrorCode::Parameter, m_operation.id + ": " + info.name + " must be a number, not " + item.toText());
        numbers.push_back(number);
    }
    return numbers;
}

VipsImageRef OperationBuilder::constantImage(const std::vector<double>& values) const {
    if (!m_last)
        throw Error(ErrorCode::Parameter, m_operation.id + ": at least one image is needed, not numbers alone");
    // As pyvips: one pixel of the reference's format, spread over its size.
    const std::vector<double> ones(values.size(), 1.0);
    VipsImage* step = nullptr;
    if (vips_black(&step, 1, 1, nullptr))
        fail();
    const VipsImageRef black = VipsImageRef::take(step);
    if (vips_linear(black.get(), &step, ones.data(), values.data(), int(values.size()), nullptr))
        fail();
    const VipsImageRef pixel = VipsImageRef::take(step);
    if (vips_cast(pixel.get(), &step, m_last.get()->BandFmt, nullptr))
        fail();
    const VipsImageRef cast = VipsImageRef::take(step);
    if (vips_embed(cast.get(), &step, 0, 0, m_last.get()->Xsize, m_last.get()->Ysize, "extend",
                   VIPS_EXTEND_COPY, nullptr))
        fail();
    const VipsImageRef spread = VipsImageRef::take(step);
    if (vips_copy(spread.get(), &step, "interpretation", m_last.get()->Type, "xres", m_last.get()->Xres, "yres",
                  m_last.get()->Yres, nullptr))
        fail();
    return VipsImageRef::take(step);
}

VipsImageRef OperationBuilder::prepared(const ParameterInfo& info, VipsImageRef image) {
    VipsImage* step = nullptr;
    if (info.modified)
        return materialised(image, m_watch, m_operation.id, std::numeric_limits<std::size_t>::max());
    if (isNeededWhole(m_operation, info))
        return materialisedOnce(image, m_watch, m_operation.id, MOST_BYTES_IN_MEMORY);
    if (keepsTiles(m_operation)) {
        step = unstoppedCopy(image.get());
        if (!step)
            fail();
        return VipsImageRef::take(step);
    }
    if (readsAllWhileBuilt(m_operation))
        image = wholeOrLazy(image, m_watch, m_operation.id);
    if (readsWhileBuilt(m_operation))
        image = m_watched.emplace_back(image, m_watch, ErrorCode::Operation, m_operation.id).image();
    if (m_roundBack && !m_operation.input("precision") && info.kind == ParameterKind::Image) {
        if (vips_cast_float(image.get(), &step, nullptr))
            fail();
        return VipsImageRef::take(step);
    }
    return image;
}

VipsImageRef OperationBuilder::imageFor(const ParameterInfo& info, const Value& value) {
    if (auto* output = value.as<NodeOutput>()) {
        BuiltOutput built = m_resolve(*output);
        if (built.image)
            return prepared(info, built.image);
    }
    const List* rows = value.as<List>();
    if (rows && !rows->empty() && rows->front().as<List>())
        return matrixImage(info, *rows);
    return constantImage(numbersOf(info, value));
}

VipsImageRef OperationBuilder::matrixImage(const ParameterInfo& info, const List& rows) const {
    std::vector<double> numbers;
    for (const Value& row : rows) {
        const std::vector<double> items = numbersOf(info, row);
        numbers.insert(numbers.end(), items.begin(), items.end());
    }
    const int width = int(numbers.size() / rows.size());
    VipsImage* matrix =
        vips_image_new_matrix_from_array(width, int(rows.size()), numbers.data(), int(numbers.size()));
    if (!matrix)
        fail();
    return VipsImageRef::take(matrix);
}

void OperationBuilder::set(const ParameterInfo& info, const Value& value) {
    const GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(m_vips.get()), info.name.c_str());
    if (!spec)
        throw Error(ErrorCode::Internal, m_operation.id + ": the engine has no parameter " + info.name);
    ScopedValue target(G_PARAM_SPEC_VALUE_TYPE(spec));
    setProperty(info, value, target.get());
    g_object_set_property(G_OBJECT(m_vips.get()), info.name.c_str(), &target.get());
}

void OperationBuilder::setProperty(const ParameterInfo& info, const Value& value, GValue& target) {
    if (info.kind == ParameterKind::Image) {
        g_value_set_object(&target, imageFor(info, value).get());
    } else if (info.kind == ParameterKind::ImageList) {
        const List single{value};
        const List& items = value.as<List>() ? *value.as<List>() : single;
        vips_value_set_array_image(&target, int(items.size()));
        VipsImage** images = vips_value_get_array_image(&target, nullptr);
        for (std::size_t i = 0; i < items.size(); ++i)
            images[i] = imageFor(info, items[i]).release();
    } else {
        toProperty(resolvedValue(value), target, m_operation.id + ": " + info.name);
    }
}

VipsImageRef OperationBuilder::roundedBack(VipsImageRef image) const {
    VipsImage* step = nullptr;
    if (vips_rint(image.get(), &step, nullptr))
        fail();
    const VipsImageRef rounded = VipsImageRef::take(step);
    if (vips_cast(rounded.get(), &step, m_roundTo, nullptr))
        fail();
    return VipsImageRef::take(step);
}

VipsImageRef OperationBuilder::finished(VipsImageRef image) const {
    if (m_roundBack)
        image = roundedBack(image);
    VipsImageRef quicker = VipsImageRef::take(quickerImage(m_vips.get(), image.get()));
    if (!quicker)
        fail();
    return quicker;
}

BuiltOutput OperationBuilder::read(const ParameterInfo& info) {
    BuiltOutput output{info.name, {}, {}};
    const GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(m_vips.get()), info.name.c_str());
    std::string property = info.name;
    if (!spec) {
        // The result of drawing is the copy that was drawn upon.
        for (const ParameterInfo& input : m_operation.inputs) {
            if (input.modified)
                property = input.name;
        }
        spec = g_object_class_find_property(G_OBJECT_GET_CLASS(m_vips.get()), property.c_str());
        if (!spec)
            throw Error(ErrorCode::Internal, m_operation.id + ": the engine has no output " + info.name);
    }
    ScopedValue value(G_PARAM_SPEC_VALUE_TYPE(spec));
    g_object_get_property(G_OBJECT(m_vips.get()), property.c_str(), &value.get());
    if (G_VALUE_HOLDS_OBJECT(&value.get())) {
        GObject* object = static_cast<GObject*>(g_value_get_object(&value.get()));
        if (object && VIPS_IS_IMAGE(object))
            output.image = finished(VipsImageRef::share(VIPS_IMAGE(object)));
    } else {
        output.value = fromProperty(value.get());
    }
    return output;
}

} // namespace tintype
