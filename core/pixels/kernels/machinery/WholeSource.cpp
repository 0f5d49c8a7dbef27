// For kernels that need all pixels of their source while they are built.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/machinery/WholeSourcePrivate.h"

#include "core/pixels/kernels/machinery/NeighbourhoodPrivate.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"
#include "core/pixels/vips/EvaluationScope.h"

#include <new>

namespace tintype {

ImagePointer wholeSource(VipsImage* in) {
    ImagePointer source = decoded(in);
    return source && vips_image_wio_input(source.get()) ? nullptr : std::move(source);
}

CancelToken tokenOfBuild() {
    const EvaluationScope* scope = EvaluationScope::current();
    return scope ? scope->token() : CancelToken();
}

ImagePointer computedWhole(VipsImage* image) {
    ImagePointer target(vips_image_new_memory());
    if (vips_image_pipelinev(target.get(), VIPS_DEMAND_STYLE_ANY, image, nullptr) || vips_image_write_prepare(target.get()))
        throw std::bad_alloc();
    computeWholePicture(image, wholePictureSources(image), target.get(), tokenOfBuild(), [](double) {}, [] {});
    return target;
}

cv::Mat matrixOnPixels(VipsImage* image) {
    return {image->Ysize, image->Xsize, matrixType(image), VIPS_IMAGE_ADDR(image, 0, 0), VIPS_IMAGE_SIZEOF_LINE(image)};
}

} // namespace tintype
