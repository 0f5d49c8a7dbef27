// The console's text: what was printed, lines that wait, and one input at the end; only the input can be edited.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/TranscriptView.h"

#include "ui/code/PythonScan.h"

#include <QScrollBar>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

enum Style { Output = 0, ErrorText, Note, Waiting, Prompt, WaitingPrompt, FirstToken };

constexpr const char* PROMPT = ">>>";
constexpr const char* MORE_PROMPT = "...";
constexpr const char* WAITING_PROMPT = "···";

QByteArray withoutBlankEnd(const QString& source) {
    QByteArray text = source.toUtf8();
    while (!text.isEmpty() && (text.back() == '\n' || text.back() == ' '))
        text.chop(1);
    return text;
}

/// Lines longer than this cost Scintilla seconds to lay out.
constexpr long LONGEST_LINE = 4000;

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

/// Opens the text for a change of ours, and puts caret, selection, scroll position and undo list right afterwards.
class TranscriptView::Change {
public:
    explicit Change(TranscriptView& view)
        : m_view(view), m_caret(view.length() - view.caret()),
          m_anchor(view.length() - view.anchor()), m_inInput(view.isInInput()),
          m_atEnd(view.verticalScrollBar()->value() >= view.verticalScrollBar()->maximum()) {
        view.m_changing = true;
        view.SendScintilla(SCI_SETREADONLY, 0UL);
        view.SendScintilla(SCI_SETUNDOCOLLECTION, 0UL);
    }

    ~Change() {
        // Counted from the end, since changes happen above the input; elsewhere Scintilla moves them itself.
        if (m_inInput) {
            m_view.SendScintilla(SCI_SETANCHOR, static_cast<unsigned long>(m_view.length() - m_anchor));
            m_view.SendScintilla(SCI_SETCURRENTPOS, static_cast<unsigned long>(m_view.length() - m_caret));
        }
        m_view.restyleInput();
        m_view.SendScintilla(SCI_EMPTYUNDOBUFFER);
        m_view.SendScintilla(SCI_SETUNDOCOLLECTION, 1UL);
        if (m_atEnd)
            m_view.SendScintilla(SCI_SCROLLTOEND);
        m_view.m_changing = false;
        m_view.updateReadOnly();
    }

private:
    TranscriptView& m_view;
    long m_caret;
    long m_anchor;
    bool m_inInput;
    bool m_atEnd;
};

TranscriptView::TranscriptView(QWidget* parent) : CodeView(parent) {
    setWrapMode(WrapCharacter);
    setMarginType(0, TextMarginRightJustified);
    SendScintilla(SCI_SETMARGINSENSITIVEN, 0UL, 0L);
    SendScintilla(SCI_SETWRAPINDENTMODE, SC_WRAPINDENT_FIXED);
    applyColors();
    connect(this, &QsciScintilla::textChanged, this, &TranscriptView::inputEdited);
    connect(this, &QsciScintilla::selectionChanged, this, &TranscriptView::updateReadOnly);
    connect(this, &QsciScintilla::cursorPositionChanged, this, &TranscriptView::updateReadOnly);
    connect(this, &QsciScintillaBase::SCN_ZOOM, this, &TranscriptView::fitMargin);
    fitMargin();
}

void TranscriptView::applyColors() {
    CodeView::applyColors();
    const CodeColors& ink = colors();
    setStyle(Output, ink.text);
    setStyle(ErrorText, ink.error);
    setStyle(Note, ink.comment);
    setStyle(Waiting, ink.weak);
    setStyle(Prompt, ink.prompt, true);
    setStyle(WaitingPrompt, ink.weak);
    const auto token = [](PythonToken kind) { return FirstToken + int(kind); };
    setStyle(token(PythonToken::Plain), ink.text);
    setStyle(token(PythonToken::Keyword), ink.keyword, true);
    setStyle(token(PythonToken::Builtin), ink.builtin);
    setStyle(token(PythonToken::String), ink.string);
    setStyle(token(PythonToken::Number), ink.number);
    setStyle(token(PythonToken::Comment), ink.comment, false, true);
    setStyle(token(PythonToken::Definition), ink.definition);
    setStyle(token(PythonToken::Decorator), ink.decorator);
    setMarginsBackgroundColor(ink.paper);
    setMarginsForegroundColor(ink.prompt);
}

void TranscriptView::appendOutput(const QString& text, bool isError) {
    const TerminalText::Piece piece = (isError ? m_error : m_out).feed(text);
    Change change(*this);
    if (piece.replacesLine && m_borrowed)
        remove(SendScintilla(SCI_POSITIONFROMLINE, SendScintilla(SCI_LINEFROMPOSITION, m_end)), m_end);
    const long column = m_end - SendScintilla(SCI_POSITIONFROMLINE, SendScintilla(SCI_LINEFROMPOSITION, m_end));
    append(withShortLines(piece.text.right(MOST_BYTES).toUtf8(), column), isError ? ErrorText : Output);
    trim();
}

void TranscriptView::appendNote(const QString& text) {
    Change change(*this);
    endOpenLine();
    append(text.toUtf8() + '\n', Note);
}

void TranscriptView::appendInput(const QString& source) {
    Change change(*this);
    endOpenLine();
    const long from = m_end;
    const QByteArray text = withoutBlankEnd(source);
    append(text + '\n', Output);
    stylePython(from, text);
    setPrompts(from, from + text.size(), PROMPT, Prompt);
    trim();
}

