// Blends the levels that the four fields around a pixel give it, many pixels at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

namespace tintype {

/// Of each level of 8 bits, what the fields above on the left and right and below on the left and right make of it, in one number.
inline std::uint32_t fourLevels(std::uint8_t topLeft, std::uint8_t topRight, std::uint8_t bottomLeft, std::uint8_t bottomRight) {
    return std::uint32_t(topLeft) | std::uint32_t(topRight) << 8 | std::uint32_t(bottomLeft) << 16 |
           std::uint32_t(bottomRight) << 24;
}

/// Of `count` pixels in a row, `step` numbers apart, that lie between the same four fields. `levels` has fourLevels() of each
/// level, `shares` how near each pixel is to the fields on the right, `below` how near all are to the lower ones.
void blendLevels(const std::uint8_t* in, int step, const std::uint32_t* levels, const float* shares, float below, int count,
                 std::uint8_t* out);

} // namespace tintype
