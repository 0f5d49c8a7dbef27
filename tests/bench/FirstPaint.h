// Says when a window has been painted for the first time and the event loop has come to rest.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QEvent>
#include <QTimer>
#include <QWidget>

#include <functional>

/// Belongs to the window; calls `then` once.
class FirstPaint : public QObject {
public:
    FirstPaint(QWidget& window, std::function<void()> then) : QObject(&window), m_then(std::move(then)) {
        window.installEventFilter(this);
    }
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint && !m_seen) {
            m_seen = true;
            QTimer::singleShot(0, this, m_then);
        }
        return false;
    }

private:
    std::function<void()> m_then;
    bool m_seen = false;
};
