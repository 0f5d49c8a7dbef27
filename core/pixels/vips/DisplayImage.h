// Turns an image into what a screen shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

#include <memory>

namespace tintype {

/// The values that become black and white.
struct DisplayRange {
    double black = 0;
    double white = 255;
};

/// Uchar images, and float ones that hold 0 to 255, are shown as they are; others from their smallest to their largest
/// value, found on a sample of at most some 65,000 pixels. Throws OperationError.
DisplayRange displayRange(const VipsImageRef& image, const EvaluationWatch& watch);

/// One to four uchar bands (grey or sRGB, alpha last), shrunk by 2^level. Label images are not blended.
VipsImageRef displayImage(const VipsImageRef& image, int level, const DisplayRange& range);

/// Reads a displayImage as 32-bit pixels in QImage's RGB32 order, alpha blended on a checkerboard.
std::unique_ptr<RegionReader> makeDisplayReader(const VipsImageRef& display, const EvaluationWatch& watch);
/// Computes all of them in one pass, on all cores.
void runDisplayPass(const VipsImageRef& display, const Evaluation::DisplayStrip& strip, const EvaluationWatch& watch);

} // namespace tintype
