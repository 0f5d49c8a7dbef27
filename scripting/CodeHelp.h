// What can be asked about a place in Python text, and what comes back: completions, a call tip, documentation.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace tintype {

/// Where the cursor stands: the text before it and after it.
struct CodePlace {
    QString before;
    QString after;
    QString path;           ///< of the file, for imports from beside it; may be empty
    bool inConsole = false; ///< with the names that live there; else the text stands for itself
    bool asked = false;     ///< by the person, not by a letter that was typed
};

struct Completion {
    QString name;
    QString insertion; ///< what takes the place of the part that is written
    QString kind;      ///< "operation", "function", "class", "module", "property", "param", "key", "choice", …
};

struct CallTip {
    QString name; ///< empty: there is no call here
    QStringList parameters;
    int current = -1; ///< the parameter at the cursor
    QString help;     ///< of that parameter
    QString summary;  ///< of the function
};

struct Documentation {
    QString title;
    QString text; ///< empty: nothing is known
};

} // namespace tintype
