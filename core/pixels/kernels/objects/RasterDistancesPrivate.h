// Distances in steps from pixel to pixel, by one walk down a picture and one up.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

namespace tintype {

/// Rosenfeld and Pfaltz (1966), "Sequential operations in digital picture processing", Journal of the ACM 13, 471-494: the
/// distance is one more than the smallest of the neighbours, of those above and to the left first, then of the others; exact
/// where all steps count the same. One thread: rows follow from each other, but several pixels of a row are found at once, and
/// that is quicker than what could be shared out.
class RasterDistances {
public:
    /// Corner steps count as one (chessboard) or not at all (city block).
    RasterDistances(int width, bool hasCorners);

    /// All rows from the first to the last; at first a pixel is zero or not, then it holds the steps from what lies above.
    void walkDown(int* row);
    /// All rows from the last to the first. Leaves the distances as decimal numbers in the row's memory, infinite where there is
    /// no zero.
    void walkUp(int* row);
    /// Between the two walks.
    void turn();

private:
    bool m_hasCorners;
    int m_width;
    std::vector<int> m_last; ///< the row before, between two pixels that are far from any zero
    std::vector<int> m_next;
};

} // namespace tintype
