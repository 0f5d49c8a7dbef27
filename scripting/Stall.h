// What keeps Python, or does not end although it was stopped, as the window shows it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>

namespace tintype {

struct Stall {
    enum class Kind {
        HoldsPython, ///< in C code that does not give the GIL back: all other Python code waits
        DoesNotEnd,  ///< was stopped and runs on
    };
    Kind kind = Kind::HoldsPython;
    quint64 jobId = 0;  ///< 0 when no script or console line is known to be it
    QString title;      ///< of the job, or of what the program does itself; may be empty
    bool stopAsked = false; ///< the person has asked it to stop
    QString where;      ///< the line it is at, in plain words; may be empty
    QString stack;      ///< the Python stack as a traceback has it; may be empty
    std::chrono::steady_clock::time_point since;

    bool operator==(const Stall&) const = default;
};

} // namespace tintype
