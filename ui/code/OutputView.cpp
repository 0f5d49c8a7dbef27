// What Python printed: read-only, bounded, errors in a colour of their own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/OutputView.h"

#include <QScrollBar>

namespace tintype {

namespace {

/// Lines longer than this cost Scintilla seconds to lay out.
constexpr long LONGEST_LINE = 4000;

/// For every change that it tells of, QScintilla counts the letters before it; in longer texts it shall not tell.
constexpr long LONG_TEXT = 100'000;

/// More output than this within CALM_MS is a stream, whose lines are wrapped when it has ended.
constexpr qsizetype STREAM_BYTES = 20'000;
constexpr int CALM_MS = 250;
constexpr int FRAME_MS = 16;

/// Line ends put into lines that are too long; `column` is where the text begins.
QByteArray withShortLines(const QByteArray& text, long column) {
    QByteArray broken;
    broken.reserve(text.size() + text.size() / LONGEST_LINE);
    for (const char c : text) {
        const bool continuesLetter = (c & 0xc0) == 0x80;
        if (column >= LONGEST_LINE && c != '\n' && !continuesLetter) {
            broken += '\n';
            column = 0;
        }
        broken += c;
        column = c == '\n' ? 0 : column + 1;
    }
    return broken;
}

} // namespace

OutputView::Change::Change(OutputView& view)
    : m_view(view), m_caretBelow(view.isCaretBelow()),
      m_atEnd(view.verticalScrollBar()->value() >= view.verticalScrollBar()->maximum()),
      m_caret(view.length() - view.caret()), m_anchor(view.length() - view.anchor()) {
    view.m_changing = true;
    view.SendScintilla(SCI_SETREADONLY, 0UL);
    view.SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    if (view.length() > LONG_TEXT)
        view.SendScintilla(SCI_SETMODEVENTMASK, 0UL);
}

OutputView::Change::~Change() {
    // Counted from the end, since the change was above; elsewhere Scintilla moves them itself.
    if (m_caretBelow) {
        // Both at once: with one after the other there is a selection for a moment, which is offered to all other programs
        // in the place of theirs, and the X server is asked about it.
        const long caret = m_view.length() - m_caret;
        if (m_caret == m_anchor)
            m_view.SendScintilla(SCI_SETEMPTYSELECTION, static_cast<unsigned long>(caret));
        else
            m_view.SendScintilla(SCI_SETSELECTION, static_cast<unsigned long>(caret), m_view.length() - m_anchor);
    }
    m_view.outputChanged();
    // It holds positions, which are wrong now.
    m_view.SendScintilla(SCI_EMPTYUNDOBUFFER);
    m_view.SendScintilla(SCI_SETUNDOCOLLECTION, 1UL);
    m_view.SendScintilla(SCI_SETMODEVENTMASK, static_cast<unsigned long>(SC_MODEVENTMASKALL));
    if (m_atEnd)
        m_view.SendScintilla(SCI_SCROLLTOEND);
    m_view.paintOnceAFrame();
    m_view.m_changing = false;
    m_view.updateReadOnly();
}

OutputView::OutputView(QWidget* parent) : CodeView(parent) {
    // Scintilla lays every new line out where notes between lines may show.
    setAnnotationDisplay(AnnotationHidden);
    setWrapMode(WrapCharacter);
    SendScintilla(SCI_SETWRAPINDENTMODE, SC_WRAPINDENT_FIXED);
    SendScintilla(SCI_SETHSCROLLBAR, 0UL);
    m_calm.setSingleShot(true);
    m_calm.setInterval(CALM_MS);
    connect(&m_calm, &QTimer::timeout, this, &OutputView::wrapWhenCalm);
    m_frame.setSingleShot(true);
    m_frame.setInterval(FRAME_MS);
    connect(&m_frame, &QTimer::timeout, this, &OutputView::endFrame);
    // Later, since Scintilla is in the middle of its work when it says so.
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this, &OutputView::stayAtEnd, Qt::QueuedConnection);
    applyColors();
    SendScintilla(SCI_SETREADONLY, 1UL);
}

void OutputView::applyColors() {
    CodeView::applyColors();
    setStyle(Plain, colors().text);
    setStyle(ErrorText, colors().error);
    setStyle(Note, colors().comment);
}

