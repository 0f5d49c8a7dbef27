// Notices who holds Python for long and who does not end after Stop, and tells the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Stall.h"
#include "scripting/Wakeup.h"

#include <QList>
#include <QObject>

#include <memory>
#include <mutex>

namespace tintype {

class Interpreter;

struct StallLimits {
    std::chrono::milliseconds holds{2000}; ///< longer than importing the usual libraries or one-second work
    std::chrono::milliseconds ends{2000};  ///< longer than what Stop needs, and a short cleaning up
    std::chrono::milliseconds look{200};
};

/// Problem: C code that keeps the GIL cannot be ended from outside and answers nobody; all other Python code, the stopping
/// included, waits for it. People must know who it is, and that the window itself goes on.
///
/// A thread of the monitor's own looks a few times a second whether somebody has the GIL. If so it asks for it through the
/// supervisor, a Python thread that can wait. When that does not come within the limit, while the same thread stands at
/// the same place, it reads that thread's stack without the GIL (see StackReader for what may go wrong: at worst an answer
/// is missing) and finds the script by the thread. Who was stopped and runs on is asked about with the GIL, on the
/// supervisor, because there the exact answer can be had.
///
/// Lives on the GUI thread; its answers are queued signals. Ends at once, also while Python is held.
class StallMonitor : public QObject {
    Q_OBJECT
public:
    /// Throws Error(Internal) when the system has no thread for it.
    explicit StallMonitor(Interpreter& interpreter, const StallLimits& limits = {}, QObject* parent = nullptr);
    ~StallMonitor() override;

    const QList<Stall>& stalls() const { return m_stalls; }
    /// Raises tt.Cancelled once more in a script or line that was stopped already. A second Stop does not do that by
    /// itself, because the first may have led to cleaning up.
    void stopAgain(quint64 jobId);

Q_SIGNALS:
    /// stalls() is new.
    void changed();

private:
    class Watch;
    void take();

    QList<Stall> m_stalls;
    std::mutex m_mutex;
    QList<Stall> m_news; ///< what the watch has told, for the GUI thread to take
    Wakeup m_wakeup;
    std::unique_ptr<Watch> m_watch;
};

} // namespace tintype
