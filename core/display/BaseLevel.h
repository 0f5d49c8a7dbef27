// One small level of a large image, filled in from the top, out of which tiles of it and of smaller levels are cut.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/display/Tile.h"

#include <atomic>
#include <memory>

namespace tintype {

/// One thread appends rows; any thread may cut tiles out of the rows that are there.
class BaseLevel {
public:
    BaseLevel(const TileGrid& grid, int level);

    int level() const { return m_level; }
    /// Rows follow each other from the top; `stride` is in bytes.
    void append(const PixelRect& rect, const void* pixels, std::size_t stride);
    bool isComplete() const { return m_rows.load(std::memory_order_acquire) == m_height; }

    /// Whether all rows of the tile are there.
    bool has(const TileKey& key) const { return rowsOf(key) == m_grid.rect(key).height; }
    /// With the rows that are there; null when there are none.
    std::shared_ptr<const Tile> cut(const TileKey& key) const;

private:
    int rowsOf(const TileKey& key) const;
    void average(const PixelRect& rect, int shift, Tile& tile) const;

    const TileGrid m_grid;
    const int m_level;
    const int m_width;
    const int m_height;
    std::unique_ptr<std::uint32_t[]> m_pixels;
    std::atomic<int> m_rows = 0;
};

} // namespace tintype
