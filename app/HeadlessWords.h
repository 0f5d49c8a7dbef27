// Reads the words behind `tintype run` and `tintype console`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tintype {

/// What both commands understand.
struct HeadlessOptions {
    std::vector<std::string> files; ///< pictures and at most one project, opened before anything runs
    bool quiet = false;             ///< no progress, and no greeting of the console
    bool noAddons = false;          ///< and none in the processes that it starts
    bool json = false;              ///< what goes to the standard error is lines of JSON
};

/// A script without a window; what would follow `python` on a command line.
struct RunScript {
    HeadlessOptions options;
    std::vector<std::string> arguments;
};

/// A console on the terminal.
struct OpenConsole {
    HeadlessOptions options;
};

/// The options come before the script: whatever follows it belongs to it. Throws UsageError.
RunScript readRunWords(std::vector<std::string> words);
/// Options and files in any order. Throws UsageError.
OpenConsole readConsoleWords(const std::vector<std::string>& words);
/// Whether the words behind `run` or `console` ask for lines of JSON, also where something else is wrong with them.
bool askForJson(const std::string& command, const std::vector<std::string>& words);

} // namespace tintype
