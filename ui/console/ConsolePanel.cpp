// The console's panel: what was typed and printed, one input, and the queue of lines that wait for Python.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/ConsolePanel.h"

#include "scripting/Completer.h"
#include "scripting/ConsoleSession.h"
#include "ui/code/CodeAssist.h"
#include "ui/code/PythonInput.h"
#include "ui/console/ConsoleView.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr int STATUS_INTERVAL_MS = 500;
constexpr int FRAME_MS = 16;

QString readableDuration(qint64 seconds) {
    if (seconds < 60)
        return ConsolePanel::tr("%1 s").arg(seconds);
    return ConsolePanel::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

} // namespace

ConsolePanel::ConsolePanel(ConsoleSession& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_history(ConsoleHistory::defaultPath()),
      m_view(new ConsoleView(m_history)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_view);
    setFocusProxy(m_view);
    buildStatusRow();
    m_view->appendNote(tr("Python. `tt` is Tintype; try tt.active, or help(tt). Ctrl+Space completes, Ctrl+I explains, Ctrl+R "
                          "searches what was typed."));

    connect(m_view, &ConsoleView::entered, this, &ConsolePanel::enter);
    connect(m_view, &ConsoleView::interruptRequested, this, &ConsolePanel::interrupt);
    connect(m_view, &ConsoleView::stopRequested, this, &ConsolePanel::stop);
    connect(m_view, &ConsoleView::clearRequested, this, &ConsolePanel::clear);
    connect(m_view, &ConsoleView::searched, this, [this](const QString& about) {
        m_searched = about;
        showStatus();
    });
    connectSession();
    m_waitingFrame.setSingleShot(true);
    m_waitingFrame.setInterval(FRAME_MS);
    connect(&m_waitingFrame, &QTimer::timeout, this, &ConsolePanel::showWaitingNow);
    m_statusTimer.setInterval(STATUS_INTERVAL_MS);
    connect(&m_statusTimer, &QTimer::timeout, this, &ConsolePanel::showStatus);
    showStatus();
}

void ConsolePanel::buildStatusRow() {
    auto* row = new QHBoxLayout;
    row->setContentsMargins(6, 2, 4, 2);
    m_status = new QLabel;
    m_status->setObjectName(u"consoleStatus"_s);
    // A long text is cut where it would make the window wider.
    m_status->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto* clearButton = new QToolButton;
    clearButton->setText(tr("Clear"));
    clearButton->setToolTip(tr("Remove what was printed (Ctrl+L)"));
    m_stopButton = new QToolButton;
    m_stopButton->setText(tr("Stop"));
    m_stopButton->setObjectName(u"consoleStop"_s);
    m_stopButton->setToolTip(tr("End the running line (Escape, or Ctrl+C without a selection)"));
    for (QToolButton* button : {clearButton, m_stopButton}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::NoFocus);
    }
    row->addWidget(m_status, 1);
    row->addWidget(clearButton);
    row->addWidget(m_stopButton);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(clearButton, &QToolButton::clicked, this, &ConsolePanel::clear);
    connect(m_stopButton, &QToolButton::clicked, this, &ConsolePanel::stop);
}

void ConsolePanel::connectSession() {
    connect(&m_session, &ConsoleSession::started, this, &ConsolePanel::lineStarted);
    connect(&m_session, &ConsoleSession::incomplete, this, &ConsolePanel::lineIncomplete);
    connect(&m_session, &ConsoleSession::finished, this, &ConsolePanel::lineFinished);
    connect(&m_session, &ConsoleSession::promptsChanged, m_view, &ConsoleView::setPromptTexts);
    connect(&m_session, &ConsoleSession::output, m_view, &ConsoleView::appendOutput);
}

void ConsolePanel::setCompleter(Completer& completer) {
    new CodeAssist(*m_view, completer);
    connect(&completer, &Completer::limited, m_view, [this](const QString& reason) {
        m_view->appendNote(tr("Completion knows only the names that live here: %1").arg(reason));
    });
}

void ConsolePanel::runText(const QString& text) {
    enter(splitStatements(withoutPrompts(text)));
}

void ConsolePanel::enter(const QStringList& entries) {
    m_history.add(entries);
    for (const QString& entry : entries) {
        // A blank line means something to the entry before it only, as long as that may be incomplete.
        if (!entry.isEmpty() || !m_waiting.isEmpty())
            m_waiting << entry;
    }
    submitNext();
}

void ConsolePanel::submitNext() {
    while (!m_submitted && !m_waiting.isEmpty() && m_waiting.first().isEmpty())
        m_waiting.removeFirst();
    if (!m_submitted && !m_running && !m_waiting.isEmpty()) {
        m_submitted = true;
        m_session.submit(m_waiting.first());
    }
    showWaiting();
    showStatus();
}

void ConsolePanel::showWaiting() {
    // Of many statements each would rewrite the lines that wait, faster than anybody can read.
    if (m_waiting.size() > TranscriptView::MOST_WAITING_SHOWN) {
        if (!m_waitingFrame.isActive())
            m_waitingFrame.start();
        return;
    }
    showWaitingNow();
}

void ConsolePanel::showWaitingNow() {
    m_waitingFrame.stop();
    m_view->setWaiting(m_waiting, m_submitted);
}

void ConsolePanel::lineStarted(const QString& source) {
    if (m_submitted) {
        m_submitted = false;
        m_waiting.removeFirst();
    }
    m_running = true;
    m_runningSince.start();
    m_statusTimer.start();
    showWaiting();
    m_view->appendInput(source);
    showStatus();
}

void ConsolePanel::lineIncomplete(const QString& source) {
    if (!std::exchange(m_submitted, false))
        return;
    m_waiting.removeFirst();
    // As in CPython's console the next line is taken as its continuation; what was typed since is the last one.
    if (!m_waiting.isEmpty())
        m_waiting.first().prepend(source + u'\n');
    else
        m_view->returnInput(source);
    submitNext();
}

void ConsolePanel::lineFinished() {
    m_running = false;
    m_statusTimer.stop();
    submitNext();
}

void ConsolePanel::interrupt() {
    if (m_running || m_submitted)
        stop();
    else
        m_view->setInput({});
}

void ConsolePanel::stop() {
    if (!m_running && !m_submitted)
        return;
    m_session.stop();
    const qsizetype kept = m_submitted ? 1 : 0;
    if (const qsizetype dropped = m_waiting.size() - kept; dropped > 0) {
        m_waiting.resize(kept);
        showWaitingNow();
        m_view->appendNote(dropped == 1 ? tr("The line that waited was not run; Up brings it back.")
                                        : tr("%1 lines that waited were not run; Up brings them back.").arg(dropped));
    }
    showStatus();
}

bool ConsolePanel::waitsForAnswer() const {
    return m_running && m_waiting.isEmpty() && m_view->hasFocus() && m_view->input().isEmpty();
}

void ConsolePanel::clear() {
    m_view->clearOutput();
    showWaitingNow();
}

void ConsolePanel::showStatus() {
    QString text;
    if (m_running)
        text = m_runningSince.elapsed() < 1000
                   ? tr("Running")
                   : tr("Running for %1").arg(readableDuration(m_runningSince.elapsed() / 1000));
    const qsizetype waiting = m_waiting.size() - (m_submitted && !m_running ? 1 : 0);
    if (waiting > 0)
        text += waiting == 1 ? tr(" · 1 line waits") : tr(" · %1 lines wait").arg(waiting);
    m_status->setText(m_searched.isEmpty() ? text : m_searched);
    m_stopButton->setEnabled(m_running || m_submitted);
}

} // namespace tintype
