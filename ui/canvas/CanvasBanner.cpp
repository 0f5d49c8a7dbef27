// A line or two over the upper edge of a canvas: what is wrong with the image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/CanvasBanner.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace tintype {

namespace {

constexpr int MARGIN = 12;
constexpr int STRIPE = 4;
constexpr int MOST_WIDTH = 640;
constexpr double RADIUS = 4;

QColor accent(CanvasBanner::Kind kind) {
    return kind == CanvasBanner::Kind::Error ? QColor(0xd6, 0x3b, 0x3b) : QColor(0xe0, 0x9a, 0x1f);
}

QColor mixed(const QColor& a, const QColor& b, double share) {
    const auto mix = [share](int x, int y) { return int(x + (y - x) * share); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

CanvasBanner::CanvasBanner(QWidget* parent) : QWidget(parent), m_text(new QLabel(this)) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(STRIPE + 8, 6, 10, 6);
    layout->addWidget(m_text);
    hide();
}

void CanvasBanner::setMessage(Kind kind, const QString& text) {
    m_kind = kind;
    m_text->setText(text);
    setVisible(!text.isEmpty());
    update();
}

QString CanvasBanner::message() const {
    return m_text->text();
}

void CanvasBanner::placeIn(const QRect& area) {
    const QMargins margins = layout()->contentsMargins();
    const int around = margins.left() + margins.right();
    const int room = std::clamp(area.width() - 2 * MARGIN, around + 1, MOST_WIDTH);
    const int wanted = m_text->fontMetrics().horizontalAdvance(m_text->text()) + around + 2;
    const int width = std::min(room, wanted);
    const int height = m_text->heightForWidth(width - around) + margins.top() + margins.bottom();
    setGeometry(area.left() + (area.width() - width) / 2, area.top() + MARGIN, width, height);
}

void CanvasBanner::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = accent(m_kind);
    painter.setPen(mixed(palette().color(QPalette::Window), colour, 0.6));
    painter.setBrush(mixed(palette().color(QPalette::Window), colour, 0.12));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.setClipRect(0, 0, STRIPE, height());
    painter.drawRoundedRect(QRectF(rect()), RADIUS, RADIUS);
}

} // namespace tintype
