// Long work with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/jobs/Progress.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace tintype {

enum class JobState { Queued, Running, Finished, Failed, Cancelled };

/// What the work is, for those who show it: who started a script or a console line reads its errors where it prints.
enum class JobKind { Operation, File, Script, ConsoleLine };

/// What a job looks like at one moment.
struct JobInfo {
    std::uint64_t id = 0;
    std::string title;
    JobKind kind = JobKind::Operation;
    JobState state = JobState::Queued;
    double fraction = -1; ///< 0 to 1; negative while unknown
    double secondsRun = 0;
    double secondsLeft = -1; ///< negative while unknown
    std::string detail;      ///< what it is doing now
    std::string error;       ///< why it failed

    bool ended() const { return state >= JobState::Finished; }
};

/// Shared between the one who does the work, who reports to it, and those who watch; any thread. Reports call the
/// observer on the reporting thread, so that a Python thread makes them without the GIL.
class Job {
public:
    explicit Job(std::string title, JobKind kind = JobKind::Operation);

    std::uint64_t id() const { return m_id; }
    const CancelToken& token() const { return m_token; }
    /// A job that has not started ends at once; the work of one that runs sees its token.
    void cancel();
    JobInfo info() const;

    // For the one who does the work.
    /// False when the job was cancelled before it started: then there is nothing to do.
    bool start();
    /// 0 to 1; negative when nobody knows. Going back to a smaller number begins a new estimate of the time left.
    void setProgress(double fraction);
    void setDetail(std::string detail);
    /// The first end counts; later ones are ignored.
    void finish();
    void fail(std::string error);
    void endCancelled();

    /// Called after every change that people can see (progress in steps of a thousandth), on the thread that made it,
    /// in order; set by the queue that shows the job. Replaced by null to stop it: waits for a call that is under way.
    void setObserver(std::function<void(const Job&)> observer);

private:
    using Clock = std::chrono::steady_clock;

    /// Ends a job that has come no further than `latest`.
    void end(JobState latest, JobState state, std::string error);
    double secondsRun() const;
    void changed();

    const std::uint64_t m_id;
    CancelToken m_token;
    mutable std::mutex m_mutex;
    JobInfo m_info;
    Progress m_progress;
    Clock::time_point m_started;
    Clock::time_point m_ended;

    // Held while the observer runs; recursive, because an observer may cancel the job it is told of.
    std::recursive_mutex m_observerMutex;
    std::function<void(const Job&)> m_observer;
};

using JobPtr = std::shared_ptr<Job>;

} // namespace tintype
