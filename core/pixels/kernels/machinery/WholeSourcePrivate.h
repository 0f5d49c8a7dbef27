// For kernels that need all pixels of their source while they are built.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/kernels/KernelsPrivate.h"

#include <vips/vips.h>

#include <opencv2/core.hpp>

namespace tintype {

/// Problem: what an edge or a line is can depend on pixels far away, so that no tile can tell. The pixels of such a kernel's source
/// are in memory, or mapped into it from a file, before it is built: OperationBuilder sees to that. Null with libvips' error
/// set when they are not, and cannot be brought there.
ImagePointer wholeSource(VipsImage* in);

/// The token of the one who builds on this thread.
CancelToken tokenOfBuild();

/// All pixels of an image that computePartwise() has made of such sources. Throws Cancelled, and what the kernel throws.
ImagePointer computedWhole(VipsImage* image);

/// A matrix on the image's memory; OpenCV must have the format and the number of bands.
cv::Mat matrixOnPixels(VipsImage* image);

} // namespace tintype
