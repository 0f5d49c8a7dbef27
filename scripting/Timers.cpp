// Calls Python functions later, once or again and again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "core/recipe/Value.h"
#include "scripting/PythonRuntime.h"
#include "scripting/Timers.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace py = pybind11;

namespace tintype {

TimerPtr Timers::callLater(double seconds, PyCallable function, const std::string& title) {
    return start(seconds, false, std::move(function), title);
}

TimerPtr Timers::callEvery(double seconds, PyCallable function, const std::string& title) {
    return start(seconds, true, std::move(function), title);
}

TimerPtr Timers::start(double seconds, bool repeats, PyCallable function, const std::string& title) {
    // Written so that it refuses nan as well.
    if (!(seconds >= (repeats ? LEAST_BEAT : 0.0) && seconds <= MOST_SECONDS)) {
        const std::string least = repeats ? "call_every: seconds must be " + Value(LEAST_BEAT).toText()
                                          : std::string("call_later: seconds must be 0");
        throw Error(ErrorCode::Parameter, least + " to " + std::to_string(std::int64_t(MOST_SECONDS)) + ", not " +
                                              Value(seconds).toText());
    }
    const auto timer = std::make_shared<Timer>(m_runtime, seconds, repeats, std::move(function), title);
    timer->begin();
    return timer;
}

Timer::Timer(PythonRuntime& runtime, double seconds, bool repeats, PyCallable function, std::string title)
    : m_runtime(runtime), m_seconds(seconds), m_repeats(repeats), m_title(std::move(title)),
      m_function(std::move(function)) {}

void Timer::begin() {
    const auto kind = m_repeats ? Owner::Kind::RepeatingTimer : Owner::Kind::Timer;
    const OwnerPtr owner = m_runtime.ownerOf(m_function.context());
    Owner::Membership membership = owner->add(kind, [weak = weak_from_this()] {
        if (const TimerPtr timer = weak.lock())
            timer->cancel();
    }, m_title);
    {
        std::lock_guard lock(m_mutex);
        if (!m_active)
            return;
        m_membership = std::move(membership);
    }
    schedule();
}

void Timer::schedule() {
    std::lock_guard lock(m_mutex);
    if (!m_active)
        return;
    const double passed = std::chrono::duration<double>(Clock::now() - m_made).count();
    const double beat = m_repeats ? std::max(1.0, std::floor(passed / m_seconds) + 1) * m_seconds : m_seconds;
    const auto due = m_made + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(beat));
    m_deadline = m_runtime.deadlines().post(due, [self = shared_from_this()] { self->fire(); });
}

void Timer::fire() {
    PyCallable function;
    {
        std::lock_guard lock(m_mutex);
        if (!m_active)
            return;
        function = m_function;
    }
    const auto call = [self = shared_from_this()](PyObject* called) {
        if (self->isActive())
            py::reinterpret_borrow<py::object>(called)();
    };
    const auto ended = [self = shared_from_this()](const Error* error) { self->ended(!error); };
    if (!m_runtime.callbacks().run({m_title, function, call, ended}))
        cancel();
}

void Timer::ended(bool wentWell) {
    if (m_repeats && wentWell)
        schedule();
    else
        cancel();
}

void Timer::cancel() {
    // Both outlive the lock: what they hold may call back when it goes.
    PyCallable function;
    Owner::Membership membership;
    std::uint64_t deadline = 0;
    {
        std::lock_guard lock(m_mutex);
        m_active = false;
        function = std::move(m_function);
        m_function = {};
        membership = std::move(m_membership);
        deadline = m_deadline;
    }
    if (deadline)
        m_runtime.deadlines().cancel(deadline);
}

bool Timer::isActive() const {
    std::lock_guard lock(m_mutex);
    return m_active;
}

} // namespace tintype
