// One script in a process of its own, from its start to what it did to the document.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/ScriptProcess.h"

#include "core/Workbench.h"
#include "scripting/process/Supervision.h"

#include <system_error>

namespace tintype {

ScriptProcess::ScriptProcess(const Surroundings& surroundings, const ScriptRequest& request, JobPtr job, OutputSink output,
                             Events events)
    : m_job(std::move(job)), m_isFinished(std::make_shared<std::atomic<bool>>(false)),
      m_isHurried(std::make_shared<std::atomic<bool>>(false)) {
    try {
        m_thread = std::thread([surroundings, request, job = m_job, output, events,
                                snapshot = surroundings.workbench.document.state(), isFinished = m_isFinished,
                                isHurried = m_isHurried] {
            {
                Supervision supervision(surroundings, request, job, output, *isHurried);
                events.ended(supervision.run(*snapshot));
            }
            *isFinished = true;
            events.finished();
        });
    } catch (const std::system_error&) {
        failWithoutThread(request, *m_job, output);
        *m_isFinished = true;
        events.ended(1);
        events.finished();
    }
}

ScriptProcess::~ScriptProcess() {
    if (!isFinished())
        hurry();
    if (m_thread.joinable())
        m_thread.join();
}

void ScriptProcess::hurry() {
    *m_isHurried = true;
    m_job->cancel();
}

} // namespace tintype
