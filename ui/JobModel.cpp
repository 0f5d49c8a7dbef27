// The running jobs as the GUI thread sees them, and a signal when one ended.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/JobModel.h"

#include "core/jobs/JobQueue.h"
#include "ui/GuiQueue.h"

#include <algorithm>
#include <mutex>

namespace tintype {

namespace {
constexpr int REFRESH_MILLISECONDS = 100;
}

/// Filled by the threads of the jobs, emptied by the GUI thread.
struct JobModel::Inbox {
    std::mutex mutex;
    std::vector<JobInfo> ended;
    bool told = false;

    /// True when the GUI thread must be told.
    bool add(const JobInfo& job) {
        std::lock_guard lock(mutex);
        if (job.ended())
            ended.push_back(job);
        return !std::exchange(told, true);
    }

    std::vector<JobInfo> take() {
        std::lock_guard lock(mutex);
        told = false;
        return std::exchange(ended, {});
    }
};

JobModel::JobModel(JobQueue& jobs, GuiQueue& queue, QObject* parent)
    : QObject(parent), m_jobs(jobs), m_inbox(std::make_shared<Inbox>()) {
    // Progress and the time left move on without any report as well.
    m_refresh.setInterval(REFRESH_MILLISECONDS);
    connect(&m_refresh, &QTimer::timeout, this, &JobModel::refresh);
    jobs.setObserver([this, post = queue.posterFor(this), inbox = m_inbox](const JobInfo& job) {
        if (inbox->add(job))
            post([this] { takeReports(); });
    });
}

JobModel::~JobModel() {
    m_jobs.setObserver(nullptr);
}

void JobModel::takeReports() {
    const std::vector<JobInfo> endedJobs = m_inbox->take();
    // A storm of progress reports only starts the timer; the first job and the end of one are shown at once.
    if (!endedJobs.empty() || !m_refresh.isActive())
        refresh();
    for (const JobInfo& job : endedJobs)
        Q_EMIT ended(job);
}

void JobModel::refresh() {
    m_running.clear();
    for (const JobPtr& job : m_jobs.running()) {
        JobInfo info = job->info();
        if (!info.ended())
            m_running.push_back(std::move(info));
    }
    std::sort(m_running.begin(), m_running.end(), [](const JobInfo& a, const JobInfo& b) { return a.id < b.id; });
    if (m_running.empty())
        m_refresh.stop();
    else if (!m_refresh.isActive())
        m_refresh.start();
    Q_EMIT changed();
}

void JobModel::stop(std::uint64_t id) {
    for (const JobPtr& job : m_jobs.running())
        if (job->id() == id)
            job->cancel();
}

void JobModel::stopAll() {
    m_jobs.cancelAll();
}

} // namespace tintype
