// The running jobs in the status bar: the newest one with its progress, time left and Stop; all of them on a click.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/JobsIndicator.h"

#include "ui/JobModel.h"
#include "ui/panels/JobBar.h"
#include "ui/panels/JobRow.h"
#include "ui/panels/StallBar.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace tintype {

JobsIndicator::JobsIndicator(JobModel& jobs, QWidget* parent)
    : QWidget(parent), m_jobs(jobs), m_title(new QLabel(this)), m_progress(new JobBar(this)),
      m_left(new QLabel(this)), m_stop(new QToolButton(this)), m_more(new QToolButton(this)) {
    setObjectName(QStringLiteral("jobsIndicator"));
    m_title->setTextFormat(Qt::PlainText);
    m_progress->setObjectName(QStringLiteral("jobProgress"));
    m_progress->setFixedWidth(110);
    m_progress->setMaximumHeight(fontMetrics().height() + 2);
    m_stop->setObjectName(QStringLiteral("stopJob"));
    m_stop->setText(tr("Stop"));
    m_stop->setToolTip(tr("Stop this job"));
    m_more->setObjectName(QStringLiteral("allJobs"));
    m_more->setToolTip(tr("Show all jobs"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    for (QWidget* part : std::initializer_list<QWidget*>{m_title, m_progress, m_left, m_stop, m_more})
        layout->addWidget(part);
    connect(m_stop, &QToolButton::clicked, this, [this] {
        if (!m_jobs.running().empty())
            m_jobs.stop(m_jobs.running().back().id);
    });
    connect(m_more, &QToolButton::clicked, this, &JobsIndicator::openList);
    m_delay.setSingleShot(true);
    m_delay.setInterval(DELAY_MILLISECONDS);
    connect(&m_delay, &QTimer::timeout, this, [this] { setVisible(!m_jobs.running().empty()); });
    connect(&m_jobs, &JobModel::changed, this, &JobsIndicator::follow);
    hide();
}

void JobsIndicator::follow() {
    const std::vector<JobInfo>& running = m_jobs.running();
    if (running.empty()) {
        m_delay.stop();
        hide();
        if (m_list)
            m_list->close();
        return;
    }
    showNewest(running.back());
    m_more->setVisible(running.size() > 1);
    m_more->setText(tr("%n jobs", nullptr, int(running.size())));
    if (m_list)
        fillList();
    if (!isVisible() && !m_delay.isActive())
        m_delay.start();
}

void JobsIndicator::showStalls(const QList<Stall>& stalls) {
    m_stalls = stalls;
    follow();
}

QString JobsIndicator::noteFor(const JobInfo& job) const {
    const auto found = std::ranges::find_if(m_stalls, [&](const Stall& stall) { return stall.jobId == job.id; });
    return found == m_stalls.end() ? timeLeftText(job.secondsLeft) : shortText(*found);
}

void JobsIndicator::showNewest(const JobInfo& job) {
    const QString title = QString::fromStdString(job.title);
    m_title->setText(fontMetrics().elidedText(title, Qt::ElideMiddle, fontMetrics().averageCharWidth() * 32));
    m_title->setToolTip(QString::fromStdString(job.detail));
    m_progress->showFraction(job.fraction);
    m_left->setText(noteFor(job));
    m_left->setVisible(!m_left->text().isEmpty());
}

void JobsIndicator::openList() {
    m_list = new QFrame(this, Qt::Popup);
    m_list->setObjectName(QStringLiteral("jobsList"));
    m_list->setAttribute(Qt::WA_DeleteOnClose);
    m_list->setFrameShape(QFrame::StyledPanel);
    new QVBoxLayout(m_list);
    connect(m_list, &QObject::destroyed, this, [this] { m_list = nullptr; });
    fillList();
    m_list->adjustSize();
    m_list->move(m_more->mapToGlobal(QPoint(m_more->width() - m_list->width(), -m_list->height() - 4)));
    m_list->show();
}

void JobsIndicator::fillList() {
    const std::vector<JobInfo>& running = m_jobs.running();
    QList<JobRow*> rows = m_list->findChildren<JobRow*>(Qt::FindDirectChildrenOnly);
    for (JobRow* row : rows) {
        const auto is = [row](const JobInfo& job) { return job.id == row->jobId(); };
        const auto job = std::find_if(running.begin(), running.end(), is);
        if (job == running.end())
            delete row;
        else
            row->showJob(*job, noteFor(*job));
    }
    for (const JobInfo& job : running) {
        const auto is = [&](const JobRow* row) { return row->jobId() == job.id; };
        rows = m_list->findChildren<JobRow*>(Qt::FindDirectChildrenOnly);
        if (std::none_of(rows.begin(), rows.end(), is)) {
            auto* row = new JobRow(job, noteFor(job), m_list);
            connect(row, &JobRow::stopWanted, this, [this, id = job.id] { m_jobs.stop(id); });
            m_list->layout()->addWidget(row);
        }
    }
}

QString timeLeftText(double seconds) {
    if (seconds < 0)
        return {};
    if (seconds < 100)
        return JobsIndicator::tr("%1 s left").arg(qMax(1, qRound(seconds)));
    if (seconds < 100 * 60)
        return JobsIndicator::tr("%1 min left").arg(qRound(seconds / 60));
    return JobsIndicator::tr("%1 h left").arg(seconds / 3600, 0, 'f', 1);
}

} // namespace tintype
