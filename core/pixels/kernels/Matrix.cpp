// A matrix written out in numbers, as an operation: the mask of a convolution that a recipe can hold.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"

namespace tintype {

namespace {

struct Matrix {
    VipsOperation parent;
    VipsImage* out;
    VipsArea* values;
    int width;
    double scale;
    double offset;
};

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        auto* matrix = reinterpret_cast<Matrix*>(object);
        int count = 0;
        const double* values = vips_array_double_get(reinterpret_cast<VipsArrayDouble*>(matrix->values), &count);
        if (count == 0 || count % matrix->width != 0) {
            vips_error("tt_matrix", "%d values do not make rows of %d", count, matrix->width);
            return -1;
        }
        ImagePointer out(vips_image_new_matrix_from_array(matrix->width, count / matrix->width, values, count));
        if (!out)
            return -1;
        vips_image_set_double(out.get(), "scale", matrix->scale);
        vips_image_set_double(out.get(), "offset", matrix->offset);
        g_object_set(object, "out", out.release(), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_matrix", "make a matrix of numbers, for masks", build);
    VIPS_ARG_IMAGE(kernel, "out", 1, "Output", "The matrix, one band of doubles", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Matrix, out));
    VIPS_ARG_BOXED(kernel, "values", 2, "Values", "The numbers, row by row", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Matrix, values), VIPS_TYPE_ARRAY_DOUBLE);
    VIPS_ARG_INT(kernel, "width", 3, "Width", "Numbers in a row", VIPS_ARGUMENT_REQUIRED_INPUT,
                 G_STRUCT_OFFSET(Matrix, width), 1, 100000, 1);
    VIPS_ARG_DOUBLE(kernel, "scale", 4, "Scale", "What a convolution divides by", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(Matrix, scale), -G_MAXDOUBLE, G_MAXDOUBLE, 1);
    VIPS_ARG_DOUBLE(kernel, "offset", 5, "Offset", "What a convolution adds in the end", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(Matrix, offset), -G_MAXDOUBLE, G_MAXDOUBLE, 0);
}

void initInstance(Matrix* matrix) {
    matrix->width = 1;
    matrix->scale = 1;
}

} // namespace

void registerMatrix() {
    registerKernel<Matrix, initClass, initInstance>("TtMatrix");
}

} // namespace tintype
