// The text of one script: Python colours, line numbers, indentation, comments, and the file that it is saved to.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/ScriptText.h"

#include "core/document/WholeFile.h"
#include "ui/code/PythonInput.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QKeyEvent>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr qint64 LARGEST_SCRIPT = 50'000'000;
constexpr int RULER_COLUMN = 100;

/// The number of the first line that is not UTF-8, from 1.
int firstBadLine(const QByteArray& bytes) {
    int number = 1;
    for (const QByteArray& line : bytes.split('\n')) {
        QStringDecoder decoder(QStringDecoder::Utf8);
        const QString text = decoder(line);
        if (decoder.hasError())
            return number;
        ++number;
    }
    return number;
}

} // namespace

ScriptText::ScriptText(QWidget* parent) : CodeView(parent), m_lexer(new QsciLexerPython(this)) {
    setLexer(m_lexer);
    setMarginType(0, NumberMargin);
    setMarginSensitivity(0, false);
    setAutoIndent(true);
    setIndentationGuides(true);
    setBraceMatching(SloppyBraceMatch);
    setCaretLineVisible(true);
    setEdgeMode(EdgeLine);
    setEdgeColumn(RULER_COLUMN);
    setWrapMode(WrapNone);
    applyColors();
    connect(this, &QsciScintilla::linesChanged, this, &ScriptText::fitLineNumbers);
    connect(this, &QsciScintillaBase::SCN_ZOOM, this, &ScriptText::fitLineNumbers);
    fitLineNumbers();
}

void ScriptText::applyColors() {
    CodeView::applyColors();
    if (!m_lexer)
        return;
    using Lexer = QsciLexerPython;
    const CodeColors& ink = colors();
    m_lexer->setDefaultFont(codeFont());
    m_lexer->setFont(codeFont());
    m_lexer->setPaper(ink.paper);
    m_lexer->setDefaultPaper(ink.paper);
    m_lexer->setColor(ink.text);
    m_lexer->setDefaultColor(ink.text);
    for (const int style : {Lexer::DoubleQuotedString, Lexer::SingleQuotedString, Lexer::TripleSingleQuotedString,
                            Lexer::TripleDoubleQuotedString, Lexer::DoubleQuotedFString, Lexer::SingleQuotedFString,
                            Lexer::TripleSingleQuotedFString, Lexer::TripleDoubleQuotedFString})
        m_lexer->setColor(ink.string, style);
    m_lexer->setColor(ink.error, Lexer::UnclosedString);
    m_lexer->setEolFill(false, Lexer::UnclosedString);
    m_lexer->setColor(ink.number, Lexer::Number);
    m_lexer->setColor(ink.comment, Lexer::Comment);
    m_lexer->setColor(ink.comment, Lexer::CommentBlock);
    m_lexer->setColor(ink.definition, Lexer::ClassName);
    m_lexer->setColor(ink.definition, Lexer::FunctionMethodName);
    m_lexer->setColor(ink.decorator, Lexer::Decorator);
    m_lexer->setColor(ink.builtin, Lexer::HighlightedIdentifier);
    m_lexer->setColor(ink.keyword, Lexer::Keyword);
    QFont strong = codeFont();
    strong.setBold(true);
    m_lexer->setFont(strong, Lexer::Keyword);
    setMarginsBackgroundColor(ink.margin);
    setMarginsForegroundColor(ink.weak);
    setIndentationGuidesForegroundColor(ink.weak);
    setIndentationGuidesBackgroundColor(ink.paper);
    setEdgeColor(ink.currentLine);
    setCaretLineBackgroundColor(ink.currentLine);
    setSelectionBackgroundColor(ink.selection);
    setSelectionForegroundColor(ink.selectedText);
    fitLineNumbers();
}

void ScriptText::fitLineNumbers() {
    setMarginWidth(0, QString(std::max<qsizetype>(3, QString::number(lines()).size()) + 1, u'9'));
}

