// Starts and ends the one Python interpreter of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

namespace tintype {

struct Workbench;
class WindowBridge;

struct InterpreterSettings {
    std::string pythonProgram; ///< bin/tintype-python: what sys.executable and multiprocessing name
    std::string packageFolder; ///< holds the package `tintype`
};

/// Made on the GUI thread, which from then on owns the interpreter but never takes the GIL: the constructor releases it,
/// and the GIL guard aborts the program when it is called there. Everything Python runs on PythonThreads.
class Interpreter {
public:
    /// Throws Error(Internal) with Python's reason.
    Interpreter(const InterpreterSettings& settings, Workbench& workbench, WindowBridge& window);
    /// All PythonThreads must have ended. Finalises Python unless `leave` did.
    ~Interpreter();
    Interpreter(const Interpreter&) = delete;

    /// Runs Python's atexit handlers, on a thread of its own and at most `milliseconds` long, and flushes the streams. The
    /// caller leaves with `_exit` afterwards. False when it took too long.
    bool runExitHandlers(int milliseconds);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace tintype
