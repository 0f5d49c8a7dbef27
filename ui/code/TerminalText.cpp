// Turns what programs write for a terminal into plain lines: carriage returns overwrite, colour codes vanish.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/code/TerminalText.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

constexpr qsizetype LONGEST_ESCAPE = 32;

/// Takes the codes out; what may be the beginning of one at the very end is moved to `rest`.
QString withoutEscapes(const QString& text, QString& rest) {
    if (!text.contains(u'\x1b'))
        return text;
    static const QRegularExpression complete(u"\x1b(\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(\x07|\x1b\\\\)|[@-Z^_])"_s);
    QString plain = text;
    plain.remove(complete);
    const qsizetype begin = plain.lastIndexOf(u'\x1b');
    if (begin >= 0 && plain.size() - begin <= LONGEST_ESCAPE && !plain.mid(begin).contains(u'\n')) {
        rest = plain.mid(begin);
        plain.truncate(begin);
    }
    return plain.remove(u'\x1b');
}

} // namespace

TerminalText::Piece TerminalText::feed(const QString& text) {
    const QString plain = withoutEscapes(std::exchange(m_escape, QString()) + text, m_escape);
    Piece piece;
    for (const QChar c : plain) {
        if (c == u'\r') {
            m_returned = true;
            continue;
        }
        if (std::exchange(m_returned, false) && c != u'\n') {
            const qsizetype lineStart = piece.text.lastIndexOf(u'\n') + 1;
            piece.text.truncate(lineStart);
            if (lineStart == 0)
                piece.replacesLine = true;
        }
        // A zero would end the text for Scintilla.
        piece.text += c.isNull() ? QChar(QChar::ReplacementCharacter) : c;
    }
    return piece;
}

} // namespace tintype
