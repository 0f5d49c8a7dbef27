// What is summed up over the pixels of one object; parts of it are summed up apart and joined.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/measure/ConvexOutline.h"

#include <cstdint>
#include <limits>
#include <vector>

namespace tintype {

/// Squares of columns summed over all pixels of a huge image are more than 64 bits hold.
__extension__ typedef __int128 WideSum;

struct IntensitySums {
    double sum = 0;
    double minimum = std::numeric_limits<double>::infinity();
    double maximum = -std::numeric_limits<double>::infinity();
    bool hasNaN = false;

    void join(const IntensitySums& other);
};

/// Whole numbers throughout, so that it does not matter in which parts an object was summed up; intensities are decimal
/// numbers, whose parts must be joined in one order.
struct ObjectSums {
    std::uint32_t label = 0;
    int left = std::numeric_limits<int>::max();
    int top = std::numeric_limits<int>::max();
    int right = -1;  ///< the last column
    int bottom = -1; ///< the last row
    std::int64_t area = 0;
    WideSum x = 0;
    WideSum y = 0;
    WideSum xx = 0;
    WideSum xy = 0;
    WideSum yy = 0;
    /// Pixels of the border, by how far the outline goes on at them: 1, the root of 2, or half of each.
    std::int64_t straight = 0;
    std::int64_t diagonal = 0;
    std::int64_t mixed = 0;
    ConvexOutline outline;
    std::vector<IntensitySums> bands;

    /// Pixels of a row, from `begin` up to, not including, `end`. Rows come from top to bottom.
    void addRun(int row, int begin, int end);
    /// The same object in the rows below.
    void append(const ObjectSums& below);
};

} // namespace tintype
