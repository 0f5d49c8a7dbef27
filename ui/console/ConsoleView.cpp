// The console's keys, mouse and clipboard on top of its text.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/ConsoleView.h"

#include "ui/code/PythonInput.h"
#include "ui/console/ConsoleHistory.h"
#include "ui/console/ConsoleKeys.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

/// Keys that move or copy lines in Scintilla, which would reach into the transcript or surprise in a console.
void removeLineCommands(const QsciScintilla& view) {
    constexpr int control = QsciScintillaBase::SCMOD_CTRL << 16;
    constexpr int shift = QsciScintillaBase::SCMOD_SHIFT << 16;
    for (const int key : {'T' | control, 'T' | control | shift, 'L' | control, 'L' | control | shift, 'D' | control,
                          'U' | control, 'U' | control | shift})
        view.SendScintilla(QsciScintillaBase::SCI_CLEARCMDKEY, static_cast<unsigned long>(key));
}

} // namespace

ConsoleView::ConsoleView(ConsoleHistory& history, QWidget* parent) : TranscriptView(parent), m_history(history) {
    removeLineCommands(*this);
    setAutoIndent(false);
}

bool ConsoleView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        // These mean the console while the keyboard is here, whatever the window uses them for.
        const auto& key = static_cast<QKeyEvent&>(*event);
        const bool control = key.modifiers() == Qt::ControlModifier;
        if ((control && (key.key() == Qt::Key_L || key.key() == Qt::Key_C || key.key() == Qt::Key_R)) ||
            key.key() == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return TranscriptView::event(event);
}

void ConsoleView::keyPressEvent(QKeyEvent* event) {
    if ((m_search && handleSearchKey(*event)) || handleControlKey(*event))
        return;
    leaveTranscript(*event);
    if (handleKey(*event))
        return;
    TranscriptView::keyPressEvent(event);
}

bool ConsoleView::handleControlKey(QKeyEvent& event) {
    if (event.key() == Qt::Key_Escape) {
        Q_EMIT stopRequested();
        return true;
    }
    if (event.matches(QKeySequence::Paste)) {
        paste();
        return true;
    }
    if (event.modifiers() != Qt::ControlModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_C:
        if (hasSelectedText())
            copy();
        else
            Q_EMIT interruptRequested();
        return true;
    case Qt::Key_A:
        return selectInput();
    case Qt::Key_L:
        Q_EMIT clearRequested();
        return true;
    case Qt::Key_R:
        beginSearch();
        return true;
    case Qt::Key_Home:
        SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(inputStart()));
        return true;
    default:
        return false;
    }
}

bool ConsoleView::selectInput() {
    const auto [first, last] = std::minmax({anchor(), caret()});
    if (inputStart() == length() || (first == inputStart() && last == length()))
        return false;
    SendScintilla(SCI_SETSEL, static_cast<unsigned long>(inputStart()), static_cast<long>(length()));
    return true;
}

void ConsoleView::leaveTranscript(const QKeyEvent& event) {
    if (isInInput())
        return;
    const bool edits = isEnter(event) || event.key() == Qt::Key_Backspace || event.key() == Qt::Key_Delete ||
                       event.key() == Qt::Key_Home || event.key() == Qt::Key_Tab;
    if ((types(event) || edits) && !(event.modifiers() & Qt::ShiftModifier && event.key() == Qt::Key_Home))
        moveToInputEnd();
}

bool ConsoleView::handleKey(const QKeyEvent& event) {
    const bool plain = !(event.modifiers() & ~Qt::KeypadModifier);
    if (isEnter(event)) {
        if (event.modifiers() & Qt::ShiftModifier)
            insertLine();
        else
            enter();
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Up:
        return plain && handleVertical(-1);
    case Qt::Key_Down:
        return plain && handleVertical(1);
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        if (!plain)
            return false;
        SendScintilla(SCI_LINESCROLL, 0UL,
                      (event.key() == Qt::Key_PageUp ? -1 : 1) * (SendScintilla(SCI_LINESONSCREEN) - 1));
        return true;
    case Qt::Key_Left:
    case Qt::Key_Backspace:
        return !canLeaveInputBackwards() && !(event.modifiers() & Qt::ShiftModifier);
    default:
        return false;
    }
}

