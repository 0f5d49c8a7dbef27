// Decimal numbers as an image's format holds them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <cstdint>
#include <limits>
#include <type_traits>

namespace tintype {

/// Of a number below 2^22; of two at the same distance the even one.
TINTYPE_INLINED float nearestWhole(float number) {
    // Added to a small number it leaves a whole one.
    constexpr float WHOLE = 12582912;
    return (number + WHOLE) - WHOLE;
}

/// To the nearest, halves away from zero, and inside the range of the format; NaN is the least of the whole numbers.
template <typename T, typename D>
TINTYPE_INLINED T rounded(D number) {
    if constexpr (std::is_floating_point_v<T>) {
        return T(number);
    } else {
        constexpr D LEAST = D(std::numeric_limits<T>::min());
        constexpr D MOST = D(std::numeric_limits<T>::max());
        D inside = number > LEAST ? number : LEAST;
        inside = inside < MOST ? inside : MOST;
        // Halves go up or down with the sign, which a conversion then cuts off; quicker than what asks for the rounding mode.
        // The ends of the range are whole, and stay what they are.
        inside += std::is_unsigned_v<T> || inside > 0 ? D(0.5) : D(-0.5);
        if constexpr (sizeof(T) < 4)
            return T(std::int32_t(inside));
        else
            return T(std::int64_t(inside));
    }
}

} // namespace tintype
