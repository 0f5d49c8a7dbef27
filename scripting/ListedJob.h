// The job of Python code that is mostly short: listed only where it takes long.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/PythonRun.h"

#include <cstdint>

namespace tintype {

class PythonRuntime;

/// Starts the job, and lists it after LISTED_AFTER unless it has ended by then. Made, ended and destroyed with the GIL, which
/// is released meanwhile; whoever makes it says how it ended.
class ListedJob {
public:
    ListedJob(PythonRuntime& runtime, JobPtr job);
    ListedJob(const ListedJob&) = delete;

    void end(const RunOutcome& outcome);

private:
    PythonRuntime& m_runtime;
    const JobPtr m_job;
    std::uint64_t m_listing = 0;
};

} // namespace tintype
