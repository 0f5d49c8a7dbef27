// Reads the words behind `tintype` and says what they ask for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/HeadlessWords.h"

#include <string>
#include <variant>
#include <vector>

namespace tintype {

/// The window with these files and perhaps a script that runs in it.
struct ShowWindow {
    std::vector<std::string> files;
    std::string script;
    bool noAddons = false;
};

/// Plain CPython with the package importable.
struct RunPython {
    std::vector<std::string> arguments;
};

/// The same recipe or function on many files; the Python half reads the words.
struct RunBatch {
    std::vector<std::string> arguments;
};

/// The command of the Python half that reads the words itself: `addon`, or `pip`.
struct RunModule {
    std::string module;
    std::vector<std::string> arguments;
};

/// The catalogue, or one operation of it.
struct ShowOperations {
    std::string name;
    bool json = false;
    bool noAddons = false;
};

/// Help, the version or an error was printed; nothing is left but to leave.
struct Answered {
    int exitCode = 0;
};

using Request =
    std::variant<ShowWindow, RunScript, OpenConsole, RunPython, RunBatch, RunModule, ShowOperations, Answered>;

/// Prints help to the standard output and errors, which end with exit code 2, to the standard error.
Request readCommandLine(int argc, char** argv);

} // namespace tintype
