// What is summed up over the pixels of one object; parts of it are summed up apart and joined.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/ObjectSums.h"

#include <algorithm>

namespace tintype {

namespace {

/// Up to here the sum of squares fits 64 bits, whose division is quick.
constexpr std::int64_t SHORT_RUN = 1'000'000;

/// Of 0, 1, …, n - 1.
WideSum sumOfSquares(std::int64_t n) {
    return n < SHORT_RUN ? WideSum((n - 1) * n * (2 * n - 1) / 6) : WideSum(n - 1) * n * (2 * n - 1) / 6;
}

} // namespace

void IntensitySums::join(const IntensitySums& other) {
    sum += other.sum;
    minimum = std::min(minimum, other.minimum);
    maximum = std::max(maximum, other.maximum);
    hasNaN |= other.hasNaN;
}

void ObjectSums::addRun(int row, int begin, int end) {
    const std::int64_t n = end - begin;
    const std::int64_t columns = n * begin + n * (n - 1) / 2;
    left = std::min(left, begin);
    right = std::max(right, end - 1);
    top = std::min(top, row);
    bottom = row;
    area += n;
    x += columns;
    y += n * row;
    xx += WideSum(n * begin) * (begin + n - 1) + sumOfSquares(n);
    xy += WideSum(columns) * row;
    yy += WideSum(n * row) * row;
    outline.addRow(row, begin, end - 1);
}

void ObjectSums::append(const ObjectSums& below) {
    left = std::min(left, below.left);
    right = std::max(right, below.right);
    top = std::min(top, below.top);
    bottom = std::max(bottom, below.bottom);
    area += below.area;
    x += below.x;
    y += below.y;
    xx += below.xx;
    xy += below.xy;
    yy += below.yy;
    straight += below.straight;
    diagonal += below.diagonal;
    mixed += below.mixed;
    outline.append(below.outline);
    for (std::size_t i = 0; i < bands.size(); ++i)
        bands[i].join(below.bands[i]);
}

} // namespace tintype
