// The console's text: what was printed, lines that wait, and one input at the end; only the input can be edited.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/TranscriptView.h"

#include "ui/code/PythonScan.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

enum TranscriptStyle { Waiting = 10, Prompt, WaitingPrompt, FirstToken };

constexpr const char* WAITING_PROMPT = "···";

QByteArray withoutBlankEnd(const QString& source) {
    QByteArray text = source.toUtf8();
    while (!text.isEmpty() && (text.back() == '\n' || text.back() == ' '))
        text.chop(1);
    return text;
}

/// The margin has one line without colours, and is not to take the text's place.
QString marginText(const QString& prompt) {
    constexpr qsizetype LONGEST = 40;
    static const QRegularExpression codes(u"\x1b\\[[0-9;?]*[A-Za-z]|[\\x00-\\x09\\x0b-\\x1f]"_s);
    QString line = QString(prompt).remove(codes).section(u'\n', -1);
    while (line.endsWith(u' '))
        line.chop(1);
    return line.right(LONGEST);
}

} // namespace

TranscriptView::TranscriptView(QWidget* parent) : OutputView(parent), m_prompt(">>>"), m_morePrompt("..."), m_widestPrompt(u">>>"_s) {
    setMarginType(0, TextMarginRightJustified);
    SendScintilla(SCI_SETMARGINSENSITIVEN, 0UL, 0L);
    applyColors();
    connect(this, &QsciScintilla::textChanged, this, &TranscriptView::inputEdited);
    connect(this, &QsciScintilla::selectionChanged, this, &TranscriptView::updateReadOnly);
    connect(this, &QsciScintilla::cursorPositionChanged, this, &TranscriptView::updateReadOnly);
    connect(this, &QsciScintillaBase::SCN_ZOOM, this, &TranscriptView::fitMargin);
    fitMargin();
    updateReadOnly();
}

void TranscriptView::applyColors() {
    OutputView::applyColors();
    const CodeColors& ink = colors();
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

void TranscriptView::appendInput(const QString& source) {
    Change change(*this);
    endOpenLine();
    const long from = outputEnd();
    const QByteArray text = withoutBlankEnd(source);
    append(text + '\n', Plain);
    stylePython(from, text);
    setPrompts(from, from + text.size(), m_prompt, Prompt);
    trim();
}

void TranscriptView::setWaiting(const QStringList& entries, bool firstSubmitted) {
    if (entries.isEmpty() && m_waitingBytes == 0)
        return;
    Change change(*this);
    const long begin = belowOutput();
    remove(begin, begin + m_waitingBytes);
    QList<QByteArray> shown;
    for (const QString& entry : entries.first(std::min(entries.size(), MOST_WAITING_SHOWN)))
        shown << withoutBlankEnd(entry) + '\n';
    if (entries.size() > MOST_WAITING_SHOWN)
        shown << tr("… and %1 more\n").arg(entries.size() - MOST_WAITING_SHOWN).toUtf8();
    const QByteArray all = shown.join();
    // At once, since each change of a long text costs Scintilla a walk over its lines.
    insert(begin, all, Waiting);
    m_waitingBytes = all.size();
    long position = begin;
    for (const QByteArray& text : shown) {
        const bool submitted = position == begin && firstSubmitted;
        if (submitted)
            stylePython(position, text);
        setPrompts(position, position + text.size() - 1, submitted ? m_prompt : QByteArray(WAITING_PROMPT),
                   submitted ? Prompt : WaitingPrompt);
        position += text.size();
    }
}

void TranscriptView::setPromptTexts(const QString& first, const QString& more) {
    for (const QString& prompt : {marginText(first), marginText(more)}) {
        if (prompt.size() > m_widestPrompt.size())
            m_widestPrompt = prompt;
    }
    m_prompt = marginText(first).toUtf8();
    m_morePrompt = marginText(more).toUtf8();
    fitMargin();
    restyleInput();
}

QString TranscriptView::promptText() const {
    const auto line = static_cast<unsigned long>(SendScintilla(SCI_LINEFROMPOSITION, inputStart()));
    QByteArray text(SendScintilla(SCI_MARGINGETTEXT, line, static_cast<void*>(nullptr)), '\0');
    SendScintilla(SCI_MARGINGETTEXT, line, static_cast<void*>(text.data()));
    return QString::fromUtf8(text);
}

QString TranscriptView::waitingText() const {
    return QString::fromUtf8(bytes(belowOutput(), inputStart()));
}

QString TranscriptView::input() const {
    return QString::fromUtf8(bytes(inputStart(), length()));
}

QString TranscriptView::inputBeforeCaret() const {
    return QString::fromUtf8(bytes(inputStart(), caret()));
}

void TranscriptView::setInput(const QString& text, int fromEnd) {
    moveToInputEnd();
    const QByteArray utf8 = text.toUtf8();
    SendScintilla(SCI_BEGINUNDOACTION);
    SendScintilla(SCI_DELETERANGE, static_cast<unsigned long>(inputStart()), length() - inputStart());
    SendScintilla(SCI_ADDTEXT, static_cast<unsigned long>(utf8.size()), utf8.constData());
    SendScintilla(SCI_ENDUNDOACTION);
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(length() - text.right(fromEnd).toUtf8().size()));
}

bool TranscriptView::isInInput() const {
    return std::min(caret(), anchor()) >= inputStart();
}

void TranscriptView::moveToInputEnd() {
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(length()));
    updateReadOnly();
}

void TranscriptView::stylePython(long from, const QByteArray& text) {
    QByteArray styles = scanPython(text).tokens;
    for (char& style : styles)
        style = char(style + FirstToken);
    SendScintilla(SCI_STARTSTYLING, static_cast<unsigned long>(from));
    SendScintilla(SCI_SETSTYLINGEX, static_cast<unsigned long>(styles.size()), styles.constData());
}

void TranscriptView::setPrompts(long from, long to, const QByteArray& first, int style) {
    const long firstLine = SendScintilla(SCI_LINEFROMPOSITION, from);
    const long lastLine = SendScintilla(SCI_LINEFROMPOSITION, to);
    for (long line = firstLine; line <= lastLine; ++line) {
        const auto number = static_cast<unsigned long>(line);
        SendScintilla(SCI_MARGINSETTEXT, number, (line == firstLine ? first : m_morePrompt).constData());
        SendScintilla(SCI_MARGINSETSTYLE, number, long(style));
    }
}

void TranscriptView::restyleInput() {
    stylePython(inputStart(), bytes(inputStart(), length()));
    setPrompts(inputStart(), length(), m_prompt, Prompt);
}

void TranscriptView::inputEdited() {
    if (!isChanging())
        restyleInput();
}

void TranscriptView::updateReadOnly() {
    if (!isChanging())
        SendScintilla(SCI_SETREADONLY, isInInput() ? 0UL : 1UL);
}

void TranscriptView::fitMargin() {
    setMarginWidth(0, m_widestPrompt + u' ');
}

} // namespace tintype
