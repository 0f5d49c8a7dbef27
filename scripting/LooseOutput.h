// Text of code that is neither a script nor a console line: where the console is, it shows it; else Python's streams do.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/ScriptOutput.h"

#include <map>
#include <mutex>
#include <string>

namespace tintype {

/// Writes to sys.stdout or sys.stderr as they are without a window; on a thread that Python knows, with or without the GIL.
void writeToPython(OutputStream stream, const std::string& text);

/// Where such text goes. Any thread.
class LooseOutput {
public:
    /// Null: to Python's streams.
    void setSink(OutputSink sink);
    void write(OutputStream stream, const std::string& text) const;

private:
    mutable std::mutex m_mutex;
    OutputSink m_sink;
};

/// Problem: several add-ons print into the same place. So their text goes out line by line, each with the name of who has
/// printed it. Any thread.
class NamedLines {
public:
    NamedLines(const LooseOutput& output, std::string prefix);
    /// Passes whole lines on; the rest waits for its end, unless it is long.
    void write(OutputStream stream, const std::string& text);
    /// What was begun counts as a line.
    void flush();

private:
    static constexpr std::size_t LONGEST = 10'000;
    const LooseOutput& m_output;
    const std::string m_prefix;
    std::mutex m_mutex;
    std::map<OutputStream, std::string> m_begun;
};

} // namespace tintype
