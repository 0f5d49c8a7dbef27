// Runs CPython on the main thread as the plain python3 would, with the package tintype importable.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tintype {

struct PythonLaunch {
    /// What sys.executable and multiprocessing name; empty where CPython shall find out, as python3 does.
    std::string executable;
    /// The folder that holds the package; it comes first on sys.path, after the script's own.
    std::string packageFolder;
    /// argv[0] and what would follow `python` on a command line.
    std::vector<std::string> arguments;
    /// Text is UTF-8 whatever the locale says; otherwise CPython decides.
    bool utf8 = false;
};

/// Initialises Python with its own signal handlers, runs what the arguments say, finalises Python. Returns the exit code;
/// may be called once in a process.
int runPython(const PythonLaunch& launch);

} // namespace tintype
