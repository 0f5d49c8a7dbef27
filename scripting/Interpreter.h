// Starts and ends the one Python interpreter of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDeadlineTimer>

#include <memory>
#include <string>

struct _ts;

namespace tintype {

class Events;
class PanelList;
class PythonRuntime;
struct Workbench;
class WindowBridge;

struct InterpreterSettings {
    std::string pythonProgram; ///< bin/tintype-python: what sys.executable and multiprocessing name
    std::string packageFolder; ///< holds the package `tintype`
};

/// Made on the GUI thread, which from then on owns the interpreter but never takes the GIL: the constructor releases it,
/// and the GIL guard aborts the program when it is called there. Everything Python runs on PythonThreads. One a process:
/// pybind11 does not survive a second one.
class Interpreter {
public:
    /// Throws Error(Internal) with Python's reason.
    Interpreter(const InterpreterSettings& settings, Workbench& workbench, WindowBridge& window);
    /// Finalises Python (a window has left with `_exit` before this). When a thread could not be stopped, Python is left as
    /// it is instead, since finalising under a running thread ends the program.
    ~Interpreter();
    Interpreter(const Interpreter&) = delete;

    /// The end of the program has begun: nobody but the exit handlers waits longer than until then for one of Python's threads.
    void limitWaiting(const QDeadlineTimer& deadline);
    /// Waits for the threads that scripts left behind, half the time at most, runs Python's atexit handlers, all on a
    /// thread of its own, and flushes the streams. The caller leaves with `_exit` afterwards. When it took too long, or there
    /// was no thread for it, false, and a line on the terminal that says so.
    bool runExitHandlers(const QDeadlineTimer& deadline);

    /// For the rest of the room.
    PythonRuntime& runtime() { return *m_runtime; }
    Events& events() { return *m_events; }
    PanelList& panels() { return *m_panels; }
    WindowBridge& window() { return m_window; }
    const std::string& pythonProgram() const { return m_pythonProgram; }

private:
    const std::string m_pythonProgram;
    WindowBridge& m_window;
    std::unique_ptr<PythonRuntime> m_runtime;
    std::unique_ptr<Events> m_events;
    std::unique_ptr<PanelList> m_panels;
    _ts* m_mainState = nullptr; ///< CPython's PyThreadState of the GUI thread
};

} // namespace tintype
