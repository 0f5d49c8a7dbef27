// Where the pixels of a turned or scaled picture come from, and how they are interpolated.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/PartwisePrivate.h"

#include <cstdint>
#include <optional>

namespace tintype {

/// The inverse of an affine transformation, computed as libvips does it, rounding included: places are counted from BORDER
/// pixels above and left of the source, so that they are not negative where something of it shows.
struct Geometry {
    static constexpr int BORDER = 1;

    double acrossX = 1; ///< how far a step to the right goes to the right in the source
    double acrossY = 0;
    double downX = 0;
    double downY = 1;
    int left = 0; ///< where the result begins
    int top = 0;
    double shift = 0; ///< of the source, in both directions
    bool repeatsEdge = false; ///< outside the source is its edge, and not black

    /// False where the matrix has no inverse. The first row of the matrix is a and b, the second one c and d.
    bool setMatrix(double a, double b, double c, double d) {
        const double determinant = a * d - b * c;
        if (determinant == 0)
            return false;
        const double share = 1.0 / determinant;
        acrossX = share * d;
        acrossY = -share * b;
        downX = -share * c;
        downY = share * a;
        return true;
    }
    bool isStraight() const { return acrossY == 0 && downX == 0; }

    void placeOf(int x, int y, double& across, double& down) const {
        const double outX = x + left;
        const double outY = y + top;
        across = acrossX * outX + acrossY * outY - shift + BORDER;
        down = downX * outX + downY * outY - shift + BORDER;
    }
    /// What of the source pixels of a rectangle may be interpolated from, with a margin for what rounding moves.
    VipsRect areaBehind(const VipsRect& rect) const;
    /// As libvips rounds down.
    static int floorOf(double place) { return int(place) - (place < 0); }
};

/// Pixels of four around them; nothing for formats that libvips must do itself.
std::optional<PartKernel> bilinear(const Geometry& geometry, VipsBandFormat format);
/// Pixels of sixteen around them, in a picture that is enlarged with its edges repeated, and not turned.
std::optional<PartKernel> bicubic(const Geometry& geometry, VipsBandFormat format);

} // namespace tintype