bool ConsoleView::canLeaveInputBackwards() const {
    return caret() != inputStart() || anchor() != caret();
}

bool ConsoleView::handleVertical(int step) {
    if (!isInInput())
        return false;
    const QString text = input();
    const QString before = inputBeforeCaret();
    // Within an input of several lines the keys move the caret, until its first or last line.
    if (text != m_recalled && (step < 0 ? before : text.mid(before.size())).contains(u'\n'))
        return false;
    // An entry that was changed begins a search of its own, by what stands before the caret.
    if (text != m_recalled)
        m_history.endWalk();
    const std::optional<QString> found = step < 0 ? m_history.older(before, text) : m_history.newer();
    if (!found)
        return true;
    setInput(*found);
    m_recalled = *found;
    return true;
}

void ConsoleView::insertLine() {
    const QByteArray line = '\n' + nextIndentation(inputBeforeCaret()).toUtf8();
    m_history.endWalk();
    SendScintilla(SCI_REPLACESEL, line.constData());
    ensureCursorVisible();
}

void ConsoleView::enter() {
    const QString text = input();
    const bool recalled = !m_recalled.isEmpty() && text == m_recalled;
    if (!recalled && needsMoreLines(text)) {
        insertLine();
        return;
    }
    m_recalled.clear();
    setInput({});
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    // One line is handed over as it was typed, since a further line may belong to it; Python says so.
    const QStringList statements = text.contains(u'\n') ? splitStatements(text) : QStringList{text};
    Q_EMIT entered(text.trimmed().isEmpty() ? QStringList{QString()} : statements);
    ensureCursorVisible();
}

void ConsoleView::returnInput(const QString& source) {
    QString text = source;
    while (text.endsWith(u'\n'))
        text.chop(1);
    takeFound();
    const QString typed = input();
    const bool indented = typed.startsWith(u' ') || typed.startsWith(u'\t');
    const int fromEnd = int(typed.size() - inputBeforeCaret().size());
    setInput(text + u'\n' + (indented ? QString() : nextIndentation(text)) + typed, fromEnd);
}

void ConsoleView::pasteText(const QString& text) {
    if (!isInInput())
        moveToInputEnd();
    const QString plain = withoutPrompts(text);
    const QString current = input();
    if (!plain.contains(u'\n') || current.contains(u'\n') || needsMoreLines(current)) {
        SendScintilla(SCI_REPLACESEL, plain.toUtf8().constData());
        ensureCursorVisible();
        return;
    }
    removeSelectedText();
    const QString before = inputBeforeCaret();
    const QString after = input().mid(before.size());
    QStringList statements = splitStatements(before + plain);
    QString rest;
    // What does not end with a line end, or is open, waits for Enter.
    if (!statements.isEmpty() && (!plain.endsWith(u'\n') || needsMoreLines(statements.last()))) {
        rest = statements.takeLast();
        if (rest.endsWith(u'\n'))
            rest.chop(1);
    }
    setInput(rest + after, int(after.size()));
    m_recalled.clear();
    if (!statements.isEmpty())
        Q_EMIT entered(statements);
    ensureCursorVisible();
}

CodePlace ConsoleView::place() const {
    CodePlace place = TranscriptView::place();
    place.inConsole = true;
    return place;
}

void ConsoleView::paste() {
    pasteText(QGuiApplication::clipboard()->text());
}

void ConsoleView::focusOutEvent(QFocusEvent* event) {
    takeFound();
    TranscriptView::focusOutEvent(event);
}

void ConsoleView::mousePressEvent(QMouseEvent* event) {
    takeFound();
    TranscriptView::mousePressEvent(event);
}

void ConsoleView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::MiddleButton && QGuiApplication::clipboard()->supportsSelection()) {
        moveToInputEnd();
        pasteText(QGuiApplication::clipboard()->text(QClipboard::Selection));
        return;
    }
    TranscriptView::mouseReleaseEvent(event);
}

void ConsoleView::inputMethodEvent(QInputMethodEvent* event) {
    if (m_search) {
        searchFor(event->commitString());
        return;
    }
    if (!isInInput())
        moveToInputEnd();
    TranscriptView::inputMethodEvent(event);
}

} // namespace tintype
