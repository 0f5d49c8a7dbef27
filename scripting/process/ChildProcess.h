// A process with a line to it and what it prints; it and its children can always be ended.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/process/ProcessLink.h"

#include <chrono>
#include <string>
#include <vector>

namespace tintype {

/// The process leads a group of its own, which its children belong to. Nobody else may wait for it. The destructor ends a
/// process that runs, and then its children too; those of one that has ended on its own go on. Not for several threads at once.
class ChildProcess {
public:
    /// The number under which the process finds its end of the line.
    static constexpr int LINK = 3;

    /// Throws Error(Internal) with the reason.
    explicit ChildProcess(const std::vector<std::string>& words);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;

    const ProcessLink& link() const { return m_link; }
    // For poll(): readable when there is something to read, or when the process has ended.
    int output() const { return m_output.number(); }
    int errors() const { return m_errors.number(); }
    int end() const { return m_end.number(); }

    /// What it has printed, as far as it is there.
    std::string readOutput();
    std::string readErrors();

    /// How long its threads have run, all taken together; not its children.
    std::chrono::nanoseconds processorTime() const;

    /// Ends the process itself at once, and asks its children to end, which the destructor makes sure of. Also after its own
    /// end, when its children are not to go on.
    void kill();
    bool isKilled() const { return m_isKilled; }

    struct Ended {
        bool bySignal = false;
        int number = 0; ///< the signal or the exit code
    };
    /// After `end` has become readable.
    Ended ended() const;

private:
    ProcessLink m_link;
    FileHandle m_output;
    FileHandle m_errors;
    FileHandle m_end;
    int m_pid = 0;
    bool m_isKilled = false;
};

/// "by signal 11 (segmentation fault)", "with exit code 3".
std::string describe(const ChildProcess::Ended& ended);

} // namespace tintype
