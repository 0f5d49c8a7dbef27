// What a script printed; the places that a traceback names can be clicked.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ScriptOutputView.h"

#include "ui/code/CodeColors.h"

#include <QMouseEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

/// Laying out a line of megabytes would hold up the window.
constexpr qsizetype LONGEST_PIECE = 2'000'000;

} // namespace

ScriptOutputView::ScriptOutputView(QWidget* parent) : QPlainTextEdit(parent) {
    setReadOnly(true);
    setUndoRedoEnabled(false);
    setMaximumBlockCount(MOST_LINES);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WrapAnywhere);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    viewport()->setMouseTracking(true);
    colour();
}

void ScriptOutputView::colour() {
    const CodeColors ink = CodeColors::of(palette());
    setFont(codeFont());
    m_plain.setForeground(ink.text);
    m_red.setForeground(ink.error);
    m_link = m_red;
    m_link.setAnchor(true);
    m_link.setFontUnderline(true);
    m_link.setForeground(ink.definition);
}

void ScriptOutputView::changeEvent(QEvent* event) {
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

void ScriptOutputView::append(const QString& text, bool isError) {
    const TerminalText::Piece piece = (isError ? m_error : m_out).feed(text);
    const bool atEnd = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    if (piece.replacesLine) {
        cursor.movePosition(QTextCursor::StartOfBlock, QTextCursor::KeepAnchor);
        cursor.removeSelectedText();
    }
    if (isError)
        appendErrorLines(cursor, piece.text.right(LONGEST_PIECE));
    else
        cursor.insertText(piece.text.right(LONGEST_PIECE), m_plain);
    if (atEnd)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ScriptOutputView::appendErrorLines(QTextCursor& cursor, const QString& text) {
    static const QRegularExpression place(u"File \"([^\"\\n]+)\", line (\\d+)"_s);
    qsizetype done = 0;
    for (auto found = place.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        cursor.insertText(text.mid(done, match.capturedStart() - done), m_red);
        QTextCharFormat link = m_link;
        link.setAnchorHref(match.captured(2) + u':' + match.captured(1));
        cursor.insertText(match.captured(), link);
        done = match.capturedEnd();
    }
    cursor.insertText(text.mid(done), m_red);
}

void ScriptOutputView::mouseMoveEvent(QMouseEvent* event) {
    QPlainTextEdit::mouseMoveEvent(event);
    viewport()->setCursor(anchorAt(event->position().toPoint()).isEmpty() ? Qt::IBeamCursor : Qt::PointingHandCursor);
}

void ScriptOutputView::mouseReleaseEvent(QMouseEvent* event) {
    QPlainTextEdit::mouseReleaseEvent(event);
    const QString place = anchorAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && !place.isEmpty() && !textCursor().hasSelection())
        Q_EMIT placeClicked(place.section(u':', 1), place.section(u':', 0, 0).toInt());
}

} // namespace tintype
