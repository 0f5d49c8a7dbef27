// What an image says about itself, set and removed as operations: a recipe holds what was said.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

namespace tintype {

namespace {

struct Field {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    char* field;
    char* type;
    VipsArea* numbers;
    char* text;
    VipsArea* data;
};

struct OwnedValue {
    GValue value = G_VALUE_INIT;
    ~OwnedValue() {
        if (G_IS_VALUE(&value))
            g_value_unset(&value);
    }
};

int refuse(const Field& field, const std::string& reason) {
    vips_error(VIPS_OBJECT_GET_CLASS(&field)->nickname, "%s: %s", field.field, reason.c_str());
    return -1;
}

bool isWhole(double number) {
    return number == std::trunc(number) && number >= std::numeric_limits<int>::min() &&
           number <= std::numeric_limits<int>::max();
}

int setNumbers(const Field& field, GType type, GValue& value) {
    int count = 0;
    const double* numbers =
        field.numbers ? vips_array_double_get(reinterpret_cast<VipsArrayDouble*>(field.numbers), &count) : nullptr;
    const bool isList = type == VIPS_TYPE_ARRAY_INT || type == VIPS_TYPE_ARRAY_DOUBLE;
    if (!isList && count != 1)
        return refuse(field, "a field of the type " + std::string(field.type) + " is one number, not " + std::to_string(count));
    const bool isWholeType = type == G_TYPE_INT || type == G_TYPE_BOOLEAN || type == VIPS_TYPE_ARRAY_INT;
    for (int i = 0; isWholeType && i < count; ++i)
        if (!isWhole(numbers[i]))
            return refuse(field, "a field of the type " + std::string(field.type) + " holds whole numbers of 32 bits");
    g_value_init(&value, type);
    if (type == VIPS_TYPE_ARRAY_DOUBLE) {
        vips_value_set_array_double(&value, numbers, count);
    } else if (type == VIPS_TYPE_ARRAY_INT) {
        vips_value_set_array_int(&value, nullptr, count);
        int* const target = vips_value_get_array_int(&value, nullptr);
        for (int i = 0; i < count; ++i)
            target[i] = int(numbers[i]);
    } else if (type == G_TYPE_INT) {
        g_value_set_int(&value, int(numbers[0]));
    } else if (type == G_TYPE_BOOLEAN) {
        g_value_set_boolean(&value, numbers[0] != 0);
    } else {
        g_value_set_double(&value, numbers[0]);
    }
    return 0;
}

int setData(const Field& field, GValue& value) {
    std::size_t size = 0;
    const void* data = field.data ? vips_blob_get(reinterpret_cast<VipsBlob*>(field.data), &size) : nullptr;
    g_value_init(&value, VIPS_TYPE_BLOB);
    vips_value_set_blob(&value, reinterpret_cast<VipsCallbackFn>(vips_area_free_cb), g_memdup2(data, size), size);
    return 0;
}

int setValue(const Field& field, GValue& value) {
    const std::string type = field.type;
    if (type == "VipsBlob")
        return setData(field, value);
    if (type == "VipsRefString" || type == "gchararray") {
        g_value_init(&value, type == "gchararray" ? G_TYPE_STRING : VIPS_TYPE_REF_STRING);
        const char* text = field.text ? field.text : "";
        type == "gchararray" ? g_value_set_string(&value, text) : vips_value_set_ref_string(&value, text);
        return 0;
    }
    for (const GType known : {G_TYPE_INT, G_TYPE_BOOLEAN, G_TYPE_DOUBLE, VIPS_TYPE_ARRAY_INT, VIPS_TYPE_ARRAY_DOUBLE})
        if (type == g_type_name(known))
            return setNumbers(field, known, value);
    return refuse(field, "there is no type '" + type + "' for fields; there are gint, gboolean, gdouble, gchararray, "
                         "VipsRefString, VipsBlob, VipsArrayInt, VipsArrayDouble");
}

/// The image with another header; whoever else has the image keeps the old one.
ImagePointer copyOf(const Field& field) {
    VipsImage* copy = nullptr;
    return ImagePointer(vips_copy(field.in, &copy, nullptr) ? nullptr : copy);
}

int buildSet(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        auto& field = *reinterpret_cast<Field*>(object);
        OwnedValue value;
        ImagePointer out = copyOf(field);
        if (!out || setValue(field, value.value))
            return -1;
        vips_image_set(out.get(), field.field, &value.value);
        g_object_set(object, "out", out.release(), nullptr);
        return 0;
    });
}

int buildRemove(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        auto& field = *reinterpret_cast<Field*>(object);
        ImagePointer out = copyOf(field);
        if (!out)
            return -1;
        vips_image_remove(out.get(), field.field);
        g_object_set(object, "out", out.release(), nullptr);
        return 0;
    });
}

void initCommon(VipsObjectClass* kernel) {
    VIPS_OPERATION_CLASS(kernel)->flags = VIPS_OPERATION_SEQUENTIAL;
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Field, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "The same pixels", VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(Field, out));
    VIPS_ARG_STRING(kernel, "field", 3, "Field", "Name of the field", VIPS_ARGUMENT_REQUIRED_INPUT,
                    G_STRUCT_OFFSET(Field, field), nullptr);
}

void initSet(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_set_field", "set a field of the metadata", buildSet);
    initCommon(kernel);
    VIPS_ARG_STRING(kernel, "type", 4, "Type", "Its type, by GLib's name", VIPS_ARGUMENT_REQUIRED_INPUT,
                    G_STRUCT_OFFSET(Field, type), nullptr);
    VIPS_ARG_BOXED(kernel, "numbers", 5, "Numbers", "A number, or several", VIPS_ARGUMENT_OPTIONAL_INPUT,
                   G_STRUCT_OFFSET(Field, numbers), VIPS_TYPE_ARRAY_DOUBLE);
    VIPS_ARG_STRING(kernel, "text", 6, "Text", "A text", VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Field, text), nullptr);
    VIPS_ARG_BOXED(kernel, "data", 7, "Data", "Bytes", VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Field, data),
                   VIPS_TYPE_BLOB);
}

void initRemove(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_remove_field", "remove a field of the metadata", buildRemove);
    initCommon(kernel);
}

} // namespace

void registerFields() {
    registerKernel<Field, initSet>("TtSetField");
    registerKernel<Field, initRemove>("TtRemoveField");
}

} // namespace tintype
