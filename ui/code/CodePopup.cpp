// A small frame beside the caret, above or below its line, which leaves the keyboard where it is.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/CodePopup.h"

#include <QGuiApplication>
#include <QScreen>

namespace tintype {

CodePopup::CodePopup(QWidget* owner) : QFrame(owner, Qt::ToolTip | Qt::FramelessWindowHint) {
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    setForegroundRole(QPalette::Text);
}

void CodePopup::showBeside(const QRect& caret, Side side, const QRect& avoided) {
    const QScreen* screen = QGuiApplication::screenAt(caret.center());
    const QRect room = (screen ? screen : QGuiApplication::primaryScreen())->availableGeometry();
    const QRect taken = avoided.isNull() ? caret : caret.united(avoided);
    // Beside what is avoided, when that is on the same side.
    const int below = (!avoided.isNull() && avoided.top() >= caret.bottom() ? taken : caret).bottom() + 2;
    const int above = (!avoided.isNull() && avoided.bottom() <= caret.top() ? taken : caret).top() - height() - 1;
    const bool fitsBelow = below + height() <= room.bottom();
    const bool fitsAbove = above >= room.top();
    m_side = side == Below ? (fitsBelow || !fitsAbove ? Below : Above) : (fitsAbove || !fitsBelow ? Above : Below);
    const int left = std::clamp(caret.left(), room.left(), std::max(room.left(), room.right() - width()));
    move(left, m_side == Below ? below : above);
    show();
    raise();
}

} // namespace tintype
