// Blends the levels that the four fields around a pixel give it, many pixels at once.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/levels/FieldLevelsPrivate.h"

#include "core/pixels/kernels/machinery/RoundedPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <array>

namespace tintype {

namespace {

TINTYPE_INLINED float part(std::uint32_t levels, int shift) {
    return float(std::int32_t(levels >> shift & 255));
}

/// Bytes could be any number's, so that what is read and written goes through places of its own, where nothing is read again.
TINTYPE_INLINED void blend(const std::uint8_t* in, int step, const std::uint32_t* levels, const float* shares, float below,
                           int count, std::uint8_t* out) {
    constexpr int BLOCK = 64;
    std::array<std::uint32_t, BLOCK> four{};
    std::array<float, BLOCK> right{};
    std::array<std::uint8_t, BLOCK> blended;
    const float above = 1.0F - below;
    for (int begin = 0; begin < count; begin += BLOCK) {
        const int length = std::min(BLOCK, count - begin);
        for (int i = 0; i < length; ++i)
            four[i] = levels[in[(begin + i) * step]];
        std::copy_n(shares + begin, length, right.begin());
        for (int i = 0; i < BLOCK; ++i) {
            const float left = 1.0F - right[i];
            const float level = (part(four[i], 0) * left + part(four[i], 8) * right[i]) * above +
                                (part(four[i], 16) * left + part(four[i], 24) * right[i]) * below;
            blended[i] = std::uint8_t(std::int32_t(nearestWhole(level)));
        }
        for (int i = 0; i < length; ++i)
            out[(begin + i) * step] = blended[i];
    }
}

TINTYPE_WIDE void blendWide(const std::uint8_t* in, const std::uint32_t* levels, const float* shares, float below, int count,
                            std::uint8_t* out) {
    blend(in, 1, levels, shares, below, count, out);
}

} // namespace

void blendLevels(const std::uint8_t* in, int step, const std::uint32_t* levels, const float* shares, float below, int count,
                 std::uint8_t* out) {
    if (step == 1 && hasWideRegisters())
        blendWide(in, levels, shares, below, count, out);
    else
        blend(in, step, levels, shares, below, count, out);
}

} // namespace tintype
