// What the parts of the runtime share: the threads that Python knows, the window, the workbench.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/OutputPace.h"
#include "scripting/PythonThread.h"
#include "scripting/RunList.h"

#include <QString>

#include <atomic>
#include <memory>

namespace tintype {

struct Workbench;

/// Belongs to the Interpreter. Threads that could not be stopped may go on using it, so it outlives them.
class PythonRuntime {
public:
    explicit PythonRuntime(Workbench& workbench);

    Workbench& workbench() { return m_workbench; }
    /// For the GUI thread.
    OutputPace& outputPace() { return m_outputPace; }
    PythonThreadPtr makeThread(const QString& name) const;
    /// Runs short tasks that need the GIL and that nobody can wait for, above all the stopping of scripts.
    PythonThread& supervisor();
    RunList& runs() { return m_runs; }
    /// Ends the supervisor, unless another thread with a PyThreadState is left: then false, and the runtime must stay.
    bool endThreads();

private:
    Workbench& m_workbench;
    OutputPace m_outputPace;
    std::shared_ptr<std::atomic<int>> m_liveThreads;
    RunList m_runs;
    PythonThreadPtr m_supervisor;
};

} // namespace tintype
