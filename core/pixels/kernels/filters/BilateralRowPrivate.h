// One row of the bilateral filter.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace tintype {

struct BilateralNeighbour {
    int x;
    int y;
    double exponent; ///< of 2: its weight by its distance
};

/// Tomasi and Manduchi (1998), "Bilateral filtering for gray and color images", ICCV, 839-846, with a disc for a window.
struct BilateralWork {
    std::vector<BilateralNeighbour> neighbours;
    int radius;
    double perDifference; ///< exponent of 2 for a squared difference of 1
    double leastExponent; ///< that can come of both
};

/// Rows are computed in blocks of so many pixels.
constexpr int BILATERAL_BLOCK = 16;

/// rows[y] is the row at a distance of y from the one that is filtered, with the bands one after the other, `stride` numbers
/// apart; what the window holds can be read at both ends. Leaves `width` pixels, a multiple of the block, of each band in
/// `out`. A difference that is not finite weighs nothing.
void filterBilateralRow(const float* const* rows, int stride, int bands, int width, const BilateralWork& work, float* out);
void filterBilateralRow(const double* const* rows, int stride, int bands, int width, const BilateralWork& work, double* out);

} // namespace tintype
