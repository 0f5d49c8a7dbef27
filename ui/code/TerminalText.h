// Turns what programs write for a terminal into plain lines: carriage returns overwrite, colour codes vanish.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tintype {

/// Keeps what is unfinished between two feeds; one for each place that shows text. Progress bars that people print with
/// `\r` stay one line this way.
class TerminalText {
public:
    struct Piece {
        bool replacesLine = false; ///< the unfinished line that is shown goes away before the text
        QString text;
    };

    Piece feed(const QString& text);

private:
    QString m_escape; ///< the beginning of a code that is not complete yet
    bool m_returned = false;
};

} // namespace tintype
