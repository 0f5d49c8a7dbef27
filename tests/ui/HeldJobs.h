// Keeps every thread of a job queue busy, so that jobs can be stopped before their turn.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/JobQueue.h"

#include <string_view>

namespace tintype {

/// What is submitted afterwards waits until release().
class HeldJobs {
public:
    explicit HeldJobs(JobQueue& jobs) : m_jobs(jobs) {
        for (int i = 0; i < MORE_THAN_THREADS; ++i)
            jobs.submit("Hold", [released = m_released](Job&) {
                while (!released.waitFor(1000))
                    continue;
            });
    }
    ~HeldJobs() { release(); }
    void release() { m_released.cancel(); }

    /// Nothing when no such job waits or runs.
    JobPtr find(std::string_view titleStart) const {
        for (const JobPtr& job : m_jobs.running())
            if (job->info().title.starts_with(titleStart))
                return job;
        return nullptr;
    }

private:
    static constexpr int MORE_THAN_THREADS = 64;
    JobQueue& m_jobs;
    CancelToken m_released;
};

} // namespace tintype
