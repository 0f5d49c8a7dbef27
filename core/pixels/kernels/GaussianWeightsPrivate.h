// The weights of a Gaussian blur.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace tintype {

/// Half of libvips' separable Gaussian mask, the middle first, as far as it is at least `leastAmplitude` of the middle; the
/// whole adds up to 1. -1 with libvips' error set when it would be too large.
int gaussianWeights(double sigma, double leastAmplitude, std::vector<double>& weights);

} // namespace tintype
