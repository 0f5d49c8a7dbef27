// What the program hands to the window's module, lib/libtintype_window.so, which it loads only when a window is wanted.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tintype {

struct WindowRequest {
    std::vector<std::string> files; ///< pictures, projects (.tint) and scripts (.py, opened in the editor), as they were typed
    std::string script;             ///< runs in the window, once the files are open; empty for none
    std::string programFolder;      ///< where the program lies: bin/
};

} // namespace tintype

/// Opens the window and runs it until it is closed. `argc` and `argv` are for Qt's own options (-style, -platform); the
/// program's are in the request. Does not return once the window was open: it leaves with `_exit`, since a Python thread
/// that wakes after Python's end would abort the process. Returns the exit code when there is no window to open.
extern "C" int tintypeWindowMain(int argc, char** argv, const tintype::WindowRequest* request);

/// The function's type, for dlsym(library, "tintypeWindowMain").
using TintypeWindowMain = int (*)(int argc, char** argv, const tintype::WindowRequest* request);
