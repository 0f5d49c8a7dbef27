// Feeds tiles with their surroundings, or a whole picture in bands, to OpenCV.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/NeighbourhoodPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/WholePicturePrivate.h"

#include <algorithm>
#include <atomic>
#include <stdexcept>

namespace tintype {

namespace {

constexpr const char* WORK = "tt-neighbourhood";
/// Of the source, in one band: little enough for the second-level cache, much beside the reach of most filters.
constexpr int BAND_BYTES = 1 << 20;
constexpr int LEAST_ROWS = 16;
constexpr int LEAST_ROWS_PER_REACH = 4;

struct Work {
    NeighbourhoodFilter filter;
    VipsImage* source; ///< kept by the image that this belongs to
};

/// Filters the part of `source` that is the image's area `around`, and copies the tile's pixels of the result.
void filterPart(const NeighbourhoodFilter& filter, const cv::Mat& source, const VipsRect& around, const VipsRect& tile,
                cv::Mat target, const CancelToken* token = nullptr) {
    const MatrixPart part{source, {tile.left - around.left, tile.top - around.top, tile.width, tile.height}, token};
    if (filter.reach == 0) {
        const uchar* const memory = target.data;
        filter.run(part, target);
        if (target.data != memory)
            throw std::logic_error("a filter gave another size or type than it said");
        return;
    }
    cv::Mat filtered;
    filter.run(part, filtered);
    filtered(part.kept).copyTo(target);
}

VipsRect grown(const VipsRect& tile, int reach, const VipsImage* image) {
    VipsRect around = tile;
    vips_rect_marginadjust(&around, reach);
    const VipsRect all{0, 0, image->Xsize, image->Ysize};
    vips_rect_intersectrect(&around, &all, &around);
    return around;
}

cv::Mat matrixOf(VipsRegion* region, const VipsRect& area) {
    return {area.height, area.width, matrixType(region->im), VIPS_REGION_ADDR(region, area.left, area.top),
            std::size_t(VIPS_REGION_LSKIP(region))};
}

int filterTile(VipsRegion* out, const Work& work, VipsRegion* in) {
    const VipsRect around = grown(out->valid, work.filter.reach, in->im);
    if (vips_region_prepare(in, &around))
        return -1;
    filterPart(work.filter, matrixOf(in, around), around, out->valid, matrixOf(out, out->valid));
    return 0;
}

int generate(VipsRegion* out, void* in, void*, void* work, gboolean*) {
    try {
        return filterTile(out, *static_cast<Work*>(work), static_cast<VipsRegion*>(in));
    } catch (const std::exception& error) {
        vips_error("tintype", "%s", error.what());
        return -1;
    }
}

const Work* workOf(VipsImage* image) {
    return static_cast<Work*>(g_object_get_data(G_OBJECT(image), WORK));
}

cv::Mat rowsOf(VipsImage* image, const VipsRect& area) {
    return {area.height, area.width, matrixType(image), VIPS_IMAGE_ADDR(image, area.left, area.top),
            std::size_t(VIPS_IMAGE_SIZEOF_LINE(image))};
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

int matrixType(const VipsImage* image) {
    return CV_MAKETYPE(matrixDepth(image->BandFmt), image->Bands);
}

int filterNeighbourhood(VipsImage* in, VipsImage** out, NeighbourhoodFilter filter, const VipsImage* like) {
    ImagePointer result(vips_image_new());
    const bool isPointwise = filter.reach == 0;
    if (vips_image_pio_input(in) ||
        vips_image_pipelinev(result.get(), isPointwise ? VIPS_DEMAND_STYLE_THINSTRIP : VIPS_DEMAND_STYLE_SMALLTILE, in,
                             nullptr))
        return -1;
    if (like) {
        result->BandFmt = like->BandFmt;
        result->Bands = like->Bands;
        result->Type = like->Type;
    }
    auto* const work = new Work{std::move(filter), in};
    g_object_set_data_full(G_OBJECT(result.get()), WORK, work, [](gpointer data) { delete static_cast<Work*>(data); });
    // The result keeps what it is made from.
    g_object_ref(in);
    vips_object_local(result.get(), in);
    if (vips_image_generate(result.get(), vips_start_one, generate, vips_stop_one, in, work))
        return -1;
    *out = result.release();
    return 0;
}

VipsImage* wholePictureSource(VipsImage* image) {
    const Work* work = workOf(image);
    return work ? work->source : nullptr;
}

void computeWholePicture(VipsImage* image, VipsImage* source, VipsImage* target, const CancelToken& token,
                         const std::function<void(double)>& progress, const std::function<void()>& onThread) {
    const NeighbourhoodFilter& filter = workOf(image)->filter;
    const int rows = std::max({BAND_BYTES / int(std::min<std::size_t>(VIPS_IMAGE_SIZEOF_LINE(source), BAND_BYTES)),
                               LEAST_ROWS, LEAST_ROWS_PER_REACH * filter.reach});
    const int bands = (image->Ysize + rows - 1) / rows;
    std::atomic<int> done = 0;
    const auto band = [&](int index) {
        const VipsRect tile{0, index * rows, image->Xsize, std::min(rows, image->Ysize - index * rows)};
        const VipsRect around = grown(tile, filter.reach, source);
        filterPart(filter, rowsOf(source, around), around, tile, rowsOf(target, tile), &token);
    };
    cv::parallel_for_(cv::Range(0, bands), [&](const cv::Range& range) {
        onThread();
        for (int index = range.start; index < range.end; ++index) {
            if (token.isCancelled())
                return;
            band(index);
            progress(double(++done) / bands);
        }
    });
    token.check();
}

} // namespace tintype
