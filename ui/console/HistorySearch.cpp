// The search backwards through what was typed, as with Ctrl+R in a terminal: each letter narrows it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/HistorySearch.h"

#include "ui/console/ConsoleHistory.h"

#include <algorithm>

namespace tintype {

HistorySearch::HistorySearch(const ConsoleHistory& history, const QString& input)
    : m_history(history), m_input(input), m_shown(input), m_position(history.entries().size()) {}

void HistorySearch::type(const QString& letters) {
    m_text += letters;
    look(m_position);
}

void HistorySearch::eraseLast() {
    m_text.chop(1);
    m_position = m_history.entries().size();
    m_shown = m_input;
    look(m_position);
}

void HistorySearch::goOn() {
    look(m_position - 1);
}

void HistorySearch::look(qsizetype from) {
    const QStringList& entries = m_history.entries();
    m_hasFound = m_text.isEmpty();
    if (m_hasFound)
        return;
    for (qsizetype i = std::min(from, entries.size() - 1); i >= 0; --i) {
        // The same again would look as if the key had done nothing.
        if (!entries[i].contains(m_text) || (i != m_position && entries[i] == m_shown))
            continue;
        m_position = i;
        m_shown = entries[i];
        m_hasFound = true;
        return;
    }
}

} // namespace tintype
