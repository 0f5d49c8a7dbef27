// Some pixels of a row that is interpolated: their places in the source, and the weights of the four pixels around each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/geometry/GeometryPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <array>
#include <bit>
#include <cstdint>
#include <type_traits>

namespace tintype {

/// libvips computes the place of the first pixel of a tile, and adds up from there: which way a place beside an edge is rounded
/// depends on it.
inline constexpr int TILE = 128;
inline constexpr int FIXED_BITS = 12;
inline constexpr int FIXED_ONE = 1 << FIXED_BITS;

/// Whole numbers of 8 and 16 bits are weighted in fixed point, others in 64 bits.
template <typename T>
using Weight = std::conditional_t<std::is_integral_v<T>, int, double>;

/// Where the pixels of a run lie in the source, counted from Geometry::BORDER pixels above and left of it.
struct Run {
    std::array<double, TILE> x;
    std::array<double, TILE> y;
    int count;
    int left; ///< where the run begins in the row
};

/// For each pixel of a run where the four around its place begin, and their weights.
template <typename T>
struct Weights {
    std::array<int, TILE> offset; ///< in bytes; what there is of a source in memory is at most a gigabyte
    std::array<Weight<T>, TILE> topLeft, topRight, bottomLeft, bottomRight;
};

template <typename T>
TINTYPE_INLINED void weigh(const Run& run, const PixelArea& in, Weights<T>& weights) {
    const auto pixelBytes = unsigned(VIPS_IMAGE_SIZEOF_PEL(in.image));
    const auto rowBytes = unsigned(in.stride);
    const int firstX = Geometry::BORDER + in.rect.left;
    const int firstY = Geometry::BORDER + in.rect.top;
    const int count = run.count;
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        const int x = int(run.x[i]);
        const int y = int(run.y[i]);
        // Far outside it wraps around, and is not used.
        weights.offset[i] = int(unsigned(y - firstY) * rowBytes + unsigned(x - firstX) * pixelBytes);
        const double right = run.x[i] - x;
        const double down = run.y[i] - y;
        if constexpr (std::is_integral_v<T>) {
            const int across = int(right * FIXED_ONE);
            const int below = int(down * FIXED_ONE);
            weights.bottomRight[i] = (below * across) >> FIXED_BITS;
            weights.topRight[i] = ((FIXED_ONE - below) * across) >> FIXED_BITS;
            weights.bottomLeft[i] = below - weights.bottomRight[i];
            weights.topLeft[i] = FIXED_ONE - below - weights.topRight[i];
        } else {
            weights.bottomRight[i] = down * right;
            weights.topRight[i] = (1 - down) * right;
            weights.bottomLeft[i] = down - weights.bottomRight[i];
            weights.topLeft[i] = 1 - down - weights.topRight[i];
        }
    }
}

template <typename T>
TINTYPE_WIDE void weighWide(const Run& run, const PixelArea& in, Weights<T>& weights) {
    weigh(run, in, weights);
}

/// Places in fixed point, which loses nothing that counts, and where they lie in rows of bytes.
TINTYPE_INLINED void placeBytes(const Run& run, const PixelArea& in, int* across, int* down, int* offset) {
    const int rowBytes = int(in.stride);
    const int firstX = Geometry::BORDER + in.rect.left;
    const int firstY = Geometry::BORDER + in.rect.top;
    const double* const x = run.x.data();
    const double* const y = run.y.data();
    const int count = run.count;
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        across[i] = int(x[i] * FIXED_ONE);
        down[i] = int(y[i] * FIXED_ONE);
    }
#pragma GCC ivdep
    for (int i = 0; i < count; ++i)
        offset[i] = ((down[i] >> FIXED_BITS) - firstY) * rowBytes + (across[i] >> FIXED_BITS) - firstX;
}

inline TINTYPE_WIDE void placeWide(const Run& run, const PixelArea& in, int* across, int* down, int* offset) {
    placeBytes(run, in, across, down, offset);
}

/// The fours are two bytes above and two below, as they lie in memory.
TINTYPE_INLINED void blendBytes(const int* across, const int* down, const std::uint32_t* fours, int count, std::uint8_t* out) {
    constexpr bool LEFT_FIRST = std::endian::native == std::endian::little;
#pragma GCC ivdep
    for (int i = 0; i < count; ++i) {
        const int right = across[i] & (FIXED_ONE - 1);
        const int below = down[i] & (FIXED_ONE - 1);
        const int both = below * right;
        const int bottomRight = both >> FIXED_BITS;
        const int topRight = ((right << FIXED_BITS) - both) >> FIXED_BITS;
        const int bottomLeft = below - bottomRight;
        const int topLeft = FIXED_ONE - below - topRight;
        const auto four = int(fours[i]);
        const int sum = (LEFT_FIRST ? topLeft : topRight) * (four & 255) + (LEFT_FIRST ? topRight : topLeft) * (four >> 8 & 255) +
                        (LEFT_FIRST ? bottomLeft : bottomRight) * (four >> 16 & 255) +
                        (LEFT_FIRST ? bottomRight : bottomLeft) * (four >> 24 & 255);
        out[i] = std::uint8_t((sum + FIXED_ONE / 2) >> FIXED_BITS);
    }
}

inline TINTYPE_WIDE void blendWide(const int* across, const int* down, const std::uint32_t* fours, int count, std::uint8_t* out) {
    blendBytes(across, down, fours, count, out);
}

template <typename T>
TINTYPE_INLINED T blend(const Weights<T>& weights, int i, T topLeft, T topRight, T bottomLeft, T bottomRight) {
    const auto sum = weights.topLeft[i] * topLeft + weights.topRight[i] * topRight + weights.bottomLeft[i] * bottomLeft +
                     weights.bottomRight[i] * bottomRight;
    if constexpr (std::is_integral_v<T>)
        return T((sum + FIXED_ONE / 2) >> FIXED_BITS);
    else
        return T(sum);
}

} // namespace tintype
