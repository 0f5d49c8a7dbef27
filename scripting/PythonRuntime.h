// What the parts of the runtime share: the threads that Python knows, callbacks, the window, the workbench.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/DeadlineQueue.h"
#include "scripting/CallbackPool.h"
#include "scripting/CallbackRunner.h"
#include "scripting/LooseOutput.h"
#include "scripting/OutputPace.h"
#include "scripting/Owner.h"
#include "scripting/PythonThread.h"
#include "scripting/RunList.h"
#include "scripting/Timers.h"

#include <QString>

#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace tintype {

class ScriptContext;
class WindowBridge;
struct Workbench;

/// Belongs to the Interpreter, or without a window to the extension module. Threads that could not be stopped may go on
/// using it, so it outlives them. No Python thread is started before it is needed.
class PythonRuntime {
public:
    explicit PythonRuntime(Workbench& workbench, WindowBridge* window = nullptr);
    ~PythonRuntime();
    PythonRuntime(const PythonRuntime&) = delete;

    Workbench& workbench() { return m_workbench; }
    /// Null without a window.
    WindowBridge* window() { return m_window; }
    /// For the GUI thread.
    OutputPace& outputPace() { return m_outputPace; }
    PythonThreadPtr makeThread(const QString& name,
                               PythonThread::Destructors destructors = PythonThread::Destructors::Here) const;
    /// Runs short tasks that need the GIL and that nobody can wait for, above all the stopping of scripts.
    PythonThread& supervisor();
    RunList& runs() { return m_runs; }
    /// Raises tt.Cancelled in the thread soon, unless `isMeant`, which the GIL guards, has become false by then.
    void stopThread(unsigned long thread, std::shared_ptr<const bool> isMeant);
    DeadlineQueue& deadlines() { return m_deadlines; }
    CallbackPool& callbackPool() { return m_callbackPool; }
    CallbackRunner& callbacks() { return m_callbacks; }
    Timers& timers() { return m_timers; }

    /// Where add-ons print: the console sets where that is.
    LooseOutput& looseOutput() { return m_looseOutput; }
    /// Tells the person: in the window, or on the terminal where there is none.
    void tell(const std::string& text) const;
    /// What the handlers and timers of code in this context belong to: its owner, or the process.
    OwnerPtr ownerOf(const std::shared_ptr<ScriptContext>& context) const;
    const OwnerPtr& processOwner() const { return m_processOwner; }

    /// No timer and no handler runs from now on, and those under way are stopped; returns at once.
    void closeCallbacks();
    /// Closes, and waits for those under way; without the GIL. False when one did not end in time.
    bool endCallbacks(const QDeadlineTimer& deadline);
    /// Ends callbacks and the supervisor, unless another thread with a PyThreadState is left: then false, and the runtime
    /// must stay.
    bool endThreads();
    /// From now on all waiting for threads takes no longer than this, taken together.
    void limitWaiting(int milliseconds) { m_threads->limit = QDeadlineTimer(milliseconds).deadlineNSecs(); }

private:
    void drainSoon();
    PythonThread& drainer();
    void tellCrowded(const std::string& title);

    Workbench& m_workbench;
    OutputPace m_outputPace;
    WindowBridge* const m_window;
    std::shared_ptr<PythonThreads> m_threads;
    RunList m_runs;
    std::mutex m_threadsMutex;
    std::vector<PythonThreadPtr> m_refused; ///< by the system; they never started
    PythonThreadPtr m_supervisor;
    PythonThreadPtr m_drainer; ///< its tasks may block: they run destructors written in Python
    OwnerPtr m_processOwner;
    LooseOutput m_looseOutput;
    DeadlineQueue m_deadlines;
    CallbackPool m_callbackPool;
    CallbackRunner m_callbacks;
    Timers m_timers;
};

} // namespace tintype
