// Feeds tiles with their surroundings, or a whole picture in bands, to OpenCV.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/machinery/NeighbourhoodPrivate.h"

#include "core/pixels/kernels/machinery/PartwisePrivate.h"

#include <algorithm>
#include <stdexcept>

namespace tintype {

namespace {

void filterPart(const NeighbourhoodFilter& filter, const Part& part) {
    const VipsRect& around = part.in.front().rect;
    const VipsRect& rect = part.out.rect;
    const MatrixPart matrices{matrixOf(part.in.front()),
                              {rect.left - around.left, rect.top - around.top, rect.width, rect.height},
                              part.token};
    cv::Mat target = matrixOf(part.out);
    if (filter.reach == 0) {
        const uchar* const memory = target.data;
        filter.run(matrices, target);
        if (target.data != memory)
            throw std::logic_error("a filter gave another size or type than it said");
        return;
    }
    cv::Mat filtered;
    filter.run(matrices, filtered);
    filtered(matrices.kept).copyTo(target);
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

cv::Mat matrixOf(const PixelArea& area) {
    return {area.rect.height, area.rect.width, matrixType(area.image), area.pixels, area.stride};
}

int filterNeighbourhood(VipsImage* in, VipsImage** out, NeighbourhoodFilter filter, const VipsImage* like) {
    const int reach = filter.reach;
    auto run = [filter = std::move(filter)](const Part& part) { filterPart(filter, part); };
    PartKernel kernel = reach > 0 ? reachingKernel(reach, reach, std::move(run)) : PartKernel{std::move(run)};
    return computePartwise({in}, std::move(kernel), out, [like](VipsImage& header) {
        if (!like)
            return;
        header.BandFmt = like->BandFmt;
        header.Bands = like->Bands;
        header.Type = like->Type;
    });
}

} // namespace tintype
