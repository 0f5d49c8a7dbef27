// Runs jobs on its own threads and lists every job of the program, scripts included.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"
#include "core/jobs/TaskQueue.h"

#include <functional>
#include <map>
#include <memory>
#include <thread>
#include <vector>

namespace tintype {

class JobQueue {
public:
    using Work = std::function<void(Job&)>;

    explicit JobQueue(int threads = 4);
    /// Cancels what runs and waits for it.
    ~JobQueue();

    /// The work runs on a thread of the queue. What it throws becomes the job's error; Error(Cancelled) ends it cancelled.
    JobPtr submit(std::string title, Work work);
    /// Lists a job that somebody else runs (a script); forgotten when it has ended.
    void add(const JobPtr& job);

    std::vector<JobPtr> running() const;
    void cancelAll();

    /// Called on any thread after a job changed; must not block.
    void setObserver(std::function<void(const JobInfo&)> observer);

private:
    void work();
    void observe(const Job& job);

    TaskQueue m_tasks;
    mutable std::mutex m_mutex;
    std::map<std::uint64_t, JobPtr> m_running;
    std::function<void(const JobInfo&)> m_observer;
    std::vector<std::thread> m_threads;
};

} // namespace tintype
