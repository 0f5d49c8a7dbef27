// The scripts and console lines that run now.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/ScriptContext.h"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace tintype {

/// Kept by PythonRun, read by the StallMonitor; any thread, without the GIL.
class RunList {
public:
    struct Run {
        std::shared_ptr<ScriptContext> context;
        std::function<void()> interrupt; ///< raises tt.Cancelled once more; any thread
        bool isOurs = false; ///< the program's own, such as completion: nobody has started it, and nobody can stop it
    };

    void add(Run run) {
        std::lock_guard lock(m_mutex);
        m_runs.push_back(std::move(run));
    }
    void remove(const ScriptContext& context) {
        std::lock_guard lock(m_mutex);
        std::erase_if(m_runs, [&](const Run& run) { return run.context.get() == &context; });
    }
    std::vector<Run> runs() const {
        std::lock_guard lock(m_mutex);
        return m_runs;
    }

private:
    mutable std::mutex m_mutex;
    std::vector<Run> m_runs;
};

} // namespace tintype
