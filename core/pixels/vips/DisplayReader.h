// Hands out pixels for the screen: by rectangles, or all in one pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/vips/DisplayImage.h"

#include <memory>

namespace tintype {

/// Reads 32-bit pixels in QImage's RGB32 order, alpha blended on a checkerboard. Squares are averaged here and not by
/// libvips' shrink, which asks for its source row by row: an operation with a large neighbourhood, a blur, would
/// compute each row of pixels a hundred times.
std::unique_ptr<RegionReader> makeDisplayReader(const DisplayPixels& pixels, const EvaluationWatch& watch);
/// Computes all of them in one pass, on all cores.
void runDisplayPass(const DisplayPixels& pixels, const Evaluation::DisplayStrip& strip, const EvaluationWatch& watch);

} // namespace tintype
