// Shrinks rows of pixels by averaging squares, as the rows come.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace tintype {

/// Squares at the right border, and at the end, may be incomplete; they are averaged over what there is of them.
class RowAverager {
public:
    /// Squares of 2^level pixels.
    RowAverager(int width, int bands, int level);

    int outputWidth() const { return m_outputWidth; }
    /// Adds a row of 8-bit samples. True when a row of squares is full and must be taken.
    bool add(const std::uint8_t* row);
    /// Whether rows were added that were not taken.
    bool isPending() const { return m_rows > 0; }
    /// The averages of the rows added since the last take; valid until the next call.
    const std::uint8_t* take();

private:
    int m_width;
    int m_bands;
    int m_level;
    int m_outputWidth;
    int m_rows = 0;
    std::vector<std::uint32_t> m_sums;
    std::vector<std::uint8_t> m_averages;
};

} // namespace tintype
