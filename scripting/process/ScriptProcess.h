// One script in a process of its own, from its start to what it did to the document.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"
#include "core/jobs/Job.h"
#include "scripting/ScriptOutput.h"
#include "scripting/ScriptRunner.h"

#include <sys/types.h>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>

namespace tintype {

struct Workbench;
class WindowBridge;

/// Problem: what CPython cannot stop, and code that crashes, must not harm the window. So the script works on a copy of the
/// document in another process, which the system can end at any time; what it did comes back when it has ended, as one edit
/// on the document as it is then. After a stop, or when the process died, nothing comes back.
///
/// A thread of its own looks after the process, and needs no GIL: this goes on while Python stands still. Stop asks the script
/// first, so that its `finally` blocks run; a script that does not answer is killed after 300 ms, one that does after 3 s. On a
/// busy machine, where it has hardly run meanwhile, it has a second to answer. A process that the system cannot end is left to
/// it, and the job ends.
///
/// Made and destroyed on the GUI thread; the destructor ends the process, within a second.
class ScriptProcess {
public:
    struct Surroundings {
        Workbench& workbench;
        WindowBridge& window;
        std::string program; ///< bin/tintype-python
    };
    /// Called on the other thread; by the constructor where the system gives no thread.
    struct Events {
        std::function<void(int exitCode)> ended; ///< after everything that the script has printed
        std::function<void()> finished;          ///< last of all: destroying this object takes no time from now on
    };
    ScriptProcess(const Surroundings& surroundings, const ScriptRequest& request, JobPtr job, OutputSink output, Events events);
    ~ScriptProcess();
    ScriptProcess(const ScriptProcess&) = delete;

    /// Stops the script, and kills it soon; returns at once.
    void hurry();
    bool isFinished() const { return *m_isFinished; }

private:
    class Supervision;

    JobPtr m_job;
    std::shared_ptr<std::atomic<bool>> m_isFinished;
    std::shared_ptr<std::atomic<bool>> m_isHurried;
    std::thread m_thread;
};

} // namespace tintype
