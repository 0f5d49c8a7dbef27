// Stops evaluations by the script's token and by signals.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Compute.h"

#include "scripting/ScriptContext.h"

#include <chrono>
#include <thread>

#include <unistd.h>

namespace py = pybind11;

namespace tintype {

/// Python's signal handlers run on its main thread, between its own instructions only; so that thread asks now and then.
struct CallWatch::Signals {
    const std::thread::id thread = std::this_thread::get_id();
    std::chrono::steady_clock::time_point last = std::chrono::steady_clock::now();
    PyObject* type = nullptr;
    PyObject* value = nullptr;
    PyObject* traceback = nullptr;

    ~Signals() {
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(traceback);
    }

    void look(CancelToken& token) {
        const auto now = std::chrono::steady_clock::now();
        if (type || std::this_thread::get_id() != thread || now - last < std::chrono::milliseconds(50))
            return;
        last = now;
        const GilAcquire gil;
        if (PyErr_CheckSignals() == 0)
            return;
        PyErr_Fetch(&type, &value, &traceback);
        token.cancel();
    }
};

CallWatch::CallWatch() {
    if (const auto context = ScriptContext::current())
        m_stop = context->token().onCancel([token = m_watch.token]() mutable { token.cancel(); });
    if (getpid() != gettid())
        return;
    m_signals = std::make_shared<Signals>();
    m_watch.progress = [signals = m_signals.get(), token = m_watch.token](double) mutable { signals->look(token); };
}

void CallWatch::raiseSignal() {
    if (!m_signals || !m_signals->type)
        return;
    PyErr_Restore(m_signals->type, m_signals->value, m_signals->traceback);
    m_signals->type = m_signals->value = m_signals->traceback = nullptr;
    throw py::error_already_set();
}

} // namespace tintype
