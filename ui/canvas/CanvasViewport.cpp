// The part of a canvas that paints the image and takes mouse and keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/CanvasViewport.h"

#include "ui/canvas/BusyIndicator.h"

#include <QPaintEvent>
#include <QPainter>
#include <QRegion>

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {
constexpr int FRAME_MILLISECONDS = 16;
constexpr int BUSY_AFTER_MILLISECONDS = 300;
constexpr int MARGIN = 12;
} // namespace

CanvasViewport::CanvasViewport(QWidget* parent) : QWidget(parent), m_busy(new BusyIndicator(this)) {
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMinimumSize(120, 90);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Image"));
    m_frame.setSingleShot(true);
    connect(&m_frame, &QTimer::timeout, this, &CanvasViewport::nextFrame);
    m_untilBusy.setSingleShot(true);
    m_untilBusy.setInterval(BUSY_AFTER_MILLISECONDS);
    connect(&m_untilBusy, &QTimer::timeout, m_busy, &QWidget::show);
}

void CanvasViewport::clear() {
    m_painter.clear();
    m_hasImage = false;
    m_complete = true;
    m_untilBusy.stop();
    m_busy->hide();
    reportCursor();
    update();
}

void CanvasViewport::replaceImage(std::uint64_t generation) {
    m_painter.begin(generation, true);
    m_hasImage = true;
    m_gaveUp = false;
    noteCompleteness();
}

void CanvasViewport::newImage(std::uint64_t generation, const std::optional<Place>& place) {
    m_painter.begin(generation, false);
    m_hasImage = true;
    m_gaveUp = false;
    m_place = place.value_or(Place());
    noteCompleteness();
    scheduleFrame();
}

void CanvasViewport::setGrid(std::uint64_t generation, const TileGrid& grid) {
    if (generation != m_painter.generation() || m_painter.isKnown())
        return;
    m_painter.setGrid(grid, m_view);
    m_view.setImageSize(m_painter.imageSize());
    if (m_place) {
        m_fitMost = 0;
        if (m_place->zoom > 0)
            m_view.set(m_place->zoom, m_place->center);
        else
            m_fitMost = 1; // a small picture is not enlarged before somebody asks for it
        m_place.reset();
    }
    if (m_fitMost > 0)
        m_view.fit(m_fitMost);
    viewChanged();
    nextFrame();
}

void CanvasViewport::addTile(std::uint64_t generation, std::shared_ptr<const Tile> tile) {
    if (generation != m_painter.generation())
        return;
    m_painter.insert(std::move(tile), m_view);
    noteCompleteness();
    scheduleFrame();
}

void CanvasViewport::giveUp() {
    m_gaveUp = true;
    noteCompleteness();
    update();
}

bool CanvasViewport::isComplete() const {
    return !m_hasImage || m_painter.isComplete(m_view);
}

void CanvasViewport::noteCompleteness() {
    const bool complete = isComplete();
    if (complete || m_gaveUp) {
        m_untilBusy.stop();
        m_busy->hide();
    } else if (!m_untilBusy.isActive() && !m_busy->isVisible()) {
        m_untilBusy.start();
    }
    if (complete && !m_complete && m_hasImage)
        Q_EMIT completed();
    m_complete = complete;
}

void CanvasViewport::scheduleFrame() {
    if (m_frame.isActive())
        return;
    const qint64 since = m_sinceFrame.isValid() ? m_sinceFrame.elapsed() : FRAME_MILLISECONDS;
    m_frame.start(int(std::max<qint64>(0, FRAME_MILLISECONDS - since)));
}

void CanvasViewport::nextFrame() {
    m_frame.stop();
    m_sinceFrame.start();
    if (m_painter.isKnown() && !m_gaveUp)
        Q_EMIT tilesWanted(m_painter.missing(m_view));
    noteCompleteness();
    update();
}

void CanvasViewport::viewChanged() {
    if (m_view.zoom() != m_reportedZoom) {
        m_reportedZoom = m_view.zoom();
        Q_EMIT zoomChanged(m_reportedZoom);
    }
    reportCursor();
    scheduleFrame();
}

void CanvasViewport::fit() {
    m_fitMost = ViewTransform::MOST_ZOOM;
    m_view.fit(m_fitMost);
    viewChanged();
}

void CanvasViewport::zoomAt(const QPointF& devicePosition, double zoom) {
    if (!m_hasImage)
        return;
    m_fitMost = 0;
    m_view.zoomAt(devicePosition, zoom);
    viewChanged();
}

void CanvasViewport::setZoom(double zoom) {
    const QSize size = deviceSize();
    zoomAt(QPointF(size.width(), size.height()) / 2, zoom);
}

void CanvasViewport::pan(const QPointF& deviceDistance) {
    if (!m_hasImage || deviceDistance.isNull())
        return;
    m_fitMost = 0;
    m_view.pan(deviceDistance);
    viewChanged();
}

void CanvasViewport::reportCursor() {
    std::optional<QPoint> position;
    if (m_cursor && m_hasImage && m_painter.isKnown()) {
        const QPointF point = m_view.toImage(*m_cursor * devicePixelRatioF());
        const QPoint pixel(int(std::floor(point.x())), int(std::floor(point.y())));
        if (QRect(QPoint(), m_view.imageSize()).contains(pixel))
            position = pixel;
    }
    if (position == m_reportedCursor)
        return;
    m_reportedCursor = position;
    Q_EMIT cursorMoved(position.value_or(QPoint()), position.has_value());
}

QSize CanvasViewport::deviceSize() const {
    return QSizeF(QSizeF(size()) * devicePixelRatioF()).toSize();
}

void CanvasViewport::updateViewSize() {
    m_view.setViewSize(deviceSize());
    if (m_fitMost > 0)
        m_view.fit(m_fitMost);
    viewChanged();
}

void CanvasViewport::resizeEvent(QResizeEvent*) {
    m_busy->move(width() - m_busy->width() - MARGIN, height() - m_busy->height() - MARGIN);
    updateViewSize();
}

void CanvasViewport::paintEvent(QPaintEvent* event) {
    const double ratio = devicePixelRatioF();
    if (deviceSize() != m_view.viewSize())
        updateViewSize(); // moved to a screen with another ratio
    QPainter painter(this);
    if (!m_hasImage) {
        painter.fillRect(event->rect(), palette().color(QPalette::Window));
        paintEmpty(painter);
        return;
    }
    painter.scale(1 / ratio, 1 / ratio);
    const QRect exposed =
        QRectF(QPointF(event->rect().topLeft()) * ratio, QSizeF(event->rect().size()) * ratio).toAlignedRect();
    // All of it: where pixels of the image are missing, it shows too.
    painter.fillRect(exposed, groundColor());
    m_painter.paint(painter, m_view);
}

QColor CanvasViewport::groundColor() const {
    // Calm and without a pattern, so that nothing but the picture asks to be looked at.
    const QColor window = palette().color(QPalette::Window);
    return window.darker(window.lightness() < 128 ? 140 : 112);
}

void CanvasViewport::paintEmpty(QPainter& painter) const {
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.25);
    painter.setFont(large);
    // The placeholder's colour is made for the ground of text fields, and too faint on a dark window.
    QColor ink = palette().color(QPalette::WindowText);
    ink.setAlphaF(0.7F);
    painter.setPen(ink);
    painter.drawText(rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Open an image with Ctrl+O, or drop files here"));
}

} // namespace tintype
