// What a key is to the console: one that writes, one that enters, or part of one.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeyEvent>

namespace tintype {

inline bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

/// Writes a letter.
inline bool types(const QKeyEvent& event) {
    return !event.text().isEmpty() && event.text().front().isPrint() &&
           !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier));
}

/// Means nothing before another key is pressed: Shift and the like, accents.
inline bool isPartOfAKey(const QKeyEvent& event) {
    const int key = event.key();
    return (key >= Qt::Key_Shift && key <= Qt::Key_ScrollLock) ||
           (key >= Qt::Key_AltGr && key <= Qt::Key_Dead_Longsolidusoverlay);
}

} // namespace tintype
