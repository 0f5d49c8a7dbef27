// The measures of an object's shape, from its sums.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/measure/ObjectSums.h"

namespace tintype {

/// In pixels. The definitions are those of scikit-image's regionprops: the axes are those of the ellipse with the same
/// second moments; the perimeter is Benkrid and Crookes' estimate.
struct ObjectShape {
    explicit ObjectShape(const ObjectSums& sums);

    double x; ///< of the centroid; the centre of the first pixel is 0
    double y;
    double equivalentDiameter;
    double perimeter;
    double majorAxis;
    double minorAxis;
    double orientation; ///< of the major axis against the rows, anticlockwise, in degrees, above -90 up to 90
    double eccentricity;
    double solidity;
};

} // namespace tintype
