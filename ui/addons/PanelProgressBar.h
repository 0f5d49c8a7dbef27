// A bar in an add-on's panel, hidden until its code moves it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace tintype {

class JobBar;
struct PanelProgress;

class PanelProgressBar : public QWidget {
    Q_OBJECT
public:
    explicit PanelProgressBar(const QString& name);

    /// Null hides it.
    void showProgress(const PanelProgress* progress);

private:
    JobBar* m_bar;
    QLabel* m_text;
};

} // namespace tintype
