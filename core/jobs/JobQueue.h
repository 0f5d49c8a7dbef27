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

/// Problem: work that takes long must neither stop the window nor hide from people. Jobs wait in one list and run on a
/// few threads; scripts, which have threads of their own, are only listed. All members may be called on any thread.
class JobQueue {
public:
    using Work = std::function<void(Job&)>;

    explicit JobQueue(int threads = 4);
    /// Cancels everything, and waits for the work that was submitted; the listed jobs of others are no longer observed.
    ~JobQueue();

    /// The work runs on a thread of the queue. What it throws becomes the job's error; Error(Cancelled) ends it
    /// cancelled.
    JobPtr submit(std::string title, Work work, JobKind kind = JobKind::Operation);
    /// Lists a job that somebody else runs (a script); forgotten when it has ended.
    void add(const JobPtr& job);

    /// Those that wait or run.
    std::vector<JobPtr> running() const;
    void cancelAll();

    /// Called after a job changed, on the thread that changed it, one call at a time; must not block. Replaced by null
    /// to stop it: waits for a call that is under way.
    void setObserver(std::function<void(const JobInfo&)> observer);

private:
    void runTasks();
    void observe(const Job& job);
    std::vector<JobPtr> listed() const;

    TaskQueue m_tasks;
    mutable std::mutex m_mutex; // never held while a job or an observer is called
    std::map<std::uint64_t, JobPtr> m_listed;
    std::recursive_mutex m_observerMutex;
    std::function<void(const JobInfo&)> m_observer;
    std::vector<std::thread> m_threads;
};

} // namespace tintype
