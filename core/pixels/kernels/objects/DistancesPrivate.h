// Exact distances to the nearest zero pixel, first along the columns, then along the rows.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace tintype {

/// In place: zeros stay, every other pixel becomes its distance to the nearest zero above or below; NO_ZERO or more
/// where the column has none.
inline constexpr int NO_ZERO = 1 << 29;
void columnDistances(int* pixels, std::size_t stride, int width, int height);

/// Meijster, Roerdink and Hesselink (2000), "A general algorithm for computing distance transforms in linear time",
/// Mathematical Morphology and its Applications to Image and Signal Processing, 331-340. Whole numbers throughout.
/// Keeps its memory from row to row; one thread.
class RowDistances {
public:
    /// From the column distances of a row to its distances, squared. That of NO_DISTANCE or more where no zero is.
    void find(const int* columns, int width, std::int64_t* distances);

private:
    void findBetween(const int* columns, int begin, int end, std::int64_t* distances);

    std::vector<int> m_sites;
    std::vector<int> m_starts;
};
inline constexpr std::int64_t NO_DISTANCE = NO_ZERO;

} // namespace tintype
