// Shrinks rows of pixels by averaging squares, as the rows come.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/RowAverager.h"

#include <algorithm>

namespace tintype {

namespace {

/// Adds runs of `square` pixels; the number of bands is known to the compiler, which then keeps the sums in registers.
template <int BANDS>
void addRow(const std::uint8_t* row, int width, int square, std::uint32_t* sums) {
    for (int left = 0; left < width; left += square, sums += BANDS) {
        const std::uint8_t* end = row + std::size_t(std::min(left + square, width)) * BANDS;
        std::uint32_t sum[BANDS] = {};
        for (const std::uint8_t* pixel = row + std::size_t(left) * BANDS; pixel < end; pixel += BANDS)
            for (int band = 0; band < BANDS; ++band)
                sum[band] += pixel[band];
        for (int band = 0; band < BANDS; ++band)
            sums[band] += sum[band];
    }
}

} // namespace

RowAverager::RowAverager(int width, int bands, int level)
    : m_width(width), m_bands(bands), m_level(level), m_outputWidth((width + (1 << level) - 1) >> level),
      m_sums(std::size_t(m_outputWidth) * bands), m_averages(m_sums.size()) {}

bool RowAverager::add(const std::uint8_t* row) {
    const int square = 1 << m_level;
    switch (m_bands) {
    case 1:
        addRow<1>(row, m_width, square, m_sums.data());
        break;
    case 2:
        addRow<2>(row, m_width, square, m_sums.data());
        break;
    case 3:
        addRow<3>(row, m_width, square, m_sums.data());
        break;
    default:
        addRow<4>(row, m_width, square, m_sums.data());
        break;
    }
    return ++m_rows == square;
}

const std::uint8_t* RowAverager::take() {
    for (int x = 0; x < m_outputWidth; ++x) {
        const int across = std::min(1 << m_level, m_width - (x << m_level));
        const std::uint32_t count = std::uint32_t(across) * std::uint32_t(m_rows);
        for (int band = 0; band < m_bands; ++band) {
            const std::size_t at = std::size_t(x) * m_bands + band;
            m_averages[at] = std::uint8_t((m_sums[at] + count / 2) / count);
        }
    }
    std::ranges::fill(m_sums, 0);
    m_rows = 0;
    return m_averages.data();
}

} // namespace tintype
