// Runs an OpenCV filter of a limited reach tile by tile inside a libvips pipeline, or on a whole picture in memory.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/kernels/machinery/PartwisePrivate.h"

#include <vips/vips.h>

#include <opencv2/core.hpp>

#include <functional>

namespace tintype {

/// What a filter is given.
struct MatrixPart {
    cv::Mat in;
    cv::Rect kept;                      ///< what is used of the result; the rest may be anything
    const CancelToken* token = nullptr; ///< null where nothing stops it; when it is cancelled all may be anything
};

/// Fills the matrix, as many rows and columns as the part has, from the part. Called on any thread, on several at once. Where
/// the part ends, its last pixels must count as repeated.
using MatrixFilter = std::function<void(const MatrixPart& part, cv::Mat& out)>;

struct NeighbourhoodFilter {
    int reach = 0; ///< pixels around one that it depends on
    MatrixFilter run;
};

/// Problem: OpenCV works on whole matrices, libvips asks for tiles. Each tile is filtered with `reach` pixels around it, so
/// that tiles join without seams and the pipeline stays lazy and uses all cores. `in` must have a format that OpenCV has.
/// The result has the format and bands of `like`, by default those of `in`, and is a new reference; -1 with libvips' error
/// set on failure.
int filterNeighbourhood(VipsImage* in, VipsImage** out, NeighbourhoodFilter filter, const VipsImage* like = nullptr);

/// OpenCV's depth for the format, or -1: OpenCV has no unsigned 32-bit and no complex numbers.
int matrixDepth(VipsBandFormat format);
/// OpenCV's type for pixels of the image.
int matrixType(const VipsImage* image);
/// A matrix on the area's memory.
cv::Mat matrixOf(const PixelArea& area);

} // namespace tintype
