// Counts the values in windows that slide over a picture, column by column.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

namespace tintype {

/// Problem: the values in a window are counted anew for each pixel, however little the window has moved. Every column of the
/// windows of a row keeps its own counts, which change by two pixels from row to row; the next window's are those of the last
/// one with a column more and a column less, 16 values at a time. After Perreault and Hebert (2007), "Median filtering in constant
/// time", IEEE Transactions on Image Processing 16, 2389-2394. For values of 8 bits, and windows of at most 65535 pixels.
///
/// First as many rows are added as a window is high, then for each row of windows begin() and slide() from left to right are
/// called, a row is removed and the next one added.
class LocalHistogram {
public:
    static constexpr int LEVELS = 256;

    struct Sums {
        int below; ///< pixels of the value and of lower ones
        int all;   ///< pixels of any value
    };

    /// `places` says where in a row the pixels of the columns lie; windows have `width` columns.
    LocalHistogram(std::vector<int> places, int width)
        : m_places(std::move(places)), m_width(width), m_columns((m_places.size() + 1) * LEVELS), m_first(LEVELS),
          m_window(LEVELS) {
        std::fill(m_mask.begin(), m_mask.begin() + LEVELS, std::uint16_t(-1));
    }

    void add(const std::uint8_t* row) { change(row, 1); }
    void remove(const std::uint8_t* row) { change(row, -1); }

    /// Goes to the left of the first window.
    void begin() { m_window = m_first; }

    /// Moves on to the window `x`, and counts up to `limit` pixels of each value where the limit is asked for.
    template <bool isLimited>
    TINTYPE_INLINED Sums slide(int x, int value, int limit) {
        const std::uint16_t* const next = m_columns.data() + std::size_t(x + m_width) * LEVELS;
        const std::uint16_t* const last = m_columns.data() + std::size_t(x) * LEVELS;
        const std::uint16_t* const mask = m_mask.data() + (LEVELS - 1 - value);
        const Counts most = Counts{} + std::uint16_t(limit);
        Counts below{};
        Counts all{};
        for (int i = 0; i < LEVELS; i += LANES) {
            Counts counts;
            Counts entered;
            Counts left;
            read(m_window.data() + i, counts);
            read(next + i, entered);
            read(last + i, left);
            counts += entered - left;
            std::memcpy(m_window.data() + i, &counts, sizeof counts);
            if constexpr (isLimited) {
                counts = counts < most ? counts : most;
                all += counts;
            }
            Counts isBelow;
            read(mask + i, isBelow);
            below += counts & isBelow;
        }
        return {sum(below), isLimited ? sum(all) : 0};
    }

private:
    static constexpr int LANES = 16;
    using Counts = std::uint16_t __attribute__((vector_size(LANES * sizeof(std::uint16_t))));

    TINTYPE_INLINED static void read(const std::uint16_t* from, Counts& to) { std::memcpy(&to, from, sizeof to); }

    TINTYPE_INLINED static int sum(const Counts& counts) {
        using Pairs = std::uint32_t __attribute__((vector_size(sizeof(Counts))));
        Pairs pairs;
        std::memcpy(&pairs, &counts, sizeof pairs);
        pairs = (pairs & 0xFFFFU) + (pairs >> 16U);
        using Half = std::uint32_t __attribute__((vector_size(sizeof(Counts) / 2)));
        std::array<Half, 2> halves;
        std::memcpy(halves.data(), &pairs, sizeof halves);
        const Half four = halves[0] + halves[1];
        return int(four[0] + four[1] + four[2] + four[3]);
    }

    void change(const std::uint8_t* row, int by) {
        std::uint16_t* const columns = m_columns.data() + LEVELS;
        for (std::size_t x = 0; x < m_places.size(); ++x) {
            const std::uint8_t value = row[m_places[x]];
            columns[x * LEVELS + value] += std::uint16_t(by);
            if (x + 1 < std::size_t(m_width))
                m_first[value] += std::uint16_t(by);
        }
    }

    std::vector<int> m_places;
    int m_width;
    std::vector<std::uint16_t> m_columns; ///< after one without pixels, which leaves the first window
    std::vector<std::uint16_t> m_first;   ///< of the first window, but for its last column
    std::vector<std::uint16_t> m_window;
    std::array<std::uint16_t, 2 * LEVELS> m_mask{}; ///< set in its first half
};

} // namespace tintype
