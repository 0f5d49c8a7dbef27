// Feeds tiles with their surroundings to OpenCV.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/NeighbourhoodPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"

#include <cstring>

namespace tintype {

namespace {

struct Filter {
    MatrixFilter filter;
    int reach;
};

int filterTile(VipsRegion* out, Filter& work, VipsRegion* around) {
    const VipsRect& tile = out->valid;
    // The padded image begins `reach` pixels further to the left and top.
    VipsRect needed{tile.left, tile.top, tile.width + 2 * work.reach, tile.height + 2 * work.reach};
    if (vips_region_prepare(around, &needed))
        return -1;
    const int type = CV_MAKETYPE(matrixDepth(out->im->BandFmt), out->im->Bands);
    const cv::Mat source(needed.height, needed.width, type, VIPS_REGION_ADDR(around, needed.left, needed.top),
                         VIPS_REGION_LSKIP(around));
    cv::Mat filtered;
    work.filter(source, filtered);
    for (int y = 0; y < tile.height; ++y)
        std::memcpy(VIPS_REGION_ADDR(out, tile.left, tile.top + y), filtered.ptr(y + work.reach, work.reach),
                    std::size_t(tile.width) * VIPS_IMAGE_SIZEOF_PEL(out->im));
    return 0;
}

int generate(VipsRegion* out, void* around, void*, void* work, gboolean*) {
    try {
        return filterTile(out, *static_cast<Filter*>(work), static_cast<VipsRegion*>(around));
    } catch (const std::exception& error) {
        vips_error("tintype", "%s", error.what());
        return -1;
    }
}

} // namespace

int matrixDepth(VipsBandFormat format) {
    switch (format) {
    case VIPS_FORMAT_UCHAR:
        return CV_8U;
    case VIPS_FORMAT_CHAR:
        return CV_8S;
    case VIPS_FORMAT_USHORT:
        return CV_16U;
    case VIPS_FORMAT_SHORT:
        return CV_16S;
    case VIPS_FORMAT_INT:
        return CV_32S;
    case VIPS_FORMAT_FLOAT:
        return CV_32F;
    case VIPS_FORMAT_DOUBLE:
        return CV_64F;
    default:
        return -1;
    }
}

int filterNeighbourhood(VipsImage* in, VipsImage** out, int reach, MatrixFilter filter) {
    VipsImage* step = nullptr;
    if (vips_embed(in, &step, reach, reach, in->Xsize + 2 * reach, in->Ysize + 2 * reach, "extend", VIPS_EXTEND_COPY,
                   nullptr))
        return -1;
    ImagePointer padded(step);
    ImagePointer result(vips_image_new());
    if (vips_image_pipelinev(result.get(), VIPS_DEMAND_STYLE_SMALLTILE, padded.get(), nullptr))
        return -1;
    result->Xsize = in->Xsize;
    result->Ysize = in->Ysize;
    auto work = std::make_unique<Filter>(Filter{std::move(filter), reach});
    Filter* shared = work.release();
    g_object_set_data_full(G_OBJECT(result.get()), "tt-filter", shared,
                           [](gpointer data) { delete static_cast<Filter*>(data); });
    VipsImage* source = padded.get();
    // The result keeps what it is made from.
    vips_object_local(result.get(), padded.release());
    if (vips_image_generate(result.get(), vips_start_one, generate, vips_stop_one, source, shared))
        return -1;
    *out = result.release();
    return 0;
}

} // namespace tintype
