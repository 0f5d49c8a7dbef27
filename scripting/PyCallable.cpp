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
        // In this order, so that either end() sees this visitor or the visitor sees the end.
        ++m_count;
        if (!m_ended)
            return true;
        leave();
        return false;
    }
    void leave() {
        if (--m_count > 0 || !m_ended)
            return;
        std::lock_guard lock(m_mutex);
        m_left.notify_all();
    }
    bool end(int milliseconds) {
        m_ended = true;
        std::unique_lock lock(m_mutex);
        return m_left.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return m_count == 0; });
    }

private:
    std::atomic<int> m_count = 0;
    std::atomic<bool> m_ended = false;
    std::mutex m_mutex;
    std::condition_variable m_left;
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
    bool isMade() const { return m_state != nullptr; }
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

/// Calls under way on a thread that is in Python because of them only.
thread_local int visitorCalls = 0;

/// Gives the thread its PyThreadState where it has none; true on a thread that Python did not know.
bool makeThreadKnown() {
    checkThreadMayTakeGil();
    thread_local VisitorState state;
    if (!PyGILState_GetThisThreadState())
        state.make();
    return state.isMade();
}

/// Takes back a stop that came too late: it must not land in the next function that this thread calls. Made and
/// destroyed with the GIL.
class LateStops {
public:
    explicit LateStops(bool isMine) : m_isMine(isMine) { ++visitorCalls; }
    ~LateStops() {
        --visitorCalls;
        if (m_isMine)
            clearRaisedHere();
    }
    LateStops(const LateStops&) = delete;

private:
    const bool m_isMine;
};

[[noreturn]] void throwGone() {
    throw Error(ErrorCode::Cancelled, "The Python function is gone: its add-on was switched off, or Python is ending.");
}

/// No Python exception leaves: the caller could not even destroy it without the GIL.
[[noreturn]] void throwAsError(const py::error_already_set& raised) {
    try {
        throw errorFromPython(raised);
    } catch (const py::error_already_set&) {
        throw Error(ErrorCode::Cancelled, "Stopped while an error was written down.");
    }
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
    callIn(context(), body);
}

void PyCallable::callIn(const std::shared_ptr<ScriptContext>& context, const std::function<void(PyObject*)>& body) const {
    const std::shared_ptr<State> state = m_state;
    if (!state)
        throw Error(ErrorCode::Internal, "A Python function was called that was never set.");
    Visit visit;
    if (!visit || !state->connected)
        throwGone();
    const bool isVisitor = makeThreadKnown();
    const GilAcquire acquire;
    // It may have been switched off while this thread waited for the GIL.
    if (!state->connected)
        throwGone();
    // Within the code that it belongs to, a stop is that code's own.
    const LateStops lateStops(ScriptContext::current() != context || (isVisitor && visitorCalls == 0));
    const ScriptContext::Scope scope(context);
    try {
        body(state->function);
    } catch (const py::error_already_set& error) {
        throwAsError(error);
    } catch (const py::builtin_exception& error) {
        // What pybind11 throws of its own, when a result has another type for example.
        throw Error(ErrorCode::Operation, error.what());
    }
}

void PyCallable::call() const {
    call([](PyObject* function) { py::reinterpret_borrow<py::object>(function)(); });
}

const std::shared_ptr<ScriptContext>& PyCallable::context() const {
    static const std::shared_ptr<ScriptContext> none;
    return m_state ? m_state->context : none;
}

bool PyCallable::isConnected() const {
    return m_state && m_state->connected;
}

void PyCallable::disconnect() {
    if (m_state)
        m_state->connected = false;
}

bool PyCallable::endAll(int milliseconds) {
    return Visits::all().end(milliseconds);
}

} // namespace tintype
