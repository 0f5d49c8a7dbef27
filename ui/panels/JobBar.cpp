// The bar of a job: how much is done, or that it is at work.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/JobBar.h"

#include <QPainter>

#include <cmath>

namespace tintype {

namespace {

constexpr int STEP_MILLISECONDS = 40;
constexpr double ROUND_MILLISECONDS = 1600; ///< there and back

QColor mixed(const QColor& a, const QColor& b, double part) {
    const auto mix = [part](int from, int to) { return int(std::lround(from + (to - from) * part)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

} // namespace

JobBar::JobBar(QWidget* parent) : QProgressBar(parent) {
    m_step.setInterval(STEP_MILLISECONDS);
    connect(&m_step, &QTimer::timeout, this, qOverload<>(&QWidget::update));
}

void JobBar::showFraction(double fraction) {
    setRange(0, fraction < 0 ? 0 : 100);
    if (fraction >= 0)
        setValue(int(fraction * 100));
    moveWhenBusy();
}

void JobBar::moveWhenBusy() {
    if (!isBusy() || !isVisible()) {
        m_step.stop();
    } else if (!m_step.isActive()) {
        m_since.start();
        m_step.start();
    }
}

void JobBar::showEvent(QShowEvent* event) {
    QProgressBar::showEvent(event);
    moveWhenBusy();
}

void JobBar::hideEvent(QHideEvent* event) {
    QProgressBar::hideEvent(event);
    moveWhenBusy();
}

QRect JobBar::filledPart(const QRect& groove) const {
    QRect part = groove;
    if (!isBusy()) {
        part.setWidth(int(std::int64_t(groove.width()) * (value() - minimum()) / (maximum() - minimum())));
        return part;
    }
    const double round = m_since.isValid() ? std::fmod(double(m_since.elapsed()), ROUND_MILLISECONDS) / ROUND_MILLISECONDS : 0;
    part.setWidth(groove.width() / 4);
    part.translate(int((groove.width() - part.width()) * (1 - std::abs(2 * round - 1))), 0);
    return part;
}

void JobBar::paintEvent(QPaintEvent*) {
    const QPalette& colours = palette();
    const QColor window = colours.color(QPalette::Window);
    const QColor ink = colours.color(QPalette::WindowText);
    QPainter painter(this);
    painter.fillRect(rect(), mixed(window, ink, 0.35));
    const QRect groove = rect().adjusted(1, 1, -1, -1);
    const QRect filled = filledPart(groove);
    painter.fillRect(groove, colours.color(QPalette::Base));
    painter.fillRect(filled, colours.color(QPalette::Highlight));
    if (isBusy())
        return;
    const QRegion halves[] = {filled, QRegion(groove) - filled};
    const QPalette::ColorRole inks[] = {QPalette::HighlightedText, QPalette::Text};
    for (int half = 0; half < 2; ++half) {
        painter.setClipRegion(halves[half]);
        painter.setPen(colours.color(inks[half]));
        painter.drawText(groove, Qt::AlignCenter, text());
    }
}

} // namespace tintype
