// The console's keys, mouse and clipboard on top of its text.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/console/HistorySearch.h"
#include "ui/console/TranscriptView.h"

#include <optional>

namespace tintype {

class ConsoleHistory;

/// Knows no session: what was entered leaves by a signal, and the input is empty afterwards. The history must outlive
/// it.
class ConsoleView : public TranscriptView {
    Q_OBJECT
public:
    explicit ConsoleView(ConsoleHistory& history, QWidget* parent = nullptr);

    /// At the caret. Complete statements of several lines are entered at once, like in CPython's console.
    void pasteText(const QString& text);
    /// An entry that Python found incomplete comes back, in front of what was typed since, with a new line after it.
    void returnInput(const QString& source);

    CodePlace place() const override;
    bool canWrite() const override { return isInInput(); }
    bool tabCompletes() const override { return true; }

public Q_SLOTS:
    void paste() override;

Q_SIGNALS:
    /// A single blank entry ends a block that is still being looked at.
    void entered(const QStringList& statements);
    /// Ctrl+C without a selection.
    void interruptRequested();
    /// Escape.
    void stopRequested();
    void clearRequested();
    /// What to say of the search through the history; empty when it is over.
    void searched(const QString& about);

protected:
    long codeStart() const override { return inputStart(); }
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;

private:
    void beginSearch();
    bool handleSearchKey(const QKeyEvent& event);
    void searchFor(const QString& letters);
    /// What the search shows stays in the input; nothing while there is no search.
    void takeFound();
    void endSearch(QString taken);
    void showSearch();
    void markFound(long from, long bytes);
    bool handleControlKey(QKeyEvent& event);
    bool handleKey(const QKeyEvent& event);
    bool handleVertical(int step);
    /// False when it is selected already, or empty: then everything is meant.
    bool selectInput();
    void leaveTranscript(const QKeyEvent& event);
    void enter();
    void insertLine();
    bool canLeaveInputBackwards() const;

    ConsoleHistory& m_history;
    std::optional<HistorySearch> m_search;
    QString m_recalled; ///< the entry of the history that stands in the input
};

} // namespace tintype
