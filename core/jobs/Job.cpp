// Long work with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/Job.h"

#include <atomic>
#include <cmath>
#include <utility>

namespace tintype {

namespace {

std::uint64_t nextJobId() {
    static std::atomic<std::uint64_t> last = 0;
    return ++last;
}

/// What people can see of a fraction; smaller steps are not worth a call.
long visibleSteps(double fraction) {
    return fraction < 0 ? -1 : std::lround(fraction * 1000);
}

} // namespace

Job::Job(std::string title, JobKind kind) : m_id(nextJobId()) {
    m_info.id = m_id;
    m_info.title = std::move(title);
    m_info.kind = kind;
}

void Job::cancel() {
    m_token.cancel();
    end(JobState::Queued, JobState::Cancelled, {});
}

JobInfo Job::info() const {
    std::lock_guard lock(m_mutex);
    JobInfo info = m_info;
    info.secondsRun = secondsRun();
    info.fraction = m_progress.fraction();
    if (m_info.state == JobState::Running)
        info.secondsLeft = m_progress.secondsLeft(info.secondsRun);
    return info;
}

double Job::secondsRun() const {
    if (m_started == Clock::time_point())
        return 0;
    const Clock::time_point until = m_info.ended() ? m_ended : Clock::now();
    return std::chrono::duration<double>(until - m_started).count();
}

bool Job::start() {
    {
        std::lock_guard lock(m_mutex);
        if (m_info.state != JobState::Queued)
            return m_info.state == JobState::Running;
        m_info.state = JobState::Running;
        m_started = Clock::now();
    }
    changed();
    return true;
}

void Job::setProgress(double fraction) {
    {
        std::lock_guard lock(m_mutex);
        if (m_info.state != JobState::Running)
            return;
        const long before = visibleSteps(m_progress.fraction());
        m_progress.report(fraction, secondsRun());
        if (visibleSteps(m_progress.fraction()) == before)
            return;
    }
    changed();
}

void Job::setDetail(std::string detail) {
    {
        std::lock_guard lock(m_mutex);
        if (m_info.ended() || m_info.detail == detail)
            return;
        m_info.detail = std::move(detail);
    }
    changed();
}

void Job::finish() {
    end(JobState::Running, JobState::Finished, {});
}

void Job::fail(std::string error) {
    end(JobState::Running, JobState::Failed, std::move(error));
}

void Job::endCancelled() {
    end(JobState::Running, JobState::Cancelled, {});
}

void Job::end(JobState latest, JobState state, std::string error) {
    {
        std::lock_guard lock(m_mutex);
        if (m_info.state > latest)
            return;
        m_info.state = state;
        m_info.error = std::move(error);
        m_ended = Clock::now();
    }
    changed();
}

void Job::changed() {
    std::lock_guard lock(m_observerMutex);
    // A copy, because the observer may be replaced by its own call.
    if (const auto observer = m_observer)
        observer(*this);
}

void Job::setObserver(std::function<void(const Job&)> observer) {
    std::lock_guard lock(m_observerMutex);
    m_observer = std::move(observer);
}

} // namespace tintype
