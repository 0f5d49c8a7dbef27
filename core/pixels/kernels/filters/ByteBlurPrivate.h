// The Gaussian blur of numbers of 8 bits, in half the width of the exact one and with its pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/NeighbourhoodPrivate.h"

#include <vector>

namespace tintype {

/// Fills rows and columns that the part keeps; its matrix and `out` have 8 bits, with or without a sign. `weights` are half of a
/// mask whose whole adds up to 1, the middle first.
void blurBytes(const MatrixPart& part, cv::Mat& out, const std::vector<double>& weights);

/// Whether so few pixels have to be computed twice with these weights that it is worth it.
bool isBlurredQuicker(const std::vector<double>& weights);

} // namespace tintype
