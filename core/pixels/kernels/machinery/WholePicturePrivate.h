// Kernels that compute a whole picture in memory at once, past libvips' tiles.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <vips/vips.h>

#include <functional>
#include <vector>

namespace tintype {

/// Problem: where all pixels are asked for, libvips asks for small tiles one by one, and a filter pays for the overlap of each
/// and for copying it several times. An image that is one of our kernels' can be computed from its sources in memory in wide
/// bands, on all cores; the pixels are the same. A second picture at the same time gets one core only, as OpenCV has it. Empty
/// for other images.
std::vector<VipsImage*> wholePictureSources(VipsImage* image);

/// One of our kernels' that looks at one pixel at a time: sources that are not in memory are better read in tiles.
bool isPointwise(VipsImage* image);

/// Whether all pixels lie in memory, one row after the other.
bool hasPixels(const VipsImage* image);

/// Problem: a kernel that reads all pixels while it is built is given a copy of its image, through which the evaluation stops
/// it; the copy hides where the pixels are.
struct WatchedPicture {
    VipsImage* original;
    CancelToken token;
    std::function<void()> onThread; ///< to be called on each thread that works for it; or empty
};
void setWatchedPicture(VipsImage* copy, WatchedPicture watched);
/// The image itself when nobody watches it.
WatchedPicture watchedPicture(VipsImage* image);

/// Fills `target`, which has memory and the shape of `image`, from `sources`, which have the pixels of its sources in memory.
/// `progress` and `onThread` are called on the threads that compute, on several at once. Throws Cancelled and what the
/// kernel throws.
void computeWholePicture(VipsImage* image, const std::vector<VipsImage*>& sources, VipsImage* target, const CancelToken& token,
                         const std::function<void(double fraction)>& progress, const std::function<void()>& onThread);

} // namespace tintype
