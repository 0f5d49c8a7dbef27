// The status bar: jobs, and what lies under the cursor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/WindowStatusBar.h"

#include "ui/panels/JobsIndicator.h"

#include <QLabel>
#include <QPoint>

namespace tintype {

WindowStatusBar::WindowStatusBar(JobModel& jobs, QWidget* parent) : QStatusBar(parent) {
    m_jobs = new JobsIndicator(jobs, this);
    addPermanentWidget(m_jobs);
    m_value = addField(QStringLiteral("pixelValue"), {});
    m_position = addField(QStringLiteral("cursorPosition"), {});
    m_image = addField(QStringLiteral("imageDetail"), {});
    // Only the zoom keeps its place; the others come and go with the cursor.
    m_zoom = addField(QStringLiteral("zoom"), QStringLiteral("12345 %"));
    m_zoom->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
}

QLabel* WindowStatusBar::addField(const QString& name, const QString& widest) {
    auto* label = new QLabel(this);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setContentsMargins(4, 0, 4, 0);
    if (!widest.isEmpty())
        label->setMinimumWidth(fontMetrics().horizontalAdvance(widest));
    addPermanentWidget(label);
    return label;
}

void WindowStatusBar::showCursor(const QPoint& position, bool inside) {
    m_position->setText(inside ? tr("x %1, y %2").arg(position.x()).arg(position.y()) : QString());
}

void WindowStatusBar::showPixel(const QString& value) {
    m_value->setText(value);
}

void WindowStatusBar::showZoom(double zoom) {
    m_zoom->setText(zoom > 0 ? tr("%1 %").arg(zoom * 100, 0, 'f', zoom < 0.1 ? 1 : 0) : QString());
}

void WindowStatusBar::showStalls(const QList<Stall>& stalls) {
    m_jobs->showStalls(stalls);
}

void WindowStatusBar::showImage(const QString& detail) {
    m_image->setText(detail);
}

} // namespace tintype
