// Turns an image into what a screen shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

namespace tintype {

/// The values that become black and white.
struct DisplayRange {
    double black = 0;
    double white = 255;
};

/// Uchar images, and float ones that hold 0 to 255, are shown as they are; others from their smallest to their largest
/// value, found on a sample of at most some 65,000 pixels. Throws OperationError.
DisplayRange displayRange(const VipsImageRef& image, const EvaluationWatch& watch);

/// One to four uchar bands (grey or sRGB, alpha last), which are still to be averaged over squares of 2^level pixels.
struct DisplayPixels {
    VipsImageRef image;
    int level = 0;
};

/// Label images are not averaged: every nth pixel of them is taken.
DisplayPixels displayPixels(const VipsImageRef& image, int level, const DisplayRange& range);

} // namespace tintype