void TranscriptView::clearTranscript() {
    Change change(*this);
    const long end = m_end + (m_borrowed ? 1 : 0);
    m_borrowed = false;
    remove(0, end);
    m_end = 0;
}

void TranscriptView::setWaiting(const QStringList& entries, bool firstSubmitted) {
    Change change(*this);
    const long begin = m_end + (m_borrowed ? 1 : 0);
    remove(begin, m_inputStart);
    long position = begin;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        const QByteArray text = withoutBlankEnd(entries[i]);
        const bool submitted = i == 0 && firstSubmitted;
        insert(position, text + '\n', Waiting);
        if (submitted)
            stylePython(position, text);
        setPrompts(position, position + text.size(), submitted ? PROMPT : WAITING_PROMPT,
                   submitted ? Prompt : WaitingPrompt);
        position += text.size() + 1;
    }
    m_inputStart = position;
}

QString TranscriptView::transcript() const {
    return QString::fromUtf8(bytes(0, m_end));
}

QString TranscriptView::waitingText() const {
    return QString::fromUtf8(bytes(m_end + (m_borrowed ? 1 : 0), m_inputStart));
}

QString TranscriptView::input() const {
    return QString::fromUtf8(bytes(m_inputStart, length()));
}

QString TranscriptView::inputBeforeCaret() const {
    return QString::fromUtf8(bytes(m_inputStart, caret()));
}

void TranscriptView::setInput(const QString& text, int fromEnd) {
    moveToInputEnd();
    SendScintilla(SCI_BEGINUNDOACTION);
    remove(m_inputStart, length());
    const QByteArray utf8 = text.toUtf8();
    SendScintilla(SCI_ADDTEXT, static_cast<unsigned long>(utf8.size()), utf8.constData());
    SendScintilla(SCI_ENDUNDOACTION);
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(length() - text.right(fromEnd).toUtf8().size()));
}

bool TranscriptView::isInInput() const {
    return std::min(caret(), anchor()) >= m_inputStart;
}

void TranscriptView::moveToInputEnd() {
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(length()));
    updateReadOnly();
}

void TranscriptView::insert(long position, const QByteArray& text, int style) {
    if (text.isEmpty())
        return;
    SendScintilla(SCI_SETTARGETRANGE, static_cast<unsigned long>(position), position);
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(text.size()), text.constData());
    SendScintilla(SCI_STARTSTYLING, static_cast<unsigned long>(position));
    SendScintilla(SCI_SETSTYLING, static_cast<unsigned long>(text.size()), long(style));
    m_inputStart += text.size();
}

void TranscriptView::remove(long from, long to) {
    if (to <= from)
        return;
    SendScintilla(SCI_DELETERANGE, static_cast<unsigned long>(from), to - from);
    if (from < m_end)
        m_end -= std::min(to, m_end) - from;
    if (from < m_inputStart)
        m_inputStart -= std::min(to, m_inputStart) - from;
}

void TranscriptView::append(const QByteArray& text, int style) {
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

void TranscriptView::endOpenLine() {
    if (std::exchange(m_borrowed, false))
        ++m_end;
}

void TranscriptView::trim() {
    const long lines = SendScintilla(SCI_LINEFROMPOSITION, m_end);
    long from = lines > MOST_LINES ? SendScintilla(SCI_POSITIONFROMLINE, lines - MOST_LINES) : 0;
    if (m_end - from > MOST_BYTES)
        from = SendScintilla(SCI_POSITIONAFTER, m_end - MOST_BYTES);
    if (from == 0)
        return;
    remove(0, from);
    SendScintilla(SCI_MARGINSETTEXT, 0UL, "");
}

void TranscriptView::stylePython(long from, const QByteArray& text) {
    QByteArray styles = scanPython(text).tokens;
    for (char& style : styles)
        style = char(style + FirstToken);
    SendScintilla(SCI_STARTSTYLING, static_cast<unsigned long>(from));
    SendScintilla(SCI_SETSTYLINGEX, static_cast<unsigned long>(styles.size()), styles.constData());
}

void TranscriptView::setPrompts(long from, long to, const char* first, int style) {
    const long firstLine = SendScintilla(SCI_LINEFROMPOSITION, from);
    const long lastLine = SendScintilla(SCI_LINEFROMPOSITION, to);
    for (long line = firstLine; line <= lastLine; ++line) {
        const auto number = static_cast<unsigned long>(line);
        SendScintilla(SCI_MARGINSETTEXT, number, line == firstLine ? first : MORE_PROMPT);
        SendScintilla(SCI_MARGINSETSTYLE, number, long(style));
    }
}

void TranscriptView::restyleInput() {
    stylePython(m_inputStart, bytes(m_inputStart, length()));
    setPrompts(m_inputStart, length(), PROMPT, Prompt);
}

void TranscriptView::inputEdited() {
    if (!m_changing)
        restyleInput();
}

void TranscriptView::updateReadOnly() {
    if (!m_changing)
        SendScintilla(SCI_SETREADONLY, isInInput() ? 0UL : 1UL);
}

void TranscriptView::fitMargin() {
    setMarginWidth(0, u">>> "_s);
}

} // namespace tintype
