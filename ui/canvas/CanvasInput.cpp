// What mouse, wheel, touchpad and keys do to a canvas.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/CanvasViewport.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QWheelEvent>

#include <cmath>

namespace tintype {

namespace {

constexpr int NOTCH = 120;
// Three notches double the size.
constexpr double NOTCHES_TO_DOUBLE = 3;
constexpr int KEY_STEP = 64;

/// 100 % is the zoom people want to meet exactly; the wheel stops there once when it passes.
double stoppedAtFull(double from, double to) {
    const bool passes = (from < 0.999 && to > 1.001) || (from > 1.001 && to < 0.999);
    return passes ? 1 : to;
}

} // namespace

bool CanvasViewport::event(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        pinch(static_cast<QNativeGestureEvent&>(*event));
        return true;
    }
    return QWidget::event(event);
}

void CanvasViewport::pinch(const QNativeGestureEvent& event) {
    if (event.gestureType() == Qt::ZoomNativeGesture)
        zoomAt(event.position() * devicePixelRatioF(), m_view.zoom() * (1 + event.value()));
}

void CanvasViewport::wheelEvent(QWheelEvent* event) {
    const bool zooms = event->modifiers().testFlag(Qt::ControlModifier);
    const bool sideways = event->modifiers().testFlag(Qt::ShiftModifier);
    const double ratio = devicePixelRatioF();
    if (!zooms && !event->pixelDelta().isNull()) {
        pan(QPointF(event->pixelDelta()) * ratio); // a touchpad moves the picture
    } else if (!zooms && sideways) {
        // Some systems turn the direction themselves when Shift is held.
        const QPoint delta = event->angleDelta();
        pan(QPointF(delta.y() ? delta.y() : delta.x(), 0) / NOTCH * KEY_STEP * ratio);
    } else if (event->angleDelta().y() != 0) {
        const double factor = std::exp2(event->angleDelta().y() / (NOTCH * NOTCHES_TO_DOUBLE));
        zoomAt(event->position() * ratio, stoppedAtFull(m_view.zoom(), m_view.zoom() * factor));
    } else {
        pan(QPointF(event->angleDelta().x(), 0) / NOTCH * KEY_STEP * ratio);
    }
    event->accept();
}

void CanvasViewport::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return QWidget::mousePressEvent(event);
    m_dragFrom = event->position();
    setCursor(Qt::ClosedHandCursor);
}

void CanvasViewport::mouseMoveEvent(QMouseEvent* event) {
    m_cursor = event->position();
    if (m_dragFrom) {
        pan((event->position() - *m_dragFrom) * devicePixelRatioF());
        m_dragFrom = event->position();
    }
    reportCursor();
}

void CanvasViewport::mouseReleaseEvent(QMouseEvent* event) {
    if (event->buttons() & (Qt::LeftButton | Qt::MiddleButton))
        return; // the other one still drags
    m_dragFrom.reset();
    unsetCursor();
}

void CanvasViewport::leaveEvent(QEvent*) {
    m_cursor.reset();
    reportCursor();
}

void CanvasViewport::keyPressEvent(QKeyEvent* event) {
    const double step = KEY_STEP * devicePixelRatioF();
    switch (event->key()) {
    case Qt::Key_Left:
        return pan({step, 0});
    case Qt::Key_Right:
        return pan({-step, 0});
    case Qt::Key_Up:
        return pan({0, step});
    case Qt::Key_Down:
        return pan({0, -step});
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        return zoomIn();
    case Qt::Key_Minus:
        return zoomOut();
    case Qt::Key_0:
        return fit();
    case Qt::Key_1:
        return setZoom(1);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace tintype
