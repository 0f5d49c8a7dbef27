// A tile of the screen's pixels, and where tiles lie.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/Tile.h"

#include <algorithm>

namespace tintype {

int TileGrid::levelCount() const {
    int level = 0;
    while (std::max(width(level), height(level)) > Tile::SIZE)
        ++level;
    return level + 1;
}

bool TileGrid::contains(const TileKey& key) const {
    return key.level >= 0 && key.level < levelCount() && key.column >= 0 && key.column < columns(key.level) &&
           key.row >= 0 && key.row < rows(key.level);
}

PixelRect TileGrid::rect(const TileKey& key) const {
    PixelRect rect{key.column * Tile::SIZE, key.row * Tile::SIZE, Tile::SIZE, Tile::SIZE};
    rect.width = std::min(rect.width, width(key.level) - rect.left);
    rect.height = std::min(rect.height, height(key.level) - rect.top);
    return rect;
}

int TileGrid::firstLevelWithin(std::int64_t pixels) const {
    int level = 0;
    while (std::int64_t(width(level)) * height(level) > pixels && level + 1 < levelCount())
        ++level;
    return level;
}

} // namespace tintype
