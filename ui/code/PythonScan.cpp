// A quick look over Python text without Python: what colour each letter has, and what is still open at the end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/PythonScan.h"

#include <QSet>

namespace tintype {

namespace {

const QSet<QByteArray>& keywords() {
    static const QSet<QByteArray> words{
        "False", "None",   "True",    "and",      "as",   "assert", "async",  "await", "break",  "class",  "continue", "def",
        "del",   "elif",   "else",    "except",   "for",  "finally", "from",  "global", "if",    "import", "in",       "is",
        "lambda", "nonlocal", "not",  "or",       "pass", "raise",  "return", "try",   "while",  "with",   "yield"};
    return words;
}

const QSet<QByteArray>& builtins() {
    static const QSet<QByteArray> words{
        "abs",   "all",   "any",   "bool",      "bytes", "callable", "dict", "dir",   "enumerate", "filter", "float", "format",
        "getattr", "hasattr", "help", "hex",    "id",    "input",    "int",  "isinstance", "iter", "len",    "list",  "map",
        "max",   "min",   "next",  "object",    "open",  "ord",      "print", "range", "repr",     "reversed", "round", "self",
        "set",   "setattr", "slice", "sorted",  "str",   "sum",      "super", "tuple", "type",     "vars",   "zip"};
    return words;
}

bool isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isStringPrefix(const QByteArray& word) {
    if (word.size() > 2)
        return false;
    for (const char c : word.toLower())
        if (c != 'r' && c != 'b' && c != 'f' && c != 'u')
            return false;
    return true;
}

class Scanner {
public:
    explicit Scanner(const QByteArray& text) : m_text(text) {
        m_scan.tokens.fill(char(PythonToken::Plain), text.size());
        m_scan.continues.push_back(false);
    }

    PythonScan run() {
        while (m_at < m_text.size())
            step();
        m_scan.endsWithColon = m_last == ':' && m_scan.openBrackets == 0;
        return std::move(m_scan);
    }

private:
    char peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }

    void take(PythonToken token) {
        m_scan.tokens[m_at] = char(token);
        ++m_at;
    }

    void newLine(bool continues) {
        ++m_at;
        m_scan.continues.push_back(continues);
        m_scan.openBackslash = false;
    }

    void step() {
        const char c = peek();
        m_scan.openBackslash = false;
        if (c == '\n') {
            m_lineHasCode = m_scan.openBrackets > 0;
            newLine(m_scan.openBrackets > 0);
        } else if (c == '\\' && (peek(1) == '\n' || m_at + 1 == m_text.size())) {
            ++m_at;
            m_scan.openBackslash = true;
            if (m_at < m_text.size())
                newLine(true);
        } else if (c == '#') {
            while (m_at < m_text.size() && peek() != '\n')
                take(PythonToken::Comment);
        } else if (c == ' ' || c == '\t' || c == '\r' || c == '\f') {
            ++m_at;
        } else {
            code(c);
        }
    }

    void code(char c) {
        const bool firstOfLine = !std::exchange(m_lineHasCode, true);
        if (c == '"' || c == '\'') {
            string();
        } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
            number();
        } else if (isWordStart(c)) {
            word();
        } else if (c == '@' && firstOfLine) {
            while (m_at < m_text.size() && (peek() == '@' || peek() == '.' || isWordStart(peek()) || isDigit(peek())))
                take(PythonToken::Decorator);
            m_last = '@';
        } else {
            if (c == '(' || c == '[' || c == '{')
                ++m_scan.openBrackets;
            else if ((c == ')' || c == ']' || c == '}') && m_scan.openBrackets > 0)
                --m_scan.openBrackets;
            m_last = c;
            m_afterDefinition = false;
            ++m_at;
        }
    }

    void number() {
        // A sign belongs to the number after an exponent's e only.
        while (isDigit(peek()) || isWordStart(peek()) || peek() == '.' ||
               ((peek() == '+' || peek() == '-') && (m_text[m_at - 1] == 'e' || m_text[m_at - 1] == 'E')))
            take(PythonToken::Number);
        m_last = '0';
    }

    void word() {
        qsizetype end = m_at;
        while (end < m_text.size() && (isWordStart(m_text[end]) || isDigit(m_text[end])))
            ++end;
        const QByteArray word = m_text.mid(m_at, end - m_at);
        const char next = end < m_text.size() ? m_text[end] : '\0';
        PythonToken token = PythonToken::Plain;
        if ((next == '"' || next == '\'') && isStringPrefix(word)) {
            while (m_at < end)
                take(PythonToken::String);
            string();
            return;
        }
        const bool attribute = m_last == '.';
        if (m_afterDefinition)
            token = PythonToken::Definition;
        else if (!attribute && keywords().contains(word))
            token = PythonToken::Keyword;
        else if (!attribute && builtins().contains(word))
            token = PythonToken::Builtin;
        m_afterDefinition = token == PythonToken::Keyword && (word == "def" || word == "class");
        while (m_at < end)
            take(token);
        m_last = 'w';
    }

    void string() {
        const char quote = peek();
        const bool triple = peek(1) == quote && peek(2) == quote;
        const qsizetype width = triple ? 3 : 1;
        for (qsizetype i = 0; i < width; ++i)
            take(PythonToken::String);
        m_last = quote;
        while (m_at < m_text.size()) {
            if (peek() == quote && (!triple || (peek(1) == quote && peek(2) == quote))) {
                for (qsizetype i = 0; i < width; ++i)
                    take(PythonToken::String);
                return;
            }
            if (peek() == '\\' && m_at + 1 < m_text.size())
                take(PythonToken::String);
            else if (peek() == '\n' && !triple)
                return;
            const bool lineEnd = peek() == '\n';
            take(PythonToken::String);
            if (lineEnd)
                m_scan.continues.push_back(true);
        }
        m_scan.openString = triple;
    }

    const QByteArray& m_text;
    PythonScan m_scan;
    qsizetype m_at = 0;
    char m_last = '\0'; ///< the last letter of code; 'w' and '0' stand for words and numbers
    bool m_lineHasCode = false;
    bool m_afterDefinition = false;
};

} // namespace

PythonScan scanPython(const QByteArray& text) {
    return Scanner(text).run();
}

} // namespace tintype
