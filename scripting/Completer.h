// Answers what can be completed, called and read about at a place in Python text, while other Python code runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"
#include "scripting/CodeHelp.h"

#include <QObject>

#include <memory>

namespace tintype {

class ConsoleSession;
class Interpreter;

/// Problem: people type on while Python is busy or held, and what they see must belong to what they have typed. So each
/// question returns at once with a number, and is answered later by a signal with the same number, from a Python thread of
/// its own that waits for neither the console nor a script. A newer question of the same kind takes the place of one that
/// waits, and the answer to an overtaken one is dropped. A question that takes too long, in a `__dir__` without an end for
/// example, is given up, and is answered with nothing like any that fails.
///
/// Lives on the GUI thread; the interpreter and the console must outlive it.
class Completer : public QObject {
    Q_OBJECT
public:
    Completer(Interpreter& interpreter, const ConsoleSession& console, QObject* parent = nullptr);
    /// Waits for a question under way, one second at most.
    ~Completer() override;

    quint64 complete(const CodePlace& place);
    quint64 callTip(const CodePlace& place);
    quint64 document(const CodePlace& place);

Q_SIGNALS:
    /// `written` is the part of the name that stands before the cursor.
    void completed(quint64 question, const QString& written, const QList<tintype::Completion>& completions);
    void callTipFound(quint64 question, const tintype::CallTip& tip);
    void documented(quint64 question, const tintype::Documentation& documentation);
    /// Once, when jedi could not be loaded: only live names are offered.
    void limited(const QString& reason);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace tintype
