// A thread that Python knows for its whole life, and on which tasks run with the GIL.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/TaskQueue.h"

#include <QDeadlineTimer>
#include <QThread>

#include <atomic>
#include <functional>
#include <limits>
#include <memory>

namespace tintype {

/// What the threads of one runtime share.
struct PythonThreads {
    std::atomic<int> alive = 0; ///< those that have a PyThreadState
    /// Once set, nobody waits longer than until then for a thread to end; in QDeadlineTimer's nanoseconds.
    std::atomic<qint64> limit = std::numeric_limits<qint64>::max();
};

/// Problem: thread states that come and go with every call lose threading.local and cost a lock each, and one that is
/// deleted by another thread crashes. So the thread makes its PyThreadState itself, keeps it for its life, and clears and
/// deletes it itself; it registers as a threading.Thread that is no daemon, so that the threads it starts are none either.
///
/// Tasks run one after the other with the GIL held; while none waits, the GIL is free. Tasks catch their own
/// errors: what one throws ends the program. Made through PythonRuntime and owned by a PythonThreadPtr.
class PythonThread : public QThread {
    Q_OBJECT
public:
    using Task = TaskQueue::Task;

    /// Where the destructors of Python objects run that this thread gives up or finds given up. Elsewhere is for short
    /// tasks that others depend on: a destructor written in Python can wait for anything.
    enum class Destructors { Here, Elsewhere };

    PythonThread(const QString& name, std::shared_ptr<PythonThreads> all, Destructors destructors);

    /// False when the system had no thread to give: then the thread is closed, and there is nothing to wait for.
    bool hasStarted() const { return m_hasStarted; }
    /// Any thread; false, and the task is dropped, after close().
    bool post(Task task);
    /// The running task is the last one; any thread.
    void close();
    /// Waits for the end after close(), without the GIL. False when it did not come in time.
    bool waitForEnd(const QDeadlineTimer& deadline);

    /// Ends the thread, waits two seconds, and leaves a thread that does not end to itself: destroying it would end the
    /// program, and a C call in Python cannot be stopped.
    struct Ender {
        void operator()(PythonThread* thread) const;
    };
    using Pointer = std::unique_ptr<PythonThread, Ender>;
    /// The same for several threads that share one time limit, or less when all together have less; the pointer is empty
    /// afterwards.
    static void endBy(Pointer& thread, const QDeadlineTimer& deadline);

protected:
    void run() override;

private:
    ~PythonThread() override = default;
    void runTasks();

    TaskQueue m_tasks;
    std::shared_ptr<PythonThreads> m_all;
    const Destructors m_destructors;
    bool m_hasStarted = false;
};

using PythonThreadPtr = PythonThread::Pointer;

} // namespace tintype
