// A Python function that is told of events, one after the other, or asked, on the callback pool.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Handler.h"

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/PythonRun.h"
#include "scripting/PythonRuntime.h"

#include <algorithm>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

Handler::Reference shared(PyObject* object) {
    return sharedReference(py::reinterpret_borrow<py::object>(object));
}

/// Whoever has asked the question need not wait for an answer that nobody will give. With the GIL.
void endUnanswered(const Handler::Reference& question, const Error& error) {
    try {
        referenced(question).attr("end_unanswered")(error.what());
    } catch (py::error_already_set& raised) {
        raised.discard_as_unraisable("a question that ends");
    }
}

} // namespace

HandlerPtr Handler::make(PythonRuntime& runtime, PyObject* function, std::string event, std::string title) {
    const auto handler = std::make_shared<Handler>(runtime, function, std::move(event), std::move(title));
    const OwnerPtr owner = runtime.ownerOf(handler->m_callable.context());
    Owner::Membership membership = owner->add(Owner::Kind::Handler, [weak = std::weak_ptr(handler)] {
        if (const HandlerPtr vanishes = weak.lock())
            vanishes->release();
    }, handler->m_title);
    std::lock_guard lock(handler->m_mutex);
    if (handler->m_callable)
        handler->m_membership = std::move(membership);
    return handler;
}

Handler::Handler(PythonRuntime& runtime, PyObject* function, std::string event, std::string title)
    : m_runtime(runtime), m_event(std::move(event)), m_title(std::move(title)), m_callable(function),
      m_function(shared(function)) {}

bool Handler::isActive() const {
    std::lock_guard lock(m_mutex);
    return bool(m_callable);
}

Handler::Reference Handler::function() const {
    std::lock_guard lock(m_mutex);
    return m_function;
}

PyCallable Handler::callable() const {
    std::lock_guard lock(m_mutex);
    return m_callable;
}

void Handler::push(PyObject* object, std::optional<std::string> key) {
    // Both outlive the lock: a destructor may tell of an event.
    Reference event = shared(object);
    Reference dropped;
    {
        std::lock_guard lock(m_mutex);
        if (!m_callable)
            return;
        const auto known = !key ? m_waiting.end() : std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Waiting& waiting) {
            return waiting.key == key;
        });
        if (known != m_waiting.end()) {
            dropped = std::exchange(known->event, std::move(event));
            return;
        }
        m_waiting.push_back({std::move(event), std::move(key)});
        if (m_waiting.size() > MOST_WAITING) {
            dropped = std::move(m_waiting.front().event);
            m_waiting.pop_front();
            ++m_leftOut;
        }
        if (std::exchange(m_runs, true))
            return;
    }
    const GilRelease release;
    postTurn();
}

void Handler::postTurn() {
    const auto call = [self = shared_from_this()](PyObject* function) { self->takeTurn(function); };
    const auto ended = [self = shared_from_this()](const Error*) { self->endTurn(); };
    const PyCallable function = callable();
    if (function && m_runtime.callbacks().run({m_title, function, call, ended}))
        return;
    // What waits is told with the next event.
    std::lock_guard lock(m_mutex);
    m_runs = false;
}

void Handler::takeTurn(PyObject* function) {
    Waiting next;
    std::size_t leftOut = 0;
    {
        std::lock_guard lock(m_mutex);
        if (m_waiting.empty())
            return;
        next = std::move(m_waiting.front());
        m_waiting.pop_front();
        leftOut = std::exchange(m_leftOut, 0);
    }
    if (leftOut)
        py::print(m_title + " is too slow: " + std::to_string(leftOut) + " events were left out");
    py::reinterpret_borrow<py::object>(function)(referenced(next.event));
}

void Handler::endTurn() {
    {
        std::lock_guard lock(m_mutex);
        m_runs = !m_waiting.empty();
        if (!m_runs)
            return;
    }
    const GilRelease release;
    postTurn();
}

bool Handler::ask(PyObject* object) {
    const Reference question = shared(object);
    const auto call = [question](PyObject* function) { referenced(question).attr("put_to")(py::handle(function)); };
    const auto ended = [question](const Error* error) {
        if (error)
            endUnanswered(question, *error);
    };
    const PyCallable function = callable();
    const GilRelease release;
    return function && m_runtime.callbacks().run({m_title, function, call, ended});
}

void Handler::release() {
    // All of them outlive the lock: what they hold may call back when it goes.
    PyCallable callable;
    Reference function;
    std::deque<Waiting> waiting;
    Owner::Membership membership;
    {
        std::lock_guard lock(m_mutex);
        m_callable.disconnect();
        std::swap(callable, m_callable);
        function.swap(m_function);
        waiting.swap(m_waiting);
        membership = std::move(m_membership);
    }
}

} // namespace tintype
