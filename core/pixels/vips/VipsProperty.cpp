// Carries plain values into and out of libvips' typed properties.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/VipsProperty.h"

#include "core/Error.h"
#include "core/pixels/vips/VipsErrors.h"
#include "core/pixels/vips/VipsRef.h"

#include <cmath>
#include <vector>

namespace tintype {

namespace {

[[noreturn]] void refuse(const Value& value, const std::string& what, const std::string& wanted) {
    throw Error(ErrorCode::Parameter, what + " must be " + wanted + ", not " + value.toText());
}

std::vector<double> numbersIn(const Value& value, const std::string& what) {
    std::vector<double> numbers;
    const List single{value};
    for (const Value& item : value.as<List>() ? *value.as<List>() : single) {
        double number = 0;
        if (!item.toNumber(number))
            refuse(item, what, "a number or a list of numbers");
        numbers.push_back(number);
    }
    return numbers;
}

std::string enumChoices(GType type) {
    const auto* enumClass = static_cast<GEnumClass*>(g_type_class_ref(type));
    std::string names;
    // libvips ends its enumerations with a `last` that is no choice.
    for (unsigned i = 0; i + 1 < enumClass->n_values; ++i)
        names += (i ? ", " : "") + std::string(enumClass->values[i].value_nick);
    g_type_class_unref(const_cast<GEnumClass*>(enumClass));
    return "one of " + names;
}

void textToProperty(const std::string& text, GValue& property, const std::string& what) {
    const GType type = G_VALUE_TYPE(&property);
    if (G_TYPE_IS_ENUM(type)) {
        auto* enumClass = static_cast<GEnumClass*>(g_type_class_ref(type));
        const GEnumValue* entry = g_enum_get_value_by_nick(enumClass, text.c_str());
        g_type_class_unref(enumClass);
        if (!entry)
            refuse(text, what, enumChoices(type));
        g_value_set_enum(&property, entry->value);
    } else if (type == VIPS_TYPE_INTERPOLATE) {
        const auto interpolate = VipsRef<VipsInterpolate>::take(vips_interpolate_new(text.c_str()));
        if (!interpolate)
            throwVipsError(ErrorCode::Parameter, what);
        g_value_set_object(&property, interpolate.get());
    } else if (type == G_TYPE_STRING) {
        g_value_set_string(&property, text.c_str());
    } else {
        refuse(text, what, "a number");
    }
}

void numberToProperty(double number, GValue& property) {
    const GType type = G_VALUE_TYPE(&property);
    if (type == G_TYPE_BOOLEAN)
        g_value_set_boolean(&property, number != 0);
    else if (type == G_TYPE_INT)
        g_value_set_int(&property, int(number));
    else if (type == G_TYPE_UINT64)
        g_value_set_uint64(&property, guint64(number));
    else if (G_TYPE_IS_FLAGS(type))
        g_value_set_flags(&property, guint(number));
    else if (G_TYPE_IS_ENUM(type))
        g_value_set_enum(&property, int(number));
    else
        g_value_set_double(&property, number);
}

template <typename T>
List listOf(const T* array, int length) {
    List list;
    list.reserve(std::size_t(length));
    for (int i = 0; i < length; ++i)
        list.push_back(std::is_integral_v<T> ? Value(std::int64_t(array[i])) : Value(double(array[i])));
    return list;
}

std::string optionNames(VipsOperation* operation) {
    std::string names;
    auto* objectClass = VIPS_OBJECT_GET_CLASS(operation);
    for (GSList* entry = objectClass->argument_table_traverse; entry; entry = entry->next) {
        const auto* argument = static_cast<VipsArgumentClass*>(entry->data);
        const bool isOption = (argument->flags & VIPS_ARGUMENT_INPUT) && !(argument->flags & VIPS_ARGUMENT_REQUIRED) &&
                              !(argument->flags & VIPS_ARGUMENT_DEPRECATED);
        if (isOption)
            names += (names.empty() ? "" : ", ") + std::string(g_param_spec_get_name(argument->parent.pspec));
    }
    return names;
}

} // namespace

void toProperty(const Value& value, GValue& property, const std::string& what) {
    const GType type = G_VALUE_TYPE(&property);
    if (type == VIPS_TYPE_ARRAY_DOUBLE) {
        const std::vector<double> numbers = numbersIn(value, what);
        vips_value_set_array_double(&property, numbers.data(), int(numbers.size()));
        return;
    }
    if (type == VIPS_TYPE_ARRAY_INT) {
        const std::vector<double> numbers = numbersIn(value, what);
        const std::vector<int> integers(numbers.begin(), numbers.end());
        vips_value_set_array_int(&property, integers.data(), int(integers.size()));
        return;
    }
    if (auto* text = value.as<std::string>())
        return textToProperty(*text, property, what);
    if (auto* bytes = value.as<BytesPtr>()) {
        if (type != VIPS_TYPE_BLOB)
            refuse(value, what, "something else");
        // A copy, since the pipeline may outlive the value.
        vips_value_set_blob(&property, reinterpret_cast<VipsCallbackFn>(vips_area_free_cb),
                            g_memdup2((*bytes)->data(), (*bytes)->size()), (*bytes)->size());
        return;
    }
    double number = 0;
    if (!value.toNumber(number))
        refuse(value, what, "a single value");
    if (type == G_TYPE_STRING || type == VIPS_TYPE_BLOB || type == VIPS_TYPE_INTERPOLATE)
        refuse(value, what, type == G_TYPE_STRING ? "a text" : "something else");
    if ((type == G_TYPE_INT || type == G_TYPE_UINT64) && number != std::floor(number))
        refuse(value, what, "a whole number");
    numberToProperty(number, property);
}

Value fromProperty(const GValue& property) {
    const GType type = G_VALUE_TYPE(&property);
    int length = 0;
    if (type == G_TYPE_BOOLEAN)
        return bool(g_value_get_boolean(&property));
    if (type == G_TYPE_INT)
        return std::int64_t(g_value_get_int(&property));
    if (type == G_TYPE_UINT64)
        return std::int64_t(g_value_get_uint64(&property));
    if (type == G_TYPE_DOUBLE)
        return g_value_get_double(&property);
    if (type == G_TYPE_STRING)
        return std::string(g_value_get_string(&property) ? g_value_get_string(&property) : "");
    if (type == VIPS_TYPE_REF_STRING)
        return std::string(vips_value_get_ref_string(&property, nullptr));
    if (type == VIPS_TYPE_ARRAY_DOUBLE) {
        const double* numbers = vips_value_get_array_double(&property, &length);
        return listOf(numbers, length);
    }
    if (type == VIPS_TYPE_ARRAY_INT) {
        const int* integers = vips_value_get_array_int(&property, &length);
        return listOf(integers, length);
    }
    if (type == VIPS_TYPE_BLOB) {
        std::size_t size = 0;
        const auto* data = static_cast<const std::uint8_t*>(vips_value_get_blob(&property, &size));
        return BytesPtr(std::make_shared<Bytes>(data, data + size));
    }
    if (G_TYPE_IS_ENUM(type))
        return std::string(vips_enum_nick(type, g_value_get_enum(&property)));
    return {};
}

void setOptions(VipsOperation* operation, const Parameters& options, const std::string& what) {
    for (const auto& [name, value] : options) {
        const GParamSpec* spec = g_object_class_find_property(G_OBJECT_GET_CLASS(operation), name.c_str());
        if (!spec)
            throw Error(ErrorCode::Parameter,
                        what + ": there is no option '" + name + "'; there are " + optionNames(operation));
        if (value.isNone())
            continue;
        ScopedValue property(G_PARAM_SPEC_VALUE_TYPE(spec));
        toProperty(value, property.get(), what + ": " + name);
        // Not set without a word to the nearest allowed value.
        ScopedValue checked(G_PARAM_SPEC_VALUE_TYPE(spec));
        g_value_copy(&property.get(), &checked.get());
        if (G_IS_PARAM_SPEC_INT(spec) && g_param_value_validate(const_cast<GParamSpec*>(spec), &checked.get())) {
            const auto* range = G_PARAM_SPEC_INT(spec);
            refuse(value, what + ": " + name,
                   "from " + std::to_string(range->minimum) + " to " + std::to_string(range->maximum));
        }
        g_object_set_property(G_OBJECT(operation), name.c_str(), &property.get());
    }
}

} // namespace tintype
