// The measures of an object's shape, from its sums.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/ObjectShape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tintype {

namespace {

/// Sums about the whole number next to the mean are exact and small, wherever in the image the object lies.
struct Centre {
    WideSum whole;
    WideSum rest; ///< what the sum of the coordinates is more than that of `whole` for each pixel

    Centre(WideSum sum, std::int64_t area) : whole((2 * sum + area) / (2 * area)), rest(sum - whole * area) {}
};

double covariance(const ObjectSums& sums, WideSum product, WideSum one, WideSum other) {
    const Centre first(one, sums.area);
    const Centre second(other, sums.area);
    const WideSum about = product - second.whole * one - first.whole * other + first.whole * second.whole * sums.area;
    const double area = double(sums.area);
    return double(about) / area - double(first.rest) / area * (double(second.rest) / area);
}

double degreesOf(double xx, double xy, double yy) {
    // Rows count downwards, angles upwards.
    const double degrees = 0.5 * std::atan2(-2 * xy, xx - yy) * 180 / std::numbers::pi;
    return degrees <= -90 ? 90 : degrees + 0.0;
}

} // namespace

ObjectShape::ObjectShape(const ObjectSums& sums) {
    const double area = double(sums.area);
    x = double(sums.x) / area;
    y = double(sums.y) / area;
    equivalentDiameter = std::sqrt(4 * area / std::numbers::pi);
    perimeter = double(sums.straight) + double(sums.diagonal) * std::numbers::sqrt2 +
                double(sums.mixed) * (1 + std::numbers::sqrt2) / 2;
    const double xx = covariance(sums, sums.xx, sums.x, sums.x);
    const double xy = covariance(sums, sums.xy, sums.x, sums.y);
    const double yy = covariance(sums, sums.yy, sums.y, sums.y);
    const double middle = (xx + yy) / 2;
    const double apart = std::hypot((xx - yy) / 2, xy);
    const double large = middle + apart;
    const double small = std::max(middle - apart, 0.0);
    majorAxis = 4 * std::sqrt(large);
    minorAxis = 4 * std::sqrt(small);
    orientation = degreesOf(xx, xy, yy);
    eccentricity = large > 0 ? std::sqrt(1 - small / large) : 0;
    solidity = area / double(sums.outline.pixelCount());
}

} // namespace tintype
