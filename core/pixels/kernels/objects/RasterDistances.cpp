// Distances in steps from pixel to pixel, by one walk down a picture and one up.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/RasterDistancesPrivate.h"

#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace tintype {

namespace {

using Eight = int __attribute__((vector_size(8 * sizeof(int))));
using EightFloats = float __attribute__((vector_size(8 * sizeof(float))));
constexpr int LANES = 8;
constexpr float INFINITE = std::numeric_limits<float>::infinity();
/// Of pixels without a zero; steps may still be added.
constexpr int FAR = 1 << 29;

TINTYPE_INLINED void read(const int* from, Eight& to) {
    std::memcpy(&to, from, sizeof to);
}

TINTYPE_INLINED void keepLess(Eight& least, const Eight& other) {
    least = other < least ? other : least;
}

/// The least of the neighbours in the row before.
template <bool hasCorners>
TINTYPE_INLINED int nearest(const int* last, int x) {
    return hasCorners ? std::min({last[x - 1], last[x], last[x + 1]}) : last[x];
}

template <bool hasCorners>
TINTYPE_INLINED void findNearest(const int* last, int x, Eight& least) {
    read(last + x, least);
    if constexpr (hasCorners) {
        Eight beside;
        read(last + x - 1, beside);
        keepLess(least, beside);
        read(last + x + 1, beside);
        keepLess(least, beside);
    }
}

/// Each number becomes the least of itself and of those left of it, or right of it, and a step for each pixel between; `before`
/// is the last one of the block before. Runs of two, of four and of eight.
template <bool fromLeft>
TINTYPE_INLINED void stepAlong(Eight& steps, int before) {
    const Eight far = Eight{} + FAR;
    if constexpr (fromLeft) {
        keepLess(steps, __builtin_shufflevector(far, steps, 7, 8, 9, 10, 11, 12, 13, 14) + 1);
        keepLess(steps, __builtin_shufflevector(far, steps, 6, 7, 8, 9, 10, 11, 12, 13) + 2);
        keepLess(steps, __builtin_shufflevector(far, steps, 4, 5, 6, 7, 8, 9, 10, 11) + 4);
        keepLess(steps, before + Eight{1, 2, 3, 4, 5, 6, 7, 8});
    } else {
        keepLess(steps, __builtin_shufflevector(steps, far, 1, 2, 3, 4, 5, 6, 7, 8) + 1);
        keepLess(steps, __builtin_shufflevector(steps, far, 2, 3, 4, 5, 6, 7, 8, 9) + 2);
        keepLess(steps, __builtin_shufflevector(steps, far, 4, 5, 6, 7, 8, 9, 10, 11) + 4);
        keepLess(steps, before + Eight{8, 7, 6, 5, 4, 3, 2, 1});
    }
}

template <bool hasCorners>
TINTYPE_INLINED void findDown(const int* last, int* row, int* next, int width) {
    int before = FAR;
    int x = 0;
    for (; x + LANES <= width; x += LANES) {
        Eight mask;
        Eight steps;
        read(row + x, mask);
        findNearest<hasCorners>(last, x, steps);
        steps = (steps + 1) & (mask != 0);
        stepAlong<true>(steps, before);
        std::memcpy(row + x, &steps, sizeof steps);
        std::memcpy(next + x, &steps, sizeof steps);
        before = steps[LANES - 1];
    }
    for (; x < width; ++x) {
        before = row[x] ? std::min(nearest<hasCorners>(last, x), before) + 1 : 0;
        row[x] = next[x] = before;
    }
}

template <bool hasCorners>
TINTYPE_INLINED void findUp(const int* last, int* row, int* next, int width) {
    int before = FAR;
    int x = width;
    for (; x % LANES != 0; --x) {
        before = std::min({nearest<hasCorners>(last, x - 1) + 1, before + 1, row[x - 1]});
        next[x - 1] = before;
        row[x - 1] = std::bit_cast<int>(before >= FAR ? INFINITE : float(before));
    }
    for (; x > 0; x -= LANES) {
        Eight steps;
        Eight found;
        read(row + x - LANES, found);
        findNearest<hasCorners>(last, x - LANES, steps);
        steps += 1;
        keepLess(steps, found);
        stepAlong<false>(steps, before);
        std::memcpy(next + x - LANES, &steps, sizeof steps);
        const EightFloats decimals = __builtin_convertvector(steps, EightFloats);
        const EightFloats distances = steps >= FAR ? (EightFloats{} + INFINITE) : decimals;
        std::memcpy(row + x - LANES, &distances, sizeof distances);
        before = steps[0];
    }
}

} // namespace

RasterDistances::RasterDistances(int width, bool hasCorners)
    : m_hasCorners(hasCorners), m_width(width), m_last(std::size_t(width) + 2, FAR), m_next(std::size_t(width) + 2, FAR) {}

void RasterDistances::walkDown(int* row) {
    withWideRegisters([&]() __attribute__((always_inline)) {
        if (m_hasCorners)
            findDown<true>(m_last.data() + 1, row, m_next.data() + 1, m_width);
        else
            findDown<false>(m_last.data() + 1, row, m_next.data() + 1, m_width);
    });
    m_last.swap(m_next);
}

void RasterDistances::turn() {
    std::ranges::fill(m_last, FAR);
}

void RasterDistances::walkUp(int* row) {
    withWideRegisters([&]() __attribute__((always_inline)) {
        if (m_hasCorners)
            findUp<true>(m_last.data() + 1, row, m_next.data() + 1, m_width);
        else
            findUp<false>(m_last.data() + 1, row, m_next.data() + 1, m_width);
    });
    m_last.swap(m_next);
}

} // namespace tintype
