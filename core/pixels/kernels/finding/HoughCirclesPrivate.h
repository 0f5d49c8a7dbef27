// Circles in a grey picture, by a Hough transform that can be stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <opencv2/core.hpp>

#include <vector>

namespace tintype {

struct FoundCircle {
    float x;
    float y;
    float radius;
    int votes; ///< edge pixels as far from the middle as the radius
};

struct CircleWish {
    int minRadius;
    int maxRadius;
    double distance; ///< of two middles, at least
    int votes;       ///< that make a circle
};

/// `grey` has 8 bits, `edges` is not zero at the edges found in it. Edge pixels vote for the middles to which their slope points:
/// Yuen, Princen, Illingworth and Kittler (1990), "Comparative study of Hough transform methods for circle finding", Image and
/// Vision Computing 8, 71-77. The circles are those of OpenCV's HOUGH_GRADIENT, those with most votes first. Runs on all
/// cores; throws Cancelled.
std::vector<FoundCircle> findCircles(const cv::Mat& grey, const cv::Mat& edges, const CircleWish& wish,
                                     const CancelToken& token);

} // namespace tintype
