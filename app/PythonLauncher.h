// Runs CPython on the main thread as the plain python3 would, with the package tintype importable.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tintype {

/// What the package tintype_headless is told before the script runs.
struct HeadlessStart {
    std::string command; ///< "run", "console" or "batch"
    std::vector<std::string> files;
    bool quiet = false;
    bool json = false;
};

struct PythonLaunch {
    /// What sys.executable and multiprocessing name; empty where CPython shall find out, as python3 does.
    std::string executable;
    /// The folder that holds the package; it comes first on sys.path, after the script's own.
    std::string packageFolder;
    /// argv[0] and what would follow `python` on a command line.
    std::vector<std::string> arguments;
    /// A command of Tintype's, with text in UTF-8 whatever the locale says; nothing for plain CPython.
    std::optional<HeadlessStart> headless;
};

/// Initialises Python with its own signal handlers, runs what the arguments say, finalises Python. Returns the exit code;
/// may be called once in a process.
int runPython(const PythonLaunch& launch);

} // namespace tintype
