// Runs an OpenCV filter of a limited reach tile by tile inside a libvips pipeline.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <opencv2/core.hpp>

#include <functional>

namespace tintype {

/// Fills the second matrix, which has the size and type of the first, from the first. Called on any thread, on several
/// at once. What comes out near the border is thrown away.
using MatrixFilter = std::function<void(const cv::Mat& in, cv::Mat& out)>;

/// Problem: OpenCV works on whole matrices, libvips asks for tiles. Each tile is filtered with `reach` pixels around
/// it, at the image's edge its last pixels repeated, so that tiles join without seams and the pipeline stays lazy and
/// uses all cores. `in` must have a format that OpenCV has. The result is a new reference; -1 with libvips' error set
/// on failure.
int filterNeighbourhood(VipsImage* in, VipsImage** out, int reach, MatrixFilter filter);

/// OpenCV's depth for the format, or -1: OpenCV has no unsigned 32-bit and no complex numbers.
int matrixDepth(VipsBandFormat format);

} // namespace tintype
