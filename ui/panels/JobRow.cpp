// One job in the list of all jobs: title, progress, time left, Stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/JobRow.h"

#include "ui/panels/JobBar.h"
#include "ui/panels/JobsIndicator.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>

namespace tintype {

JobRow::JobRow(const JobInfo& job, const QString& note, QWidget* parent)
    : QWidget(parent), m_id(job.id), m_progress(new JobBar(this)), m_left(new QLabel(this)) {
    const QString name = QString::fromStdString(job.title);
    auto* title = new QLabel(fontMetrics().elidedText(name, Qt::ElideMiddle, fontMetrics().averageCharWidth() * 40), this);
    title->setTextFormat(Qt::PlainText);
    m_progress->setFixedWidth(120);
    m_left->setObjectName(QStringLiteral("jobNote"));
    m_left->setMinimumWidth(fontMetrics().horizontalAdvance(timeLeftText(99)));
    auto* stop = new QToolButton(this);
    stop->setText(tr("Stop"));
    stop->setAccessibleName(tr("Stop %1").arg(name));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(title, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_left);
    layout->addWidget(stop);
    connect(stop, &QToolButton::clicked, this, &JobRow::stopWanted);
    showJob(job, note);
}

void JobRow::showJob(const JobInfo& job, const QString& note) {
    m_progress->showFraction(job.fraction);
    m_left->setText(note);
    setToolTip(QString::fromStdString(job.detail));
}

} // namespace tintype
