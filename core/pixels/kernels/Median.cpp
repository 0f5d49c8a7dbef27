// The median of a square window, as an operation on OpenCV's fast filter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/NeighbourhoodPrivate.h"

#include <opencv2/imgproc.hpp>

namespace tintype {

namespace {

struct Median {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int size;
};

/// OpenCV has large windows for 8 bits only.
bool isFast(const VipsImage* in, int size) {
    const bool bands = in->Bands == 1 || in->Bands == 3 || in->Bands == 4;
    const bool small = size <= 5 && (in->BandFmt == VIPS_FORMAT_USHORT || in->BandFmt == VIPS_FORMAT_SHORT ||
                                     in->BandFmt == VIPS_FORMAT_FLOAT);
    return in->Coding == VIPS_CODING_NONE && bands && (in->BandFmt == VIPS_FORMAT_UCHAR || small);
}

int filter(VipsImage* in, VipsImage** out, int size) {
    if (!isFast(in, size))
        return exactRank(in, out, size, size, size * size / 2);
    return filterNeighbourhood(in, out, size / 2, [size](const cv::Mat& source, cv::Mat& filtered) {
        cv::medianBlur(source, filtered, size);
    });
}

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
        if (filter(median->in, &filtered, median->size))
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
