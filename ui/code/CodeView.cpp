// What the console and the script editor share: a text in a fixed-width font, with the colours of the desktop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/CodeView.h"

#include <QEvent>

namespace tintype {

CodeView::CodeView(QWidget* parent) : QsciScintilla(parent) {
    setUtf8(true);
    setEolMode(EolUnix);
    setIndentationsUseTabs(false);
    setIndentationWidth(4);
    setTabWidth(4);
    setTabIndents(true);
    setBackspaceUnindents(true);
    setFrameShape(QFrame::NoFrame);
    setCaretWidth(2);
    for (int margin = 0; margin < 5; ++margin)
        setMarginWidth(margin, 0);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 6L);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    setAcceptDrops(false);
    viewport()->setAcceptDrops(false);
    applyColors();
}

void CodeView::applyColors() {
    m_colors = CodeColors::of(palette());
    const QFont font = codeFont();
    setFont(font);
    setMarginsFont(font);
    setPaper(m_colors.paper);
    setColor(m_colors.text);
    setCaretForegroundColor(m_colors.text);
    setCaretLineBackgroundColor(m_colors.currentLine);
    setSelectionBackgroundColor(m_colors.selection);
    setSelectionForegroundColor(m_colors.selectedText);
    setMatchedBraceBackgroundColor(m_colors.matchedBrace);
    setMatchedBraceForegroundColor(m_colors.text);
    setUnmatchedBraceBackgroundColor(m_colors.paper);
    setUnmatchedBraceForegroundColor(m_colors.error);
}

void CodeView::changeEvent(QEvent* event) {
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        applyColors();
}

void CodeView::setStyle(int style, const QColor& ink, bool bold, bool italic) {
    const QFont font = codeFont();
    const QByteArray family = font.family().toUtf8();
    const auto number = static_cast<unsigned long>(style);
    SendScintilla(SCI_STYLESETFONT, number, family.constData());
    SendScintilla(SCI_STYLESETSIZEFRACTIONAL, number, long(font.pointSizeF() * double(SC_FONT_SIZE_MULTIPLIER)));
    SendScintilla(SCI_STYLESETFORE, number, ink);
    SendScintilla(SCI_STYLESETBACK, number, m_colors.paper);
    SendScintilla(SCI_STYLESETBOLD, number, long(bold));
    SendScintilla(SCI_STYLESETITALIC, number, long(italic));
}

CodePlace CodeView::place() const {
    CodePlace place;
    place.before = QString::fromUtf8(bytes(codeStart(), caret()));
    place.after = QString::fromUtf8(bytes(caret(), length()));
    return place;
}

void CodeView::replaceInCode(long from, long to, const QString& text) {
    const QByteArray utf8 = text.toUtf8();
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(codeStart() + from), codeStart() + to);
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(utf8.size()), utf8.constData());
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(codeStart() + from + utf8.size()));
}

QRect CodeView::caretOnScreen() const {
    const int x = int(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, caret()));
    const int y = int(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, caret()));
    const int height = int(SendScintilla(SCI_TEXTHEIGHT, SendScintilla(SCI_LINEFROMPOSITION, caret())));
    return QRect(viewport()->mapToGlobal(QPoint(x, y)), QSize(1, height));
}

QByteArray CodeView::bytes(long from, long to) const {
    if (to <= from)
        return {};
    QByteArray text(to - from + 1, '\0');
    SendScintilla(SCI_GETTEXTRANGE, from, to, text.data());
    text.chop(1);
    return text;
}

} // namespace tintype
