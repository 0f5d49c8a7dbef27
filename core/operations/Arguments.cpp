// Turns libvips' argument descriptions into ParameterInfo.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/IntrospectionPrivate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tintype {

namespace {

constexpr double INFINITE = std::numeric_limits<double>::infinity();

/// A range as wide as ±1e7 is of no use on a slider; near the default is a better guess.
void guessSlider(ParameterInfo& info, double standard) {
    info.sliderMinimum = info.minimum;
    info.sliderMaximum = info.maximum;
    if (info.maximum - info.minimum <= 1000)
        return;
    const double reach = std::max(std::abs(standard) * 4, 100.0);
    info.sliderMinimum = std::max(info.minimum, info.minimum < 0 ? -reach : 0.0);
    info.sliderMaximum = std::min(info.maximum, reach);
}

template <typename Spec, typename T>
void describeNumber(FreshInstance& object, const Spec* spec, const VipsArgumentClass& argument, ParameterInfo& info) {
    info.minimum = double(spec->minimum);
    info.maximum = double(spec->maximum);
    // A required argument is always given; the description's default is where a form begins.
    const T inInstance = info.required ? spec->default_value : object.member<T>(argument);
    const bool allowed = inInstance >= spec->minimum && inInstance <= spec->maximum;
    const T standard = allowed ? inInstance : spec->default_value;
    if (info.required || allowed)
        info.defaultValue = Value(std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t>(standard));
    guessSlider(info, double(standard));
}

void describeChoices(GType type, ParameterInfo& info) {
    auto* enumeration = static_cast<GEnumClass*>(g_type_class_ref(type));
    for (unsigned i = 0; i < enumeration->n_values; ++i) {
        const GEnumValue& value = enumeration->values[i];
        const std::string nick = value.value_nick;
        // "last" ends libvips' enumerations, and negative values stand for errors.
        if (value.value >= 0 && nick != "last")
            info.choices.push_back({nick, sentence(nick)});
    }
    g_type_class_unref(enumeration);
}

void describeEnum(FreshInstance& object, GParamSpec* spec, const VipsArgumentClass& argument, ParameterInfo& info) {
    const auto* enumSpec = G_PARAM_SPEC_ENUM(spec);
    info.kind = ParameterKind::Choice;
    describeChoices(G_PARAM_SPEC_VALUE_TYPE(spec), info);
    const int standard = info.required ? enumSpec->default_value : object.member<int>(argument);
    if (const GEnumValue* value = g_enum_get_value(enumSpec->enum_class, standard); value && value->value >= 0)
        info.defaultValue = Value(value->value_nick);
}

void describeList(FreshInstance& object, const VipsArgumentClass& argument, ParameterInfo& info) {
    info.minimum = -INFINITE;
    info.maximum = INFINITE;
    if (info.required || info.kind != ParameterKind::NumberList)
        return;
    auto* area = object.member<VipsArea*>(argument);
    if (!area)
        return;
    int count = 0;
    const double* numbers = vips_array_double_get(reinterpret_cast<VipsArrayDouble*>(area), &count);
    info.defaultValue = Value(std::vector<double>(numbers, numbers + count));
}

void describeInterpolator(ParameterInfo& info) {
    info.kind = ParameterKind::Interpolator;
    info.choices = {{"nearest", "Nearest"}, {"bilinear", "Bilinear"},
                    {"bicubic", "Bicubic"}, {"lbb", "Bicubic, less overshoot"},
                    {"nohalo", "No halo"},  {"vsqbs", "B-splines"}};
    info.defaultValue = Value("bilinear");
}

bool isBoxed(GType type, ParameterKind& kind) {
    if (type == VIPS_TYPE_ARRAY_DOUBLE)
        kind = ParameterKind::NumberList;
    else if (type == VIPS_TYPE_ARRAY_INT)
        kind = ParameterKind::IntegerList;
    else if (type == VIPS_TYPE_ARRAY_IMAGE)
        kind = ParameterKind::ImageList;
    else if (type == VIPS_TYPE_BLOB)
        kind = ParameterKind::Bytes;
    else
        return false;
    return true;
}

/// Kind, range and default.
bool describeType(FreshInstance& object, GParamSpec* spec, const VipsArgumentClass& argument, ParameterInfo& info) {
    const GType type = G_PARAM_SPEC_VALUE_TYPE(spec);
    if (G_IS_PARAM_SPEC_BOOLEAN(spec)) {
        info.kind = ParameterKind::Boolean;
        info.defaultValue = Value(object.member<gboolean>(argument) != 0);
    } else if (G_IS_PARAM_SPEC_INT(spec)) {
        info.kind = ParameterKind::Integer;
        describeNumber<GParamSpecInt, int>(object, G_PARAM_SPEC_INT(spec), argument, info);
    } else if (G_IS_PARAM_SPEC_DOUBLE(spec)) {
        info.kind = ParameterKind::Number;
        describeNumber<GParamSpecDouble, double>(object, G_PARAM_SPEC_DOUBLE(spec), argument, info);
    } else if (G_IS_PARAM_SPEC_ENUM(spec)) {
        describeEnum(object, spec, argument, info);
    } else if (G_IS_PARAM_SPEC_STRING(spec)) {
        info.kind = ParameterKind::Text;
    } else if (g_type_is_a(type, VIPS_TYPE_IMAGE)) {
        info.kind = ParameterKind::Image;
    } else if (g_type_is_a(type, VIPS_TYPE_INTERPOLATE)) {
        describeInterpolator(info);
    } else if (isBoxed(type, info.kind)) {
        describeList(object, argument, info);
    } else {
        return false;
    }
    return true;
}

} // namespace

std::string pythonName(const char* engineName) {
    std::string name = engineName;
    std::ranges::replace(name, '-', '_');
    return name;
}

std::string sentence(std::string text) {
    std::ranges::replace(text, '-', ' ');
    std::ranges::replace(text, '_', ' ');
    if (!text.empty())
        text.front() = char(g_ascii_toupper(text.front()));
    return text;
}

bool describeArgument(FreshInstance& object, GParamSpec* spec, const VipsArgumentClass& argument, ParameterInfo& info) {
    info.name = pythonName(g_param_spec_get_name(spec));
    info.title = sentence(info.name);
    info.help = sentence(g_param_spec_get_blurb(spec));
    info.required = argument.flags & VIPS_ARGUMENT_REQUIRED;
    info.output = argument.flags & VIPS_ARGUMENT_OUTPUT;
    info.modified = argument.flags & VIPS_ARGUMENT_MODIFY;
    info.engineType = g_type_name(G_PARAM_SPEC_VALUE_TYPE(spec));
    if (!describeType(object, spec, argument, info))
        return false;
    if (info.output)
        info.defaultValue = Value();
    else if (!info.required)
        info.engineDefault = info.defaultValue;
    return true;
}

} // namespace tintype
