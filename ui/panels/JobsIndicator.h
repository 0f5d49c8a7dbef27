// The running jobs in the status bar: the newest one with its progress, time left and Stop; all of them on a click.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Stall.h"

#include <QList>
#include <QTimer>
#include <QWidget>

class QFrame;
class QLabel;
class QToolButton;

namespace tintype {

class JobBar;
class JobModel;
struct JobInfo;

/// Hidden while nothing runs, and for the first moment of a job, so that short ones do not flicker.
class JobsIndicator : public QWidget {
    Q_OBJECT
public:
    static constexpr int DELAY_MILLISECONDS = 250;

    explicit JobsIndicator(JobModel& jobs, QWidget* parent = nullptr);

    /// Which of the jobs hold Python or do not end.
    void showStalls(const QList<Stall>& stalls);

private:
    void follow();
    void showNewest(const JobInfo& job);
    void openList();
    void fillList();

    QString noteFor(const JobInfo& job) const;

    JobModel& m_jobs;
    QList<Stall> m_stalls;
    QTimer m_delay;
    QLabel* m_title;
    JobBar* m_progress;
    QLabel* m_left;
    QToolButton* m_stop;
    QToolButton* m_more;
    QFrame* m_list = nullptr;
};

/// "12 s left", "3 min left"; empty while unknown.
QString timeLeftText(double seconds);

} // namespace tintype