QString ScriptText::load(const QString& path) {
    const QString shown = QDir::toNativeSeparators(path);
    QFile file(path);
    if (QFileInfo(path).isDir())
        return tr("%1 is a folder, not a script.").arg(shown);
    if (!file.open(QIODevice::ReadOnly))
        return tr("%1 could not be opened: %2.").arg(shown, file.errorString());
    if (file.size() > LARGEST_SCRIPT)
        return tr("%1 is too large for the editor: %2 MB; at most %3 MB are allowed.")
            .arg(shown)
            .arg(file.size() / 1'000'000)
            .arg(LARGEST_SCRIPT / 1'000'000);
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return tr("%1 could not be read: %2.").arg(shown, file.errorString());
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(bytes);
    if (decoder.hasError() || text.contains(QChar::Null))
        return tr("%1 is not a text in UTF-8: line %2 holds other bytes. Save it as UTF-8 first.")
            .arg(shown)
            .arg(firstBadLine(bytes));
    m_path = path;
    setText(text);
    convertEols(EolUnix);
    setModified(false);
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    return {};
}

QString ScriptText::save(const QString& path) {
    const QString shown = QDir::toNativeSeparators(path);
    const QString reason = writeWholeFile(path, text().toUtf8());
    if (!reason.isEmpty())
        return tr("%1 could not be saved: %2. The file is as it was.").arg(shown, reason);
    m_path = path;
    setModified(false);
    return {};
}

CodePlace ScriptText::place() const {
    CodePlace place = CodeView::place();
    place.path = m_path;
    return place;
}

void ScriptText::goToLine(int line) {
    const int wanted = std::clamp(line, 1, std::max(1, lines())) - 1;
    setCursorPosition(wanted, indentation(wanted));
    SendScintilla(SCI_VERTICALCENTRECARET);
    setFocus();
}

void ScriptText::toggleComments() {
    int first = 0;
    int last = 0;
    int column = 0;
    int lastColumn = 0;
    getCursorPosition(&first, &column);
    last = first;
    if (hasSelectedText()) {
        getSelection(&first, &column, &last, &lastColumn);
        // A selection that ends before the first letter of a line does not mean that line.
        if (lastColumn == 0 && last > first)
            --last;
    }
    bool allComments = true;
    int common = INT_MAX;
    for (int line = first; line <= last; ++line) {
        const QString content = text(line).trimmed();
        if (content.isEmpty())
            continue;
        allComments = allComments && content.startsWith(u'#');
        common = std::min(common, indentation(line));
    }
    beginUndoAction();
    for (int line = first; line <= last; ++line) {
        const QString content = text(line);
        if (content.trimmed().isEmpty())
            continue;
        const int place = allComments ? int(content.indexOf(u'#')) : common;
        if (!allComments) {
            insertAt(u"# "_s, line, place);
            continue;
        }
        setSelection(line, place, line, place + (content.mid(place).startsWith(u"# "_s) ? 2 : 1));
        removeSelectedText();
    }
    endUndoAction();
    if (last > first)
        setSelection(first, 0, last, lineLength(last) - (text(last).endsWith(u'\n') ? 1 : 0));
}

void ScriptText::keyPressEvent(QKeyEvent* event) {
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & ~Qt::KeypadModifier))
        breakLine();
    else if (event->key() == Qt::Key_Slash && event->modifiers() & Qt::ControlModifier)
        toggleComments();
    else if (event->modifiers() & Qt::ControlModifier && !standardCommands()->boundTo(event->keyCombination().toCombined()))
        event->ignore(); // Scintilla would swallow it, and the editor around would not hear of it.
    else
        CodeView::keyPressEvent(event);
}

void ScriptText::breakLine() {
    // A few lines back are enough to see brackets and colons, and quick in long scripts.
    constexpr int LINES_BACK = 200;
    const long from = SendScintilla(
        SCI_POSITIONFROMLINE,
        std::max(0L, SendScintilla(SCI_LINEFROMPOSITION, std::min(caret(), anchor())) - LINES_BACK));
    const QString before = QString::fromUtf8(bytes(from, std::min(caret(), anchor())));
    SendScintilla(SCI_REPLACESEL, ('\n' + nextIndentation(before).toUtf8()).constData());
    ensureCursorVisible();
}

} // namespace tintype
