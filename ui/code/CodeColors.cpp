// The colours of code and of what it prints, on dark and on light ground.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/CodeColors.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>

namespace tintype {

namespace {

QColor mixed(const QColor& ground, const QColor& tint, double part) {
    const auto channel = [part](int from, int to) { return int(from + (to - from) * part + 0.5); };
    return QColor(channel(ground.red(), tint.red()), channel(ground.green(), tint.green()),
                  channel(ground.blue(), tint.blue()));
}

void setInk(CodeColors& colors, bool dark) {
    colors.keyword = QColor::fromRgb(dark ? 0xc99cf0 : 0x7a3aa8);
    colors.builtin = QColor::fromRgb(dark ? 0x78cfe0 : 0x0b6a85);
    colors.string = QColor::fromRgb(dark ? 0xa3d28a : 0x2f7a1c);
    colors.number = QColor::fromRgb(dark ? 0xf0b070 : 0x9a4f10);
    colors.comment = QColor::fromRgb(dark ? 0x8b95a1 : 0x707880);
    colors.definition = QColor::fromRgb(dark ? 0x86b7ff : 0x1a58b8);
    colors.decorator = QColor::fromRgb(dark ? 0xe0c080 : 0x8a6010);
    colors.error = QColor::fromRgb(dark ? 0xff8078 : 0xb81c1c);
    colors.good = QColor::fromRgb(dark ? 0x86cf8a : 0x25752c);
    colors.prompt = QColor::fromRgb(dark ? 0x86b7ff : 0x1a58b8);
}

} // namespace

CodeColors CodeColors::of(const QPalette& palette) {
    CodeColors colors;
    colors.paper = palette.color(QPalette::Base);
    colors.text = palette.color(QPalette::Text);
    const bool dark = colors.paper.lightness() < 128;
    setInk(colors, dark);
    colors.weak = mixed(colors.paper, colors.text, dark ? 0.55 : 0.5);
    colors.currentLine = mixed(colors.paper, colors.text, dark ? 0.07 : 0.045);
    colors.margin = mixed(colors.paper, colors.text, dark ? 0.04 : 0.03);
    colors.selection = palette.color(QPalette::Highlight);
    colors.selectedText = palette.color(QPalette::HighlightedText);
    colors.matchedBrace = mixed(colors.paper, colors.definition, 0.3);
    colors.found = mixed(colors.paper, colors.number, 0.5);
    return colors;
}

QFont codeFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setStyleHint(QFont::Monospace);
    font.setFixedPitch(true);
    // Some desktops have a generic fixed font that is much smaller than what is around it.
    if (const int wanted = QApplication::font().pointSize(); wanted > 0 && font.pointSize() < wanted)
        font.setPointSize(wanted);
    return font;
}

} // namespace tintype
