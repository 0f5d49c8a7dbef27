// The console's Ctrl+R: a search backwards through what was typed, in the place of the input.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/ConsoleHistory.h"
#include "ui/console/ConsoleKeys.h"
#include "ui/console/ConsoleView.h"

namespace tintype {

namespace {
constexpr unsigned long FOUND = 9; ///< the indicator's number; the lower ones are for lexers
}

void ConsoleView::beginSearch() {
    m_history.endWalk();
    m_search.emplace(m_history, input());
    showSearch();
}

bool ConsoleView::handleSearchKey(const QKeyEvent& event) {
    const bool isControl = event.modifiers() == Qt::ControlModifier;
    if (isPartOfAKey(event))
        return true;
    if (event.key() == Qt::Key_Escape || (isControl && event.key() == Qt::Key_C)) {
        endSearch(m_search->input());
    } else if (isControl && event.key() == Qt::Key_R) {
        m_search->goOn();
        showSearch();
    } else if (event.key() == Qt::Key_Backspace) {
        m_search->eraseLast();
        showSearch();
    } else if (types(event)) {
        searchFor(event.text());
    } else {
        takeFound();
        return isEnter(event);
    }
    return true;
}

void ConsoleView::searchFor(const QString& letters) {
    if (letters.isEmpty())
        return;
    m_search->type(letters);
    showSearch();
}

void ConsoleView::showSearch() {
    const QString text = m_search->text();
    const QString shown = m_search->shown();
    setInput(shown);
    if (const qsizetype at = shown.indexOf(text); !text.isEmpty() && at >= 0)
        markFound(inputStart() + shown.left(at).toUtf8().size(), text.toUtf8().size());
    ensureCursorVisible();
    Q_EMIT searched(text.isEmpty() ? tr("Search back: type what the line has in it")
                    : m_search->hasFound()
                        ? tr("Search back: “%1” · Ctrl+R for older ones, Enter takes, Escape leaves").arg(text)
                        : tr("Search back: nothing older has “%1”").arg(text));
}

// Not selected: on X11 that would take away what somebody has selected elsewhere.
void ConsoleView::markFound(long from, long bytes) {
    SendScintilla(SCI_INDICSETSTYLE, FOUND, long(INDIC_FULLBOX));
    SendScintilla(SCI_INDICSETFORE, FOUND, colors().found);
    SendScintilla(SCI_INDICSETALPHA, FOUND, 255L);
    SendScintilla(SCI_INDICSETUNDER, FOUND, 1L);
    SendScintilla(SCI_SETINDICATORCURRENT, FOUND);
    SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(from), bytes);
}

void ConsoleView::takeFound() {
    if (m_search)
        endSearch(m_search->shown());
}

// By value, since what is taken goes with the search.
void ConsoleView::endSearch(QString taken) {
    m_recalled = taken == m_search->input() ? QString() : taken;
    m_search.reset();
    setInput(taken);
    ensureCursorVisible();
    Q_EMIT searched({});
}

} // namespace tintype
