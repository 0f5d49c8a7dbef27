// Which part of an image a view shows, and how large.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/ViewTransform.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {
constexpr double LADDER[] = {1 / 64., 1 / 48., 1 / 32., 1 / 24., 1 / 16., 1 / 12., 1 / 8., 1 / 6., 1 / 4.,
                             1 / 3.,  1 / 2.,  2 / 3.,  1,       1.5,     2,       3,      4,      6,
                             8,       12,      16,      24,      32,      48,      64};
// Two zooms closer than this are the same step.
constexpr double SAME = 1.001;
} // namespace

void ViewTransform::setImageSize(const QSize& size) {
    m_image = size;
    limit();
}

void ViewTransform::set(double zoom, const QPointF& center) {
    m_zoom = zoom;
    m_center = center;
    limit();
}

double ViewTransform::fitZoom() const {
    if (m_image.isEmpty() || m_view.isEmpty())
        return 1;
    return std::min(double(m_view.width()) / m_image.width(), double(m_view.height()) / m_image.height());
}

double ViewTransform::leastZoom() const {
    return std::min(fitZoom(), 1.0) / 8;
}

void ViewTransform::fit(double most) {
    set(std::min(fitZoom(), most), QPointF(m_image.width(), m_image.height()) / 2);
}

void ViewTransform::zoomAt(const QPointF& position, double zoom) {
    zoom = std::clamp(zoom, leastZoom(), MOST_ZOOM);
    const QPointF fromMiddle = position - QPointF(m_view.width(), m_view.height()) / 2;
    const QPointF point = m_center + fromMiddle / m_zoom;
    set(zoom, point - fromMiddle / zoom);
}

void ViewTransform::pan(const QPointF& distance) {
    m_center -= distance / m_zoom;
    limit();
}

QPointF ViewTransform::origin() const {
    const QPointF exact = QPointF(m_view.width(), m_view.height()) / 2 - m_center * m_zoom;
    return {std::round(exact.x()), std::round(exact.y())};
}

QRect ViewTransform::imageRect() const {
    const QPoint from = toView({0, 0}).toPoint();
    const QPoint to = toView(QPointF(m_image.width(), m_image.height())).toPoint();
    return QRect(from, QSize(std::max(1, to.x() - from.x()), std::max(1, to.y() - from.y())));
}

QRect ViewTransform::visiblePart() const {
    const QPointF from = toImage({0, 0});
    const QPointF to = toImage(QPointF(m_view.width(), m_view.height()));
    const QRect part(QPoint(int(std::floor(from.x())), int(std::floor(from.y()))),
                     QPoint(int(std::ceil(to.x())) - 1, int(std::ceil(to.y())) - 1));
    return part.intersected(QRect(QPoint(), m_image));
}

void ViewTransform::limit() {
    // The middle of the view never leaves the image, so that nobody gets lost outside.
    m_center.setX(std::clamp(m_center.x(), 0.0, double(m_image.width())));
    m_center.setY(std::clamp(m_center.y(), 0.0, double(m_image.height())));
}

double ViewTransform::stepUp(double zoom) {
    for (double step : LADDER)
        if (step > zoom * SAME)
            return step;
    return MOST_ZOOM;
}

double ViewTransform::stepDown(double zoom) {
    for (auto step = std::rbegin(LADDER); step != std::rend(LADDER); ++step)
        if (*step * SAME < zoom)
            return *step;
    return zoom / 2;
}

} // namespace tintype
