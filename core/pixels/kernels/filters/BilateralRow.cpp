// One row of the bilateral filter, with the widest registers that the processor has.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/filters/BilateralRowPrivate.h"

#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace tintype {

namespace {

using Eight = float __attribute__((vector_size(8 * sizeof(float))));
using EightInts = int __attribute__((vector_size(8 * sizeof(int))));
/// Of 2, in decimal numbers of 32 bits.
constexpr float LEAST_EXPONENT = -126;
/// Of whose sums there is room in the registers and on the stack; more bands are summed up in turns.
constexpr int MOST_BANDS = 4;

TINTYPE_INLINED void read(const float* from, Eight& to) {
    std::memcpy(&to, from, sizeof to);
}

/// 2 to the power of x, which is not above 0 nor below LEAST_EXPONENT, to 4 in a million: the whole part goes into the exponent's
/// bits, the rest into a polynomial.
TINTYPE_INLINED void raiseTwo(Eight& x) {
    // Added to a small number it leaves the nearest whole one, and what the exponent's bits add to it, in the lowest bits.
    constexpr float WHOLE = 12582912 + 127;
    const Eight shifted = x + WHOLE;
    const Eight rest = x - (shifted - WHOLE);
    Eight series = 9.66637e-3F * rest + 5.592198e-2F;
    series = series * rest + 0.24022349F;
    series = series * rest + 0.69312105F;
    series = series * rest + 1;
    x = series * (Eight)((EightInts)shifted << 23);
}

/// One block of all bands: how alike two pixels are is seen on all of them together.
template <int bands, bool isBounded>
TINTYPE_INLINED void filterBlock(const float* const* rows, int stride, int manyBands, int x, const BilateralWork& work,
                                 int firstBand, int lastBand, int width, float* out) {
    constexpr int FIXED = bands > 0 ? bands : MOST_BANDS;
    const int all = bands > 0 ? bands : manyBands;
    const int count = bands > 0 ? bands : lastBand - firstBand;
    const EightInts noSign = EightInts{} + 0x7fffffff;
    const auto perDifference = float(work.perDifference);
    for (int at = x; at < x + BILATERAL_BLOCK; at += 8) {
        Eight sums[FIXED];
        Eight weights = Eight{} + 1;
        for (int band = 0; band < count; ++band)
            read(rows[0] + (firstBand + band) * stride + at, sums[band]);
        for (const BilateralNeighbour& neighbour : work.neighbours) {
            const float* const row = rows[neighbour.y] + neighbour.x + at;
            Eight difference = {};
            for (int band = 0; band < all; ++band) {
                Eight there;
                Eight here;
                read(row + band * stride, there);
                read(rows[0] + band * stride + at, here);
                difference += (Eight)((EightInts)(there - here) & noSign);
            }
            Eight weight = difference * difference * perDifference + float(neighbour.exponent);
            if constexpr (!isBounded)
                weight = weight > LEAST_EXPONENT ? weight : (Eight{} + LEAST_EXPONENT);
            raiseTwo(weight);
            // Of a difference that is not finite nothing is kept, not even what is multiplied by 0.
            const EightInts isFinite = difference <= std::numeric_limits<float>::max();
            if constexpr (!isBounded)
                weight = (Eight)((EightInts)weight & isFinite);
            weights += weight;
            for (int band = 0; band < count; ++band) {
                Eight there;
                read(row + (firstBand + band) * stride, there);
                if constexpr (!isBounded)
                    there = (Eight)((EightInts)there & isFinite);
                sums[band] += weight * there;
            }
        }
        for (int band = 0; band < count; ++band) {
            const Eight mean = sums[band] / weights;
            std::memcpy(out + (firstBand + band) * width + at, &mean, sizeof mean);
        }
    }
}

template <bool isBounded>
TINTYPE_INLINED void filterBlocks(const float* const* rows, int stride, int bands, int width, const BilateralWork& work,
                                  float* out) {
    for (int x = 0; x < width; x += BILATERAL_BLOCK) {
        if (bands == 1) {
            filterBlock<1, isBounded>(rows, stride, bands, x, work, 0, 1, width, out);
        } else if (bands == 3) {
            filterBlock<3, isBounded>(rows, stride, bands, x, work, 0, 3, width, out);
        } else {
            for (int band = 0; band < bands; band += MOST_BANDS)
                filterBlock<0, isBounded>(rows, stride, bands, x, work, band,
                                          band + MOST_BANDS < bands ? band + MOST_BANDS : bands, width, out);
        }
    }
}

TINTYPE_INLINED void filterRow(const float* const* rows, int stride, int bands, int width, const BilateralWork& work,
                               float* out) {
    if (work.leastExponent > LEAST_EXPONENT)
        filterBlocks<true>(rows, stride, bands, width, work, out);
    else
        filterBlocks<false>(rows, stride, bands, width, work, out);
}

/// The weights are no more exact than that.
TINTYPE_WIDE_JOINED void filterRowWide(const float* const* rows, int stride, int bands, int width, const BilateralWork& work,
                                       float* out) {
    filterRow(rows, stride, bands, width, work, out);
}

} // namespace

void filterBilateralRow(const float* const* rows, int stride, int bands, int width, const BilateralWork& work, float* out) {
    if (hasWideJoinedSums())
        filterRowWide(rows, stride, bands, width, work, out);
    else
        filterRow(rows, stride, bands, width, work, out);
}

void filterBilateralRow(const double* const* rows, int stride, int bands, int width, const BilateralWork& work,
                        double* out) {
    for (int x = 0; x < width; ++x) {
        double weights = 1;
        for (int band = 0; band < bands; ++band)
            out[band * width + x] = rows[0][band * stride + x];
        for (const BilateralNeighbour& neighbour : work.neighbours) {
            const double* const row = rows[neighbour.y] + neighbour.x + x;
            double difference = 0;
            for (int band = 0; band < bands; ++band)
                difference += std::abs(row[band * stride] - rows[0][band * stride + x]);
            if (!std::isfinite(difference))
                continue;
            const double weight = std::exp2(difference * difference * work.perDifference + neighbour.exponent);
            weights += weight;
            for (int band = 0; band < bands; ++band)
                out[band * width + x] += weight * row[band * stride];
        }
        for (int band = 0; band < bands; ++band)
            out[band * width + x] /= weights;
    }
}

} // namespace tintype
