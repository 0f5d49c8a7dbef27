// A bar above the canvas in a colour that fits a light and a dark palette.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ColoredBar.h"

#include <QEvent>
#include <QGuiApplication>
#include <QPalette>

namespace tintype {

ColoredBar::ColoredBar(BarTone tone, QWidget* parent) : QWidget(parent), m_tone(tone) {
    setAutoFillBackground(true);
    applyColors();
}

void ColoredBar::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::ApplicationPaletteChange)
        applyColors();
}

void ColoredBar::applyColors() {
    QPalette palette = QGuiApplication::palette();
    const bool dark = palette.color(QPalette::Window).lightness() < 128;
    QColor background;
    if (m_tone == BarTone::Warning)
        background = dark ? QColor(0x5a, 0x3a, 0x16) : QColor(0xff, 0xee, 0xcc);
    else
        background = dark ? QColor(0x22, 0x3f, 0x58) : QColor(0xdf, 0xee, 0xfb);
    palette.setColor(QPalette::Window, background);
    palette.setColor(QPalette::WindowText, dark ? QColor(0xf4, 0xf0, 0xea) : QColor(0x20, 0x20, 0x20));
    setPalette(palette);
}

} // namespace tintype
