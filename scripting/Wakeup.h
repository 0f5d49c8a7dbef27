// Lets any thread bring the GUI thread to call a function.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <functional>

namespace tintype {

/// A plain event, rather than a functor of Qt's: that one is shared by both threads until the second has let go of it, in
/// an order that the thread sanitizer cannot see. Made and destroyed on the GUI thread; whoever posts must be held off
/// before it is destroyed, and what was posted by then is dropped.
class Wakeup : public QObject {
    Q_OBJECT
public:
    explicit Wakeup(std::function<void()> call);

    /// On any thread; the function is called once for each post.
    void post();

    bool event(QEvent* event) override;

private:
    const std::function<void()> m_call;
};

} // namespace tintype
