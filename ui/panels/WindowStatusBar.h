// The status bar: jobs, and what lies under the cursor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Stall.h"

#include <QList>
#include <QStatusBar>

class QLabel;

namespace tintype {

class JobModel;
class JobsIndicator;

class WindowStatusBar : public QStatusBar {
    Q_OBJECT
public:
    explicit WindowStatusBar(JobModel& jobs, QWidget* parent = nullptr);

    void showStalls(const QList<Stall>& stalls);
    void showCursor(const QPoint& position, bool inside);
    void showPixel(const QString& value);
    void showZoom(double zoom);
    /// Size and format of the active image; empty when none is.
    void showImage(const QString& detail);

private:
    QLabel* addField(const QString& name, const QString& widest);

    JobsIndicator* m_jobs;
    QLabel* m_image;
    QLabel* m_position;
    QLabel* m_value;
    QLabel* m_zoom;
};

} // namespace tintype