void OutputView::showEvent(QShowEvent* event) {
    CodeView::showEvent(event);
    m_calm.start();
}

void OutputView::noteOutput(qsizetype bytes) {
    m_lately += bytes;
    m_calm.start();
    if (m_lately > STREAM_BYTES && wrapMode() != WrapNone)
        setWrapMode(WrapNone);
}

void OutputView::wrapWhenCalm() {
    m_lately = 0;
    if (isVisible() && wrapMode() == WrapNone)
        setWrapMode(WrapCharacter);
}

void OutputView::paintOnceAFrame() {
    if (m_frame.isActive())
        setUpdatesEnabled(false);
    else
        m_frame.start();
}

void OutputView::endFrame() {
    if (updatesEnabled())
        return;
    setUpdatesEnabled(true);
    m_frame.start();
}

void OutputView::stayAtEnd() {
    const bool wasAtEnd = verticalScrollBar()->value() >= m_scrollEnd;
    m_scrollEnd = verticalScrollBar()->maximum();
    if (wasAtEnd)
        SendScintilla(SCI_SCROLLTOEND);
}

void OutputView::appendOutput(const QString& text, bool isError) {
    const TerminalText::Piece piece = (isError ? m_error : m_out).feed(text);
    noteOutput(text.size());
    Change change(*this);
    if (piece.replacesLine && m_borrowed)
        remove(SendScintilla(SCI_POSITIONFROMLINE, SendScintilla(SCI_LINEFROMPOSITION, m_end)), m_end);
    const long column = m_end - SendScintilla(SCI_POSITIONFROMLINE, SendScintilla(SCI_LINEFROMPOSITION, m_end));
    append(withShortLines(piece.text.right(MOST_BYTES).toUtf8(), column), isError ? ErrorText : Plain);
    trim();
}

void OutputView::appendNote(const QString& text) {
    Change change(*this);
    endOpenLine();
    append(text.toUtf8() + '\n', Note);
}

void OutputView::clearOutput() {
    Change change(*this);
    const long end = belowOutput();
    m_borrowed = false;
    remove(0, end);
    m_end = 0;
}

QString OutputView::output() const {
    return QString::fromUtf8(bytes(0, m_end));
}

void OutputView::updateReadOnly() {
    SendScintilla(SCI_SETREADONLY, 1UL);
}

void OutputView::insert(long position, const QByteArray& text, int style) {
    if (text.isEmpty())
        return;
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(position), position);
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(text.size()), text.constData());
    SendScintilla(SCI_STARTSTYLING, static_cast<unsigned long>(position));
    SendScintilla(SCI_SETSTYLING, static_cast<unsigned long>(text.size()), long(style));
}

void OutputView::remove(long from, long to) {
    if (to <= from)
        return;
    SendScintilla(SCI_DELETERANGE, static_cast<unsigned long>(from), to - from);
    if (from < m_end)
        m_end -= std::min(to, m_end) - from;
}

void OutputView::append(const QByteArray& text, int style) {
    if (text.isEmpty())
        return;
    // Together with a borrowed line end, so that prompts further below move with their lines.
    const bool open = text.back() != '\n';
    insert(m_end, open && !m_borrowed ? text + '\n' : text, style);
    m_end += text.size();
    if (m_borrowed && !open)
        remove(m_end, m_end + 1);
    m_borrowed = open;
}

void OutputView::endOpenLine() {
    if (std::exchange(m_borrowed, false))
        ++m_end;
}

void OutputView::trim() {
    const long lines = SendScintilla(SCI_LINEFROMPOSITION, m_end);
    // Many lines at once, since every cut at the beginning moves all that Scintilla holds.
    if (lines <= MOST_LINES + TRIMMED_LINES && m_end <= MOST_BYTES + MOST_BYTES / 8)
        return;
    long from = SendScintilla(SCI_POSITIONFROMLINE, std::max(0L, lines - MOST_LINES));
    if (m_end - from > MOST_BYTES)
        from = SendScintilla(SCI_POSITIONAFTER, m_end - MOST_BYTES);
    remove(0, from);
    // Scintilla keeps the margin of the line whose beginning was taken away.
    SendScintilla(SCI_MARGINSETTEXT, 0UL, "");
}

} // namespace tintype
