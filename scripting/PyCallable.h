// A Python function that any C++ thread may call, copy and drop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

struct _object; // CPython's PyObject

namespace tintype {

class ScriptContext;

/// Problem: threads of libvips, of Qt and of the standard library are unknown to Python. A PyThreadState made for every
/// call is slow and loses threading.local; one that is freed while Python finalises ends the program; and a reference may
/// only be given up with the GIL, which the destructor's thread may be forbidden to take.
///
/// So each such thread keeps one PyThreadState, freed when the thread ends, or not at all once Python is ending. Copying,
/// moving and destroying need no GIL; the reference is given up soon after the last copy. The function runs in the context
/// (output, stop, `__main__`) of the code that made this object.
class PyCallable {
public:
    PyCallable() = default;
    /// With the GIL; takes a reference of its own.
    explicit PyCallable(_object* function);

    explicit operator bool() const { return m_state != nullptr; }

    /// Takes the GIL and calls `body` with the function; any thread but the GUI thread, and without locks that Python
    /// code might want. A Python exception becomes the PythonRaised that the table of errors says, with its traceback.
    /// Error(Cancelled) as well after disconnect() and when Python is ending.
    void call(const std::function<void(_object* function)>& body) const;
    /// Calls the function without arguments.
    void call() const;
    /// The same in another context than its own.
    void callIn(const std::shared_ptr<ScriptContext>& context, const std::function<void(_object* function)>& body) const;
    /// The context of the code that made this object; null outside the window.
    const std::shared_ptr<ScriptContext>& context() const;
    bool isConnected() const;
    /// Makes this object and its copies inert, also for calls that wait for the GIL; those under way go on. Any thread.
    void disconnect();

    /// From now on all calls are refused; waits for those under way, without the GIL. False when they took too long. Must
    /// come before Python is finalised.
    static bool endAll(int milliseconds);

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace tintype
