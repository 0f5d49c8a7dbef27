// Where the pixels of a turned or scaled picture come from, and how they are interpolated.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/PartwisePrivate.h"

#include <array>
#include <cstdint>
#include <optional>

namespace tintype {

/// For a picture that is seen at an angle: a place (x, y) of the result is (0x + 1y + 2, 3x + 4y + 5) / (6x + 7y + 1) in the
/// source, with these numbers; both count from the upper left edge, so that the middle of the first pixel is at 0.5.
using Tilt = std::array<double, 8>;

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
    std::optional<Tilt> tilt; ///< instead of all numbers above

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
    bool isStraight() const { return acrossY == 0 && downX == 0 && !tilt; }

    void placeOf(int x, int y, double& across, double& down) const {
        if (tilt)
            return placeOfTilted(*tilt, x + 0.5, y + 0.5, across, down);
        const double outX = x + left;
        const double outY = y + top;
        across = acrossX * outX + acrossY * outY - shift + BORDER;
        down = downX * outX + downY * outY - shift + BORDER;
    }
    static void placeOfTilted(const Tilt& tilt, double x, double y, double& across, double& down) {
        const double share = 1 / (tilt[6] * x + tilt[7] * y + 1);
        across = (tilt[0] * x + tilt[1] * y + tilt[2]) * share - 0.5 + BORDER;
        down = (tilt[3] * x + tilt[4] * y + tilt[5]) * share - 0.5 + BORDER;
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
