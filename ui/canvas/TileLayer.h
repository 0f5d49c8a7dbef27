// The tiles of one image that have arrived, and how they are painted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/display/Tile.h"
#include "ui/canvas/ViewTransform.h"

#include <map>
#include <memory>
#include <vector>

class QPainter;

namespace tintype {

/// GUI thread. Holds what the view has, up to a number of bytes; what was not painted for longest goes first.
class TileLayer {
public:
    TileLayer() = default;
    explicit TileLayer(std::uint64_t generation) : m_generation(generation) {}

    std::uint64_t generation() const { return m_generation; }
    /// False until the image's size is known.
    bool isKnown() const { return m_known; }
    const TileGrid& grid() const { return m_grid; }
    QSize imageSize() const { return {m_grid.width(0), m_grid.height(0)}; }
    void setGrid(const TileGrid& grid);

    void insert(std::shared_ptr<const Tile> tile);
    /// Adds the tiles of a layer with the same grid; they take the place of those that are there.
    void merge(const TileLayer& other);
    /// Whether all of the tile is there.
    bool has(const TileKey& key) const;
    bool isEmpty() const { return m_tiles.empty(); }

    /// The level whose pixels are at least as fine as the screen's.
    int levelFor(double zoom) const;
    /// The tiles of the level that touch the part of the image, and `margin` more on each side.
    std::vector<TileKey> tilesIn(const QRect& part, int level, int margin = 0) const;

    /// In device pixels; what is there of the tile. False when it is not there.
    bool paintTile(QPainter& painter, const ViewTransform& view, const TileKey& key);
    /// What coarser and finer tiles show in the place of one that is not there. False when there is nothing.
    bool paintStandIn(QPainter& painter, const ViewTransform& view, const TileKey& key);

private:
    struct Entry {
        std::shared_ptr<const Tile> tile;
        std::uint64_t used = 0;
    };
    /// Paints what the tile shows of `part` of the image.
    void paint(QPainter& painter, const ViewTransform& view, Entry& entry, const QRect& part);
    /// Of the image.
    QRect coveredPart(const TileKey& key) const;
    QRect shownPart(const Tile& tile) const;
    void shrink();

    std::uint64_t m_generation = 0;
    bool m_known = false;
    TileGrid m_grid;
    std::map<TileKey, Entry> m_tiles;
    std::size_t m_byteCount = 0;
    std::uint64_t m_clock = 0;
};

} // namespace tintype
