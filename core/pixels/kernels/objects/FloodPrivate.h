// Flooding a relief from markers, lowest pixels first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace tintype {

/// Memory with a pixel of margin on all sides, so that every pixel has all its neighbours.
struct PaddedSize {
    int width;
    int height;

    std::size_t stride() const { return std::size_t(width) + 2; }
    std::size_t count() const { return stride() * (std::size_t(height) + 2); }
    std::size_t index(int x, int y) const { return (std::size_t(y) + 1) * stride() + std::size_t(x) + 1; }
};

/// The number of its basin at each pixel, 0 where no flood came yet, BLOCKED where none may come and in the margin.
struct Basins {
    static constexpr int BLOCKED = std::numeric_limits<int>::min();

    explicit Basins(PaddedSize size) : size(size), labels(size.count(), BLOCKED) {}
    PaddedSize size;
    std::vector<int> labels;
};

template <typename Level>
struct Relief {
    explicit Relief(PaddedSize size) : levels(size.count()) {}
    std::vector<Level> levels;
};

/// Meyer (1991), "Un algorithme optimal de ligne de partage des eaux", RFIA 2, 847-859: pixels at the edge of the
/// basins wait in the order of their levels, of equal ones the one that came first goes first, and each gives its
/// number to the neighbours that have none. False when `isStopped` said so.
bool floodFromMarkers(const Relief<std::uint16_t>& relief, Basins& basins, bool corners,
                      const std::function<bool()>& isStopped);
bool floodFromMarkers(const Relief<double>& relief, Basins& basins, bool corners,
                      const std::function<bool()>& isStopped);

} // namespace tintype
