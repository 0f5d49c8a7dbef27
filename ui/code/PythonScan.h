// A quick look over Python text without Python: what colour each letter has, and what is still open at the end.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <vector>

namespace tintype {

enum class PythonToken : char { Plain, Keyword, Builtin, String, Number, Comment, Definition, Decorator };

struct PythonScan {
    /// One PythonToken a byte.
    QByteArray tokens;
    /// For each line: it goes on with a bracket, a string or a backslash of the line before.
    std::vector<bool> continues;
    int openBrackets = 0;
    bool openString = false;    ///< one in three quotes
    bool openBackslash = false; ///< the last line ends with one
    bool endsWithColon = false; ///< the last code, outside brackets, is a colon
};

/// Problem: the console must colour and indent what is typed at once, while Python may be held by a script for minutes. It
/// is a guess for broken code; whether a text can run is for Python to say. `text` is UTF-8; any thread.
PythonScan scanPython(const QByteArray& text);

} // namespace tintype
