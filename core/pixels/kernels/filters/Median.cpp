// The median of a square window, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"

namespace tintype {

namespace {

struct Median {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int size;
};

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    auto* median = reinterpret_cast<Median*>(object);
    if (median->size % 2 == 0) {
        vips_error("tt_median", "the window must have an odd size, not %d", median->size);
        return -1;
    }
    return withoutExceptions(object, [object, median] {
        VipsImage* filtered = nullptr;
        const int size = median->size;
        if (exactRank(median->in, &filtered, size, size, size * size / 2))
            return -1;
        g_object_set(object, "out", filtered, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_median", "replace each pixel by the median of those around it", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Median, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Median, out));
    VIPS_ARG_INT(kernel, "size", 3, "Size", "Width and height of the window, an odd number",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Median, size), 1, 255, 3);
}

void initInstance(Median* median) {
    median->size = 3;
}

} // namespace

void registerMedian() {
    registerKernel<Median, initClass, initInstance>("TtMedian");
}

} // namespace tintype
