// Which part of an image a view shows, and how large.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QSize>

namespace tintype {

/// A value. Positions in the view are in pixels of the screen (device pixels), so that 100 % is one pixel for one pixel
/// on every screen. The upper left corner of the image always falls on a whole pixel.
class ViewTransform {
public:
    static constexpr double MOST_ZOOM = 64;

    double zoom() const { return m_zoom; }
    QPointF center() const { return m_center; }
    const QSize& viewSize() const { return m_view; }
    const QSize& imageSize() const { return m_image; }

    /// What was in the middle stays there.
    void setViewSize(const QSize& size) { m_view = size; }
    void setImageSize(const QSize& size);
    void set(double zoom, const QPointF& center);

    /// All of the image, as large as the view takes it; `most` limits the zoom.
    void fit(double most = MOST_ZOOM);
    /// The point of the image under `position` stays there.
    void zoomAt(const QPointF& position, double zoom);
    void pan(const QPointF& distance);

    QPointF toImage(const QPointF& position) const { return (position - origin()) / m_zoom; }
    QPointF toView(const QPointF& point) const { return point * m_zoom + origin(); }
    /// The image's place in the view.
    QRect imageRect() const;
    /// The part of the image that is in view, outward to whole pixels; empty when none is.
    QRect visiblePart() const;
    double leastZoom() const;

    /// The next step of a ladder of round zooms.
    static double stepUp(double zoom);
    static double stepDown(double zoom);

private:
    double fitZoom() const;
    QPointF origin() const;
    void limit();

    QSize m_view;
    QSize m_image;
    double m_zoom = 1;
    QPointF m_center;
};

} // namespace tintype
