// The colours of code and of what it prints, on dark and on light ground.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>

class QPalette;

namespace tintype {

struct CodeColors {
    QColor paper;
    QColor text;
    QColor weak; ///< line numbers, remarks, what waits
    QColor keyword;
    QColor builtin;
    QColor string;
    QColor number;
    QColor comment;
    QColor definition;
    QColor decorator;
    QColor error;
    QColor good;
    QColor prompt;
    QColor currentLine;
    QColor margin;
    QColor selection;
    QColor selectedText;
    QColor matchedBrace; ///< ground
    QColor found;        ///< ground of the other places where a searched text stands

    static CodeColors of(const QPalette& palette);
};

/// The fixed-width font of the desktop.
QFont codeFont();

} // namespace tintype
