// The job of Python code that is mostly short: listed only where it takes long.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ListedJob.h"

#include "core/Workbench.h"
#include "scripting/Gil.h"
#include "scripting/PythonRuntime.h"

#include <utility>

namespace tintype {

ListedJob::ListedJob(PythonRuntime& runtime, JobPtr job) : m_runtime(runtime), m_job(std::move(job)) {
    const GilRelease release;
    m_job->start();
    m_listing = m_runtime.deadlines().post(DeadlineQueue::Clock::now() + LISTED_AFTER,
                                           [&runtime, job = m_job] { runtime.workbench().jobs.add(job); });
}

void ListedJob::end(const RunOutcome& outcome) {
    const GilRelease release;
    m_runtime.deadlines().cancel(m_listing);
    PythonRun::endJob(*m_job, outcome);
}

} // namespace tintype
