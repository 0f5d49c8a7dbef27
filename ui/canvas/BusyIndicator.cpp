// A small turning arc that says that pixels are on their way.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/BusyIndicator.h"

#include <QEvent>
#include <QPainter>
#include <QPen>

namespace tintype {

namespace {
constexpr int SIDE = 28;
constexpr int STEP_MILLISECONDS = 40;
constexpr int STEP_DEGREES = 15;
} // namespace

BusyIndicator::BusyIndicator(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFixedSize(SIDE, SIDE);
    hide();
    m_turn.setInterval(STEP_MILLISECONDS);
    connect(&m_turn, &QTimer::timeout, this, [this] {
        m_angle = (m_angle + STEP_DEGREES) % 360;
        update();
    });
}

void BusyIndicator::showEvent(QShowEvent*) {
    m_turn.start();
}

void BusyIndicator::hideEvent(QHideEvent*) {
    m_turn.stop();
}

void BusyIndicator::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_pictures.clear();
}

void BusyIndicator::paintEvent(QPaintEvent*) {
    QPixmap& picture = m_pictures[m_angle];
    if (picture.isNull() || picture.devicePixelRatio() != devicePixelRatioF())
        picture = draw();
    QPainter(this).drawPixmap(0, 0, picture);
}

QPixmap BusyIndicator::draw() const {
    QPixmap picture(size() * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    // Readable over any picture: a disc of the window's colour under it.
    QColor ground = palette().color(QPalette::Window);
    ground.setAlpha(200);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawEllipse(rect());
    QPen pen(palette().color(QPalette::Highlight), 3);
    pen.setCapStyle(Qt::RoundCap);
    painter.setPen(pen);
    painter.drawArc(rect().adjusted(7, 7, -7, -7), -m_angle * 16, 270 * 16);
    return picture;
}

} // namespace tintype
