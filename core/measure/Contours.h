// The outlines of the objects of a labelled picture, as polygons.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/PixelBuffer.h"

#include <cstdint>
#include <vector>

namespace tintype {

/// Corners along the edges of pixels, where the outline turns; the object lies on the right of the way, so that outer
/// outlines run clockwise on the screen and those of holes anticlockwise.
struct Contour {
    std::uint32_t label;
    std::vector<std::int32_t> corners; ///< x and y in turns
};

/// All outlines, in the reading order of their first pixels. `corners`: pixels that touch at a corner hang together.
/// Throws Error(Parameter) for labels that are none, and Cancelled.
std::vector<Contour> findContours(const PixelBuffer& labels, bool corners, const CancelToken& token);

} // namespace tintype
