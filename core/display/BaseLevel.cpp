// One small level of a large image, filled in from the top, out of which tiles of it and of smaller levels are cut.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/BaseLevel.h"

#include "core/Error.h"

#include <algorithm>
#include <cstring>

namespace tintype {

BaseLevel::BaseLevel(const TileGrid& grid, int level)
    : m_grid(grid), m_level(level), m_width(grid.width(level)), m_height(grid.height(level)),
      m_pixels(std::make_unique_for_overwrite<std::uint32_t[]>(std::size_t(m_width) * m_height)) {}

void BaseLevel::append(const PixelRect& rect, const void* pixels, std::size_t stride) {
    const int rows = m_rows.load(std::memory_order_relaxed);
    if (rect.left != 0 || rect.width != m_width || rect.top != rows || rect.top + rect.height > m_height)
        throw Error(ErrorCode::Internal, "A strip of the overview came out of order");
    for (int y = 0; y < rect.height; ++y)
        std::memcpy(&m_pixels[std::size_t(rows + y) * m_width], static_cast<const char*>(pixels) + y * stride,
                    std::size_t(m_width) * sizeof(std::uint32_t));
    m_rows.store(rows + rect.height, std::memory_order_release);
}

int BaseLevel::rowsOf(const TileKey& key) const {
    const PixelRect rect = m_grid.rect(key);
    const int rows = m_rows.load(std::memory_order_acquire);
    // The last row of a level may stand for fewer rows of this one.
    const int ready = rows == m_height ? m_grid.height(key.level) : rows >> (key.level - m_level);
    return std::clamp(ready - rect.top, 0, rect.height);
}

std::shared_ptr<const Tile> BaseLevel::cut(const TileKey& key) const {
    PixelRect rect = m_grid.rect(key);
    rect.height = rowsOf(key);
    if (rect.height == 0)
        return nullptr;
    auto tile = std::make_shared<Tile>();
    tile->key = key;
    tile->width = rect.width;
    tile->height = rect.height;
    tile->pixels.resize(std::size_t(rect.width) * rect.height);
    average(rect, key.level - m_level, *tile);
    return tile;
}

void BaseLevel::average(const PixelRect& rect, int shift, Tile& tile) const {
    for (int y = 0; y < rect.height; ++y) {
        const int top = (rect.top + y) << shift;
        const int bottom = std::min(top + (1 << shift), m_height);
        for (int x = 0; x < rect.width; ++x) {
            const int left = (rect.left + x) << shift;
            const int right = std::min(left + (1 << shift), m_width);
            std::uint64_t sums[3] = {0, 0, 0};
            for (int row = top; row < bottom; ++row)
                for (int column = left; column < right; ++column) {
                    const std::uint32_t pixel = m_pixels[std::size_t(row) * m_width + column];
                    sums[0] += pixel & 0xff;
                    sums[1] += (pixel >> 8) & 0xff;
                    sums[2] += (pixel >> 16) & 0xff;
                }
            const std::uint64_t count = std::uint64_t(bottom - top) * (right - left);
            std::uint32_t result = 0xff000000;
            for (int channel = 0; channel < 3; ++channel)
                result |= std::uint32_t((sums[channel] + count / 2) / count) << (8 * channel);
            tile.pixels[std::size_t(y) * rect.width + x] = result;
        }
    }
}

} // namespace tintype
