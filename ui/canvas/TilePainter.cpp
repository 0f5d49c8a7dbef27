// Paints the picture of a canvas: what has arrived, over what stands in for the rest.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/TilePainter.h"

#include <QPainter>

#include <algorithm>

namespace tintype {

void TilePainter::clear() {
    m_current = TileLayer();
    m_previous.reset();
}

void TilePainter::begin(std::uint64_t generation, bool keepPicture) {
    if (!keepPicture)
        m_previous.reset();
    else if (m_previous && previousFits())
        m_previous->merge(m_current); // what is there of several previews in a row stays until there is more
    else if (!m_current.isEmpty())
        m_previous = std::move(m_current);
    m_current = TileLayer(generation);
}

void TilePainter::setGrid(const TileGrid& grid, const ViewTransform& view) {
    if (m_current.isKnown())
        return;
    m_current.setGrid(grid);
    m_previousView = view;
}

void TilePainter::insert(std::shared_ptr<const Tile> tile, const ViewTransform& view) {
    m_current.insert(std::move(tile));
    if (m_previous && (!previousFits() || isComplete(view)))
        m_previous.reset();
}

bool TilePainter::isComplete(const ViewTransform& view) const {
    if (!m_current.isKnown())
        return false;
    return std::ranges::all_of(m_current.tilesIn(view.visiblePart(), m_current.levelFor(view.zoom())),
                               [this](const TileKey& key) { return m_current.has(key); });
}

std::vector<TileKey> TilePainter::missing(const ViewTransform& view) const {
    if (!m_current.isKnown())
        return {};
    const QRect part = view.visiblePart();
    const int level = m_current.levelFor(view.zoom());
    std::vector<TileKey> keys = m_current.tilesIn(part, level, 1);
    std::erase_if(keys, [this](const TileKey& key) { return m_current.has(key); });
    const double side = double(Tile::SIZE << level);
    const auto inView = [&](const TileKey& key) {
        return QRectF(key.column * side, key.row * side, side, side).intersects(part);
    };
    const QPointF middle = QRectF(part).center();
    const auto distance = [&](const TileKey& key) {
        const QPointF from = QPointF(key.column + 0.5, key.row + 0.5) * side - middle;
        return QPointF::dotProduct(from, from);
    };
    std::ranges::sort(keys, {}, [&](const TileKey& key) { return std::pair(!inView(key), distance(key)); });
    return keys;
}

const ViewTransform* TilePainter::previousAlone(const ViewTransform& view) const {
    if (!m_previous)
        return nullptr;
    if (!m_current.isKnown())
        return &view;
    return m_current.isEmpty() && !previousFits() ? &m_previousView : nullptr;
}

QRect TilePainter::paintedRect(const ViewTransform& view) const {
    if (const ViewTransform* before = previousAlone(view))
        return before->imageRect();
    return m_current.isKnown() ? view.imageRect() : QRect();
}

void TilePainter::paint(QPainter& painter, const ViewTransform& view) {
    if (const ViewTransform* before = previousAlone(view)) {
        paintLayer(painter, *m_previous, *before);
    } else if (m_previous && m_current.isKnown()) {
        paintLayer(painter, *m_previous, view, &m_current);
        for (const TileKey& key : m_current.tilesIn(view.visiblePart(), m_current.levelFor(view.zoom())))
            m_current.paintTile(painter, view, key);
    } else if (m_current.isKnown()) {
        paintLayer(painter, m_current, view);
    }
}

void TilePainter::paintLayer(QPainter& painter, TileLayer& layer, const ViewTransform& view, const TileLayer* covering) {
    painter.save();
    painter.setClipRect(view.imageRect(), Qt::IntersectClip);
    std::vector<TileKey> keys = layer.tilesIn(view.visiblePart(), layer.levelFor(view.zoom()));
    if (covering)
        std::erase_if(keys, [&](const TileKey& key) { return covering->has(key); });
    // What stands in may reach over its border, so it comes first.
    for (const TileKey& key : keys)
        if (!layer.has(key))
            layer.paintStandIn(painter, view, key);
    for (const TileKey& key : keys)
        layer.paintTile(painter, view, key);
    painter.restore();
}

} // namespace tintype
