// The tiles of one image that have arrived, and how they are painted.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/TileLayer.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {
constexpr std::size_t MOST_BYTES = 192 << 20;
// Finer levels that are looked at when a tile is not there.
constexpr int FINER_LEVELS = 2;
// From this zoom on pixels are shown as squares.
constexpr double SQUARES_FROM = 2;
// Of the screen. From 96 rows on Qt hands a picture to its thread pool and waits for it, several times a tile; when other
// threads keep the processors busy, each of these waits takes longer than the painting.
constexpr int MOST_ROWS_AT_ONCE = 64;

void drawInStrips(QPainter& painter, const QRect& target, const QImage& image, const QRectF& source) {
    const QRectF before = painter.clipBoundingRect();
    for (int done = 0; done < target.height(); done += MOST_ROWS_AT_ONCE) {
        const QRect strip(target.left(), target.top() + done, target.width(),
                          std::min(MOST_ROWS_AT_ONCE, target.height() - done));
        if (!before.intersects(strip))
            continue;
        painter.save();
        painter.setClipRect(strip, Qt::IntersectClip);
        painter.drawImage(QRectF(target), image, source);
        painter.restore();
    }
}
} // namespace

void TileLayer::setGrid(const TileGrid& grid) {
    m_grid = grid;
    m_known = true;
}

void TileLayer::insert(std::shared_ptr<const Tile> tile) {
    Entry& entry = m_tiles[tile->key];
    if (entry.tile && entry.tile->height > tile->height)
        return; // a part that was overtaken by the whole
    if (entry.tile)
        m_byteCount -= entry.tile->byteCount();
    m_byteCount += tile->byteCount();
    entry = {std::move(tile), ++m_clock};
    if (m_byteCount > MOST_BYTES)
        shrink();
}

bool TileLayer::has(const TileKey& key) const {
    const auto found = m_tiles.find(key);
    return found != m_tiles.end() && m_grid.isWhole(*found->second.tile);
}

void TileLayer::merge(const TileLayer& other) {
    for (const auto& [key, entry] : other.m_tiles)
        insert(entry.tile);
}

void TileLayer::shrink() {
    std::vector<std::pair<std::uint64_t, TileKey>> byUse;
    for (const auto& [key, entry] : m_tiles)
        byUse.emplace_back(entry.used, key);
    std::ranges::sort(byUse);
    for (const auto& [used, key] : byUse) {
        if (m_byteCount <= MOST_BYTES / 4 * 3)
            return;
        m_byteCount -= m_tiles[key].tile->byteCount();
        m_tiles.erase(key);
    }
}

int TileLayer::levelFor(double zoom) const {
    // The small addition keeps 50 % at level 1 although the logarithm is not exact.
    return std::clamp(int(std::floor(-std::log2(zoom) + 1e-6)), 0, m_grid.levelCount() - 1);
}

std::vector<TileKey> TileLayer::tilesIn(const QRect& part, int level, int margin) const {
    std::vector<TileKey> keys;
    if (part.isEmpty())
        return keys;
    const auto tileAt = [&](int position) { return (position >> level) / Tile::SIZE; };
    const int firstRow = std::max(0, tileAt(part.top()) - margin);
    const int lastRow = std::min(m_grid.rows(level) - 1, tileAt(part.bottom()) + margin);
    const int firstColumn = std::max(0, tileAt(part.left()) - margin);
    const int lastColumn = std::min(m_grid.columns(level) - 1, tileAt(part.right()) + margin);
    for (int row = firstRow; row <= lastRow; ++row)
        for (int column = firstColumn; column <= lastColumn; ++column)
            keys.push_back({level, column, row});
    return keys;
}

QRect TileLayer::coveredPart(const TileKey& key) const {
    const PixelRect rect = m_grid.rect(key);
    const QRect part(rect.left << key.level, rect.top << key.level, rect.width << key.level, rect.height << key.level);
    return part.intersected(QRect(QPoint(), imageSize()));
}

QRect TileLayer::shownPart(const Tile& tile) const {
    QRect part = coveredPart(tile.key);
    part.setHeight(std::min(part.height(), tile.height << tile.key.level));
    return part;
}

bool TileLayer::paintTile(QPainter& painter, const ViewTransform& view, const TileKey& key) {
    const auto found = m_tiles.find(key);
    if (found == m_tiles.end())
        return false;
    paint(painter, view, found->second, coveredPart(key));
    return true;
}

bool TileLayer::paintStandIn(QPainter& painter, const ViewTransform& view, const TileKey& key) {
    bool painted = false;
    const QRect part = coveredPart(key);
    for (int level = key.level + 1; level < m_grid.levelCount() && !painted; ++level) {
        const int shift = level - key.level;
        const auto found = m_tiles.find({level, key.column >> shift, key.row >> shift});
        if (found != m_tiles.end()) {
            paint(painter, view, found->second, part);
            painted = true;
        }
    }
    for (int level = std::max(0, key.level - FINER_LEVELS); level < key.level; ++level)
        for (const TileKey& finer : tilesIn(part, level))
            painted = paintTile(painter, view, finer) || painted;
    return painted;
}

void TileLayer::paint(QPainter& painter, const ViewTransform& view, Entry& entry, const QRect& part) {
    entry.used = ++m_clock;
    // Of a much enlarged tile only what is in view, since its whole would be scaled first. Whole pixels of the tile, so
    // that an edge lies in the same place whatever else is painted.
    const Tile& tile = *entry.tile;
    const QRect there = part.intersected(shownPart(tile));
    const QRect inView = there.intersected(view.visiblePart());
    const QRect shown = inView.isEmpty() || view.zoom() > SQUARES_FROM ? inView : there;
    if (shown.isEmpty())
        return;
    const int scale = 1 << tile.key.level;
    const PixelRect rect = m_grid.rect(tile.key);
    const double left = shown.left() / scale;
    const double top = shown.top() / scale;
    const double right = (shown.right() + scale) / scale;
    const double bottom = (shown.bottom() + scale) / scale;
    const QRectF source(left - rect.left, top - rect.top, right - left, bottom - top);
    const QPoint from = view.toView(QPointF(left, top) * scale).toPoint();
    const QPoint to = view.toView(QPointF(right, bottom) * scale).toPoint();
    const QRect target(from, QSize(to.x() - from.x(), to.y() - from.y()));
    const QImage image(reinterpret_cast<const uchar*>(tile.pixels.data()), tile.width, tile.height,
                       tile.width * qsizetype(sizeof(std::uint32_t)), QImage::Format_RGB32);
    painter.setRenderHint(QPainter::SmoothPixmapTransform, view.zoom() < SQUARES_FROM || tile.key.level > 0);
    drawInStrips(painter, target, image, source);
}

} // namespace tintype
