// The search backwards through what was typed, as with Ctrl+R in a terminal: each letter narrows it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tintype {

class ConsoleHistory;

/// Shows what stood in the input until something is found. The history must outlive it, and stay as it is.
class HistorySearch {
public:
    HistorySearch(const ConsoleHistory& history, const QString& input);

    void type(const QString& letters);
    void eraseLast();
    /// The next older entry that has the text.
    void goOn();

    const QString& text() const { return m_text; }
    /// Whether an entry was found at the last step; `shown` is the one before otherwise.
    bool hasFound() const { return m_hasFound; }
    const QString& shown() const { return m_shown; }
    /// What stood in the input when the search began.
    const QString& input() const { return m_input; }

private:
    void look(qsizetype from);

    const ConsoleHistory& m_history;
    const QString m_input;
    QString m_text;
    QString m_shown;
    qsizetype m_position; ///< of what is shown; behind the newest entry at first
    bool m_hasFound = true;
};

} // namespace tintype
