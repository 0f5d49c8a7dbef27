// What the parts of the runtime share: the threads that Python knows, the window, the workbench.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/PythonRuntime.h"

namespace tintype {

PythonRuntime::PythonRuntime(Workbench& workbench)
    : m_workbench(workbench), m_liveThreads(std::make_shared<std::atomic<int>>(0)),
      m_supervisor(makeThread(QStringLiteral("Tintype supervisor"))) {}

PythonThreadPtr PythonRuntime::makeThread(const QString& name) const {
    return PythonThreadPtr(new PythonThread(name, m_liveThreads));
}

PythonThread& PythonRuntime::supervisor() {
    return *m_supervisor;
}

bool PythonRuntime::endThreads() {
    // A thread that is left behind may still post to the supervisor.
    constexpr int supervisors = 1;
    if (*m_liveThreads > supervisors)
        return false;
    m_supervisor.reset();
    return *m_liveThreads == 0;
}

} // namespace tintype
