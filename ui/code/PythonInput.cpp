// What can be told about Python text without Python: where statements end, and how far the next line is indented.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/PythonInput.h"

#include "ui/code/PythonScan.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr int INDENT = 4;

qsizetype indentationOf(const QString& line) {
    qsizetype count = 0;
    while (count < line.size() && (line[count] == u' ' || line[count] == u'\t'))
        ++count;
    return count;
}

bool isBlank(const QString& line) {
    return indentationOf(line) == line.size();
}

QString firstWord(const QString& line) {
    static const QRegularExpression word(u"^\\s*(\\w+)"_s);
    return word.match(line).captured(1);
}

bool beginsBlock(const QString& line) {
    static const QStringList words{u"if"_s,  u"for"_s, u"while"_s, u"with"_s,  u"try"_s,
                                   u"def"_s, u"class"_s, u"async"_s, u"match"_s};
    return words.contains(firstWord(line)) || line.startsWith(u'@');
}

bool goesOnBlock(const QString& line) {
    static const QStringList words{u"else"_s, u"elif"_s, u"except"_s, u"finally"_s};
    return words.contains(firstWord(line));
}

/// Common indentation taken away, which a copied part of a function has.
QStringList movedLeft(const QStringList& lines, const std::vector<bool>& continues) {
    qsizetype common = -1;
    for (qsizetype i = 0; i < lines.size(); ++i)
        if (!isBlank(lines[i]) && !continues[i])
            common = common < 0 ? indentationOf(lines[i]) : std::min(common, indentationOf(lines[i]));
    if (common <= 0)
        return lines;
    QStringList moved;
    for (const QString& line : lines)
        moved << line.mid(std::min(common, indentationOf(line)));
    return moved;
}

/// Collects lines to statements.
class Statements {
public:
    void add(const QString& line, bool continues) {
        const bool remark = isBlank(line) || line.trimmed().startsWith(u'#');
        if (!continues && remark) {
            m_remarks << line;
            return;
        }
        const bool decorated = !m_lines.isEmpty() && m_lines.last().startsWith(u'@');
        if (!continues && !decorated && indentationOf(line) == 0 && !(goesOnBlock(line) && !m_lines.isEmpty()))
            flush();
        m_lines << std::exchange(m_remarks, {}) << line;
    }

    QStringList take() {
        flush();
        return std::move(m_statements);
    }

private:
    void flush() {
        while (!m_lines.isEmpty() && isBlank(m_lines.first()))
            m_lines.removeFirst();
        if (m_lines.isEmpty())
            return;
        QString statement = m_lines.join(u'\n');
        const bool hasBlock = std::any_of(m_lines.cbegin(), m_lines.cend(), beginsBlock);
        if (hasBlock)
            statement += u'\n';
        m_statements << statement;
        m_lines.clear();
    }

    QStringList m_lines;
    QStringList m_remarks; ///< belong to what follows them
    QStringList m_statements;
};

} // namespace

bool needsMoreLines(const QString& text) {
    const PythonScan scan = scanPython(text.toUtf8());
    if (scan.openBrackets > 0 || scan.openString || scan.openBackslash)
        return true;
    const QStringList lines = text.split(u'\n');
    const QString& last = lines.last();
    if (isBlank(last))
        return false;
    if (scan.endsWithColon || last.startsWith(u'@'))
        return true;
    // Within a block, which only a blank line ends.
    return lines.size() > 1 && !scan.continues.back() && (indentationOf(last) > 0 || goesOnBlock(last));
}

QString nextIndentation(const QString& text) {
    const PythonScan scan = scanPython(text.toUtf8());
    if (scan.openString)
        return {};
    const QStringList lines = text.split(u'\n');
    const QString& last = lines.last();
    QString indentation = last.left(indentationOf(last));
    static const QStringList leaving{u"return"_s, u"pass"_s, u"break"_s, u"continue"_s, u"raise"_s};
    const QChar end = last.trimmed().isEmpty() ? QChar() : last.trimmed().back();
    if (scan.endsWithColon || (scan.openBrackets > 0 && (end == u'(' || end == u'[' || end == u'{')))
        return indentation + QString(INDENT, u' ');
    if (scan.openBrackets == 0 && leaving.contains(firstWord(last)))
        indentation.chop(std::min<qsizetype>(INDENT, indentation.size()));
    return indentation;
}

QStringList splitStatements(const QString& text) {
    const std::vector<bool> continues = scanPython(text.toUtf8()).continues;
    const QStringList lines = movedLeft(text.split(u'\n'), continues);
    Statements statements;
    for (qsizetype i = 0; i < lines.size(); ++i)
        statements.add(lines[i], continues[i]);
    return statements.take();
}

QString withoutPrompts(const QString& text) {
    QString plain = text;
    plain.replace(u"\r\n"_s, u"\n"_s).replace(u'\r', u'\n').replace(QChar(QChar::ParagraphSeparator), u'\n');
    static const QRegularExpression prompt(u"^\\s*(>>>|\\.\\.\\.)( |$)"_s);
    static const QRegularExpression firstPrompt(u"^\\s*>>>( |$)"_s);
    if (!firstPrompt.match(plain.trimmed().section(u'\n', 0, 0)).hasMatch())
        return plain;
    QStringList lines;
    for (const QString& line : plain.split(u'\n')) {
        const QRegularExpressionMatch match = prompt.match(line);
        if (match.hasMatch())
            lines << line.mid(match.capturedLength());
    }
    return lines.join(u'\n') + (plain.endsWith(u'\n') ? u"\n"_s : QString());
}

} // namespace tintype
