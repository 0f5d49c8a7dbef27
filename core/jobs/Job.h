// Long work with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace tintype {

enum class JobState { Queued, Running, Finished, Failed, Cancelled };

/// What a job looks like at one moment.
struct JobInfo {
    std::uint64_t id = 0;
    std::string title;
    JobState state = JobState::Queued;
    double fraction = -1;  ///< 0 to 1; negative while unknown
    double secondsRun = 0;
    double secondsLeft = -1; ///< negative while unknown
    std::string detail;    ///< what it is doing now
    std::string error;     ///< why it failed

    bool ended() const { return state >= JobState::Finished; }
};

/// Shared between the one who does the work, who reports to it, and those who watch; any thread.
class Job {
public:
    explicit Job(std::string title);

    std::uint64_t id() const { return m_id; }
    const CancelToken& token() const { return m_token; }
    void cancel() const { m_token.cancel(); }
    JobInfo info() const;

    // For the one who does the work.
    void start();
    void setProgress(double fraction);
    void setDetail(std::string detail);
    /// The first end counts; later ones are ignored.
    void finish();
    void fail(std::string error);
    void endCancelled();

    /// Called after every change, on the thread that made it; set by the queue that shows the job.
    void setObserver(std::function<void(const Job&)> observer);

private:
    void end(JobState state, std::string error);
    void changed();

    const std::uint64_t m_id;
    CancelToken m_token;
    mutable std::mutex m_mutex;
    JobInfo m_info;
    std::chrono::steady_clock::time_point m_started;
    std::chrono::steady_clock::time_point m_ended;
    std::function<void(const Job&)> m_observer;
};

using JobPtr = std::shared_ptr<Job>;

} // namespace tintype
