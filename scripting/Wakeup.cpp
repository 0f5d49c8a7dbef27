// Lets any thread bring the GUI thread to call a function.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Wakeup.h"

#include <QCoreApplication>
#include <QEvent>

namespace tintype {

Wakeup::Wakeup(std::function<void()> call) : m_call(std::move(call)) {}

void Wakeup::post() {
    QCoreApplication::postEvent(this, new QEvent(QEvent::User));
}

bool Wakeup::event(QEvent* event) {
    if (event->type() != QEvent::User)
        return QObject::event(event);
    // A copy, since the function may destroy this object.
    const auto call = m_call;
    call();
    return true;
}

} // namespace tintype
