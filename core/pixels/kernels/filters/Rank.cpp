// The rank filter: OpenCV's for medians where it has one, libvips' without its mistake on 8-bit images elsewhere.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/NeighbourhoodPrivate.h"

#include <opencv2/imgproc.hpp>

#include <cstdint>

namespace tintype {

namespace {

struct Rank {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int width;
    int height;
    int index;
};

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* rank = reinterpret_cast<Rank*>(object);
    return withoutExceptions(object, [object, rank] {
        VipsImage* filtered = nullptr;
        if (exactRank(rank->in, &filtered, rank->width, rank->height, rank->index))
            return -1;
        g_object_set(object, "out", filtered, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_rank", "replace each pixel by a rank of those around it", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Rank, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Rank, out));
    VIPS_ARG_INT(kernel, "width", 3, "Width", "Window width in pixels", VIPS_ARGUMENT_REQUIRED_INPUT,
                 G_STRUCT_OFFSET(Rank, width), 1, 100000, 11);
    VIPS_ARG_INT(kernel, "height", 4, "Height", "Window height in pixels", VIPS_ARGUMENT_REQUIRED_INPUT,
                 G_STRUCT_OFFSET(Rank, height), 1, 100000, 11);
    VIPS_ARG_INT(kernel, "index", 5, "Index", "Which of the sorted values, 0 is the smallest",
                 VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Rank, index), 0, 100000000, 50);
}

/// OpenCV has large windows for 8 bits only.
bool isFastMedian(const VipsImage* in, int width, int height, int index) {
    if (in->Coding != VIPS_CODING_NONE || width != height || width % 2 == 0 || width > 255 ||
        index != width * height / 2)
        return false;
    const bool bands = in->Bands == 1 || in->Bands == 3 || in->Bands == 4;
    const bool small = width <= 5 && (in->BandFmt == VIPS_FORMAT_USHORT || in->BandFmt == VIPS_FORMAT_SHORT ||
                                      in->BandFmt == VIPS_FORMAT_FLOAT);
    return bands && (in->BandFmt == VIPS_FORMAT_UCHAR || small);
}

/// libvips refuses windows that are larger than the image, although it repeats the edge anyway.
int rank(VipsImage* in, VipsImage** out, int width, int height, int index) {
    if (width <= in->Xsize && height <= in->Ysize)
        return vips_rank(in, out, width, height, index, nullptr);
    constexpr std::int64_t MOST_IN_WINDOW = 10'000'000;
    if (std::int64_t(width) * height > MOST_IN_WINDOW) {
        vips_error("tt_rank", "a window of %d x %d pixels is too large for an image of %d x %d", width, height, in->Xsize,
                   in->Ysize);
        return -1;
    }
    VipsImage* step = nullptr;
    if (vips_embed(in, &step, width, height, in->Xsize + 2 * width, in->Ysize + 2 * height, "extend", VIPS_EXTEND_COPY,
                   nullptr))
        return -1;
    const ImagePointer around(step);
    if (vips_rank(around.get(), &step, width, height, index, nullptr))
        return -1;
    const ImagePointer ranked(step);
    return vips_extract_area(ranked.get(), out, width, height, in->Xsize, in->Ysize, nullptr);
}

} // namespace

int exactRank(VipsImage* in, VipsImage** out, int width, int height, int index) {
    if (isFastMedian(in, width, height, index))
        return filterNeighbourhood(in, out, {width / 2, [width](const MatrixPart& part, cv::Mat& filtered) {
                                                 cv::medianBlur(part.in, filtered, width);
                                             }});
    // The smallest and the largest value are found without sorting.
    if (in->BandFmt != VIPS_FORMAT_UCHAR || index == 0 || std::int64_t(index) == std::int64_t(width) * height - 1)
        return rank(in, out, width, height, index);
    // libvips 8.14 sorts 8 bits by a running histogram, which goes wrong from the second pixel of each tile on.
    VipsImage* step = nullptr;
    if (vips_cast(in, &step, VIPS_FORMAT_USHORT, nullptr))
        return -1;
    const ImagePointer wide(step);
    if (rank(wide.get(), &step, width, height, index))
        return -1;
    const ImagePointer ranked(step);
    return vips_cast(ranked.get(), out, VIPS_FORMAT_UCHAR, nullptr);
}

void registerRank() {
    registerKernel<Rank, initClass>("TtRank");
}

} // namespace tintype
