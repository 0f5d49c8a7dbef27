// The console's text: what was printed, lines that wait, and one input at the end; only the input can be edited.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/console/TranscriptView.h"

#include "ui/code/PythonScan.h"
#include "ui/code/TerminalText.h"

#include <algorithm>

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
QByteArray marginText(const QString& prompt) {
    constexpr qsizetype LONGEST = 24;
    QString line = TerminalText().feed(prompt).text.section(u'\n', -1);
    line.removeIf([](QChar c) { return !c.isPrint() && !c.isSurrogate(); });
    while (line.endsWith(u' '))
        line.chop(1);
    return (line.size() > LONGEST ? u'…' + line.last(LONGEST - 1) : line).toUtf8();
}

} // namespace

TranscriptView::TranscriptView(QWidget* parent) : OutputView(parent), m_prompt(">>>"), m_morePrompt("...") {
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
    m_earlierPrompts = widest({m_earlierPrompts, m_prompt, m_morePrompt});
    m_prompt = marginText(first);
    m_morePrompt = marginText(more);
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

void TranscriptView::outputChanged() {
    if (belowOutput() == 0 && !m_earlierPrompts.isEmpty()) {
        m_earlierPrompts.clear();
        fitMargin();
    }
    restyleInput();
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

QByteArray TranscriptView::widest(std::initializer_list<QByteArray> prompts) const {
    return std::ranges::max(prompts, {}, [this](const QByteArray& prompt) {
        return SendScintilla(SCI_TEXTWIDTH, static_cast<unsigned long>(Prompt), prompt.constData());
    });
}

void TranscriptView::fitMargin() {
    const QByteArray text = widest({m_earlierPrompts, m_prompt, m_morePrompt, WAITING_PROMPT}) + ' ';
    setMarginWidth(0, int(SendScintilla(SCI_TEXTWIDTH, static_cast<unsigned long>(Prompt), text.constData())));
}

} // namespace tintype
