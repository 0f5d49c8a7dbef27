// One job in the list of all jobs: title, progress, time left, Stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"

#include <QWidget>

class QLabel;

namespace tintype {

class JobBar;

class JobRow : public QWidget {
    Q_OBJECT
public:
    /// `note`: the time left, or what is the matter with it.
    JobRow(const JobInfo& job, const QString& note, QWidget* parent);

    std::uint64_t jobId() const { return m_id; }
    void showJob(const JobInfo& job, const QString& note);

Q_SIGNALS:
    void stopWanted();

private:
    const std::uint64_t m_id;
    JobBar* m_progress;
    QLabel* m_left;
};

} // namespace tintype
