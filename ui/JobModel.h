// The running jobs as the GUI thread sees them, and a signal when one ended.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace tintype {

class GuiQueue;
class JobQueue;

/// Jobs report from their own threads, some of them thousands of times a second: reports that come in a storm are shown
/// together. Lives on the GUI thread.
class JobModel : public QObject {
    Q_OBJECT
public:
    JobModel(JobQueue& jobs, GuiQueue& queue, QObject* parent = nullptr);
    ~JobModel() override;

    /// Oldest first.
    const std::vector<JobInfo>& running() const { return m_running; }
    /// Harmless when the job has ended.
    void stop(std::uint64_t id);
    void stopAll();

Q_SIGNALS:
    /// running() is new.
    void changed();
    void ended(const tintype::JobInfo& job);

private:
    struct Inbox;
    void takeReports();
    void refresh();

    JobQueue& m_jobs;
    std::shared_ptr<Inbox> m_inbox;
    std::vector<JobInfo> m_running;
    QTimer m_refresh;
};

} // namespace tintype
