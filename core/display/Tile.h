// A tile of the screen's pixels, and where tiles lie.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"

#include <compare>
#include <cstdint>
#include <vector>

namespace tintype {

/// A tile of the image shrunk by 2^level.
struct TileKey {
    int level = 0;
    int column = 0;
    int row = 0;
    auto operator<=>(const TileKey&) const = default;
};

/// SIZE pixels a side, smaller at the right and lower border. A tile with fewer rows than its place in the grid is the
/// part that is there already; the whole one follows. Immutable once handed out.
struct Tile {
    static constexpr int SIZE = 256;

    TileKey key;
    int width = 0;
    int height = 0;
    std::vector<std::uint32_t> pixels; ///< QImage's RGB32

    std::size_t byteCount() const { return pixels.size() * sizeof(std::uint32_t); }
};

/// The tiles of an image at all levels: a level is half as large as the one before, rounded up, and the last one is a
/// single tile.
class TileGrid {
public:
    TileGrid() = default;
    TileGrid(int width, int height) : m_width(width), m_height(height) {}
    explicit TileGrid(const ImageShape& shape) : TileGrid(shape.width, shape.height) {}

    int levelCount() const;
    int width(int level) const { return shrunk(m_width, level); }
    int height(int level) const { return shrunk(m_height, level); }
    int columns(int level) const { return (width(level) + Tile::SIZE - 1) / Tile::SIZE; }
    int rows(int level) const { return (height(level) + Tile::SIZE - 1) / Tile::SIZE; }
    bool contains(const TileKey& key) const;
    /// In pixels of the tile's own level.
    PixelRect rect(const TileKey& key) const;
    bool isWhole(const Tile& tile) const { return tile.height == rect(tile.key).height; }
    /// The first level with at most that many pixels.
    int firstLevelWithin(std::int64_t pixels) const;

    static int shrunk(int size, int level) {
        return int((std::int64_t(size) + (std::int64_t(1) << level) - 1) >> level);
    }

private:
    int m_width = 0;
    int m_height = 0;
};

} // namespace tintype
