// A button of an add-on's panel: pressed once, it waits until its code has ended, and can stop it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>

class QPushButton;
class QToolButton;

namespace tintype {

class JobBar;
struct PanelCallState;
struct PanelItem;

class PanelButton : public QWidget {
    Q_OBJECT
public:
    explicit PanelButton(const PanelItem& item);

    void showState(const PanelCallState& state);
    /// As the code of the panel wants it.
    void setAllowed(bool allowed);

Q_SIGNALS:
    void pressed();
    void stopWanted();

private:
    void press();
    void refresh();
    void showBusy();

    QPushButton* m_button;
    JobBar* m_bar;
    QToolButton* m_stop;
    QTimer m_busyLater; ///< most functions end at once
    bool m_calls;       ///< code, and does not choose an operation
    bool m_runs = false;
    bool m_allowed = true;
};

} // namespace tintype
