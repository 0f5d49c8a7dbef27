// The console's panel: what was typed and printed, one input, and the queue of lines that wait for Python.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/ConsoleHistory.h"

#include <QElapsedTimer>
#include <QStringList>
#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace tintype {

class Completer;
class ConsoleSession;
class ConsoleView;

/// Problem: Python may be busy for minutes, and typing must go on. So each entry leaves the input at once and waits in
/// a queue of the panel's own; one entry at a time is with the session. An entry that turns out to be incomplete goes
/// back to the input, together with what was typed meanwhile. The session must outlive the panel.
class ConsolePanel : public QWidget {
    Q_OBJECT
public:
    explicit ConsolePanel(ConsoleSession& session, QWidget* parent = nullptr);

    ConsoleView& view() const { return *m_view; }
    /// Lets the input complete and explain names; once. The completer must outlive the panel.
    void setCompleter(Completer& completer);
    /// Runs the text as if it had been pasted and completed with Enter; for buttons and menus.
    void runText(const QString& text);
    /// A line runs, and whoever entered it has typed nothing since: what it asks can be answered at once.
    bool waitsForAnswer() const;

public Q_SLOTS:
    /// Ends the running line and takes the waiting ones back; what is printed stays.
    void stop();
    void clear();

private:
    void buildStatusRow();
    void connectSession();
    void enter(const QStringList& entries);
    void submitNext();
    void showWaiting();
    void showWaitingNow();
    void lineStarted(const QString& source);
    void lineIncomplete(const QString& source);
    void lineFinished();
    void interrupt();
    void showStatus();

    ConsoleSession& m_session;
    ConsoleHistory m_history;
    ConsoleView* m_view = nullptr;
    QLabel* m_status = nullptr;
    QToolButton* m_stopButton = nullptr;
    QStringList m_waiting; ///< the first is with the session while m_submitted
    bool m_submitted = false;
    bool m_running = false;
    QString m_searched; ///< what the status says of a search through the history
    QElapsedTimer m_runningSince;
    QTimer m_statusTimer;
    QTimer m_waitingFrame; ///< until the waiting lines are shown as they are
};

} // namespace tintype
