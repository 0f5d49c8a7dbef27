// Reads the Python stack of a thread without the GIL.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/SafeMemory.h"

#include <QList>
#include <QString>

#include <optional>

namespace tintype {

/// A thread's Python functions, the innermost first.
struct PythonStack {
    struct Line {
        QString file;
        int number = 0;
        QString function;
        bool operator==(const Line&) const = default;
    };
    unsigned long threadId = 0; ///< as Python numbers it
    QList<Line> lines;

    bool operator==(const PythonStack&) const = default;
    /// As a traceback has it: the innermost last.
    QString text() const;
};

/// Problem: a thread that holds the GIL inside C code for long is to be named, and nobody can ask Python about it.
/// faulthandler's watchdog walks the stack nevertheless, and ends the program when the thread moves at the wrong moment.
///
/// Here a thread is read only while it does not move, as far as anyone can know, through SafeMemory, and twice: what is not
/// the same both times is nobody's stack and is dropped. So a thread that wakes up at the wrong moment can cost an answer
/// but not the program; what remains is that both readings find the same nonsense, which would be shown as text. It reads
/// the structures of CPython 3.11. Any thread; never takes the GIL and never waits.
class StackReader {
public:
    /// The thread that has the GIL now; null for none. May be freed at any time, to be compared and read here only.
    static const void* gilHolder();
    std::optional<PythonStack> read(const void* threadState) const;
    /// What a str object says, as far as it is shown; nothing when what is there cannot be one.
    std::optional<QString> readText(const void* text) const;
    /// Why no stack can ever be read on this system; empty when they can.
    const std::string& problem() const { return m_memory.problem(); }

private:
    std::optional<PythonStack> readOnce(const void* threadState) const;
    std::optional<PythonStack::Line> readLine(const void* code, const void* instruction) const;
    int lineNumber(const void* table, int firstLine, long unit) const;

    SafeMemory m_memory;
};

} // namespace tintype
