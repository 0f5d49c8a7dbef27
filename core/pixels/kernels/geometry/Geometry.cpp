// Finds what of a source the parts of a turned or scaled picture come from.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/geometry/GeometryPrivate.h"

#include <algorithm>
#include <cmath>

namespace tintype {

VipsRect Geometry::areaBehind(const VipsRect& rect) const {
    constexpr int MARGIN = 2;
    double x[4];
    double y[4];
    for (int i = 0; i < 4; ++i)
        placeOf(rect.left + (i % 2) * (rect.width - 1), rect.top + (i / 2) * (rect.height - 1), x[i], y[i]);
    const auto [left, right] = std::minmax_element(x, x + 4);
    const auto [top, bottom] = std::minmax_element(y, y + 4);
    const auto first = [](double place) { return int(std::floor(place)) - BORDER - MARGIN; };
    return {first(*left), first(*top), int(*right - *left) + 2 * MARGIN + 2, int(*bottom - *top) + 2 * MARGIN + 2};
}

} // namespace tintype
