// Paints the picture of a canvas: what has arrived, over what stands in for the rest.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas/TileLayer.h"

#include <optional>

namespace tintype {

/// GUI thread. Keeps the tiles of the image that is shown, and those of the one before until the new ones cover the
/// view, so that an edit or a preview never blanks the picture.
class TilePainter {
public:
    /// Nothing is shown.
    void clear();
    /// Another image. With `keepPicture` the one before stands in for it.
    void begin(std::uint64_t generation, bool keepPicture);
    /// `view` is the one in which the picture before is seen.
    void setGrid(const TileGrid& grid, const ViewTransform& view);
    /// Whole, or a part of a tile.
    void insert(std::shared_ptr<const Tile> tile, const ViewTransform& view);

    std::uint64_t generation() const { return m_current.generation(); }
    bool isKnown() const { return m_current.isKnown(); }
    QSize imageSize() const { return m_current.imageSize(); }
    bool isComplete(const ViewTransform& view) const;
    /// What is not there: in view first, from the middle outwards, then around it.
    std::vector<TileKey> missing(const ViewTransform& view) const;

    /// In device pixels. Nothing is painted outside the image.
    void paint(QPainter& painter, const ViewTransform& view);
    /// Where paint() paints.
    QRect paintedRect(const ViewTransform& view) const;

private:
    bool previousFits() const { return m_previous && m_previous->imageSize() == m_current.imageSize(); }
    /// The view in which the picture before is painted alone; null when it is not.
    const ViewTransform* previousAlone(const ViewTransform& view) const;
    /// Without the tiles over which those of `covering`, an image of the same size, are painted afterwards.
    static void paintLayer(QPainter& painter, TileLayer& layer, const ViewTransform& view,
                           const TileLayer* covering = nullptr);

    TileLayer m_current;
    std::optional<TileLayer> m_previous;
    ViewTransform m_previousView; ///< a picture of another size stays where it was
};

} // namespace tintype
