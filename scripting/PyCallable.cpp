// A Python function that any C++ thread may call, copy and drop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonError.h"
#include "scripting/ScriptContext.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

namespace py = pybind11;

namespace tintype {

namespace {

/// Counts the threads that are inside Python from outside, so that finalising can wait for them. One for the one
/// interpreter, and never destroyed, because threads may come until the last moment.
class Visits {
public:
    static Visits& all() {
        static auto* const visits = new Visits;
        return *visits;
    }
    bool enter() {
        std::lock_guard lock(m_mutex);
        if (m_ended)
            return false;
        ++m_count;
        return true;
    }
    void leave() {
        std::lock_guard lock(m_mutex);
        if (--m_count == 0)
            m_left.notify_all();
    }
    bool end(int milliseconds) {
        std::unique_lock lock(m_mutex);
        m_ended = true;
        return m_left.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return m_count == 0; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_left;
    int m_count = 0;
    bool m_ended = false;
};

class Visit {
public:
    Visit() : m_entered(Visits::all().enter()) {}
    ~Visit() {
        if (m_entered)
            Visits::all().leave();
    }
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    explicit operator bool() const { return m_entered; }

private:
    bool m_entered;
};

/// The PyThreadState of a thread that Python did not know; lives as long as the thread.
class VisitorState {
public:
    void make() { m_state = PyThreadState_New(PyInterpreterState_Main()); }
    ~VisitorState() {
        Visit visit;
        if (!m_state || !visit)
            return;
        PyEval_RestoreThread(m_state);
        PyThreadState_Clear(m_state);
        PyThreadState_DeleteCurrent();
    }

private:
    PyThreadState* m_state = nullptr;
};

void makeThreadKnown() {
    checkThreadMayTakeGil();
    thread_local VisitorState state;
    if (!PyGILState_GetThisThreadState())
        state.make();
}

} // namespace

struct PyCallable::State {
    PyObject* function;
    std::shared_ptr<ScriptContext> context;
    std::atomic<bool> connected = true;

    ~State() { dropReference(function); }
};

PyCallable::PyCallable(PyObject* function) : m_state(new State{function, ScriptContext::current()}) {
    Py_INCREF(function);
}

void PyCallable::call(const std::function<void(PyObject*)>& body) const {
    const std::shared_ptr<State> state = m_state;
    if (!state)
        throw Error(ErrorCode::Internal, "A Python function was called that was never set.");
    Visit visit;
    if (!visit || !state->connected)
        throw Error(ErrorCode::Cancelled, "The Python function is gone: its add-on was switched off, or Python is ending.");
    makeThreadKnown();
    GilAcquire acquire;
    const bool nested = ScriptContext::current() == state->context;
    ScriptContext::Scope scope(state->context);
    try {
        body(state->function);
    } catch (const py::error_already_set& error) {
        if (!nested)
            clearRaisedHere();
        throw errorFromPython(error);
    }
    // A stop that came too late must not land in the next function that this thread calls.
    if (!nested)
        clearRaisedHere();
}

void PyCallable::call() const {
    call([](PyObject* function) { py::reinterpret_borrow<py::object>(function)(); });
}

void PyCallable::disconnect() {
    if (m_state)
        m_state->connected = false;
}

bool PyCallable::endAll(int milliseconds) {
    return Visits::all().end(milliseconds);
}

} // namespace tintype
