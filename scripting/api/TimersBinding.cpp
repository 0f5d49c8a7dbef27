// Python functions that are called later, and how a program without a window ends with them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonText.h"

namespace py = pybind11;

namespace tintype {

namespace {

constexpr std::chrono::milliseconds BETWEEN_SIGNALS{50};
constexpr int END_MS = 2000;

TimerPtr startTimer(const Host& host, double seconds, bool repeats, const py::object& function, const std::string& title) {
    PyCallable callable(function.ptr());
    return withoutGil([&] {
        Timers& timers = host.python().timers();
        return repeats ? timers.callEvery(seconds, std::move(callable), title)
                       : timers.callLater(seconds, std::move(callable), title);
    });
}

void bindTimer(py::module_& module) {
    py::class_<Timer, TimerPtr> timer(module, "Timer", "A call to come, or several; tt.timers makes them.");
    timer.attr("__module__") = "tintype";
    // GIL: releases it, since what the function holds may be given up.
    timer.def(
        "cancel", [](Timer& self) { withoutGil([&] { self.cancel(); }); },
        "Begin no further call; one that runs goes on. Harmless when there is none to come.");
    // GIL: these keep it, instant.
    timer.def_property_readonly("active", &Timer::isActive, "Whether a call is still to come, or runs.");
    timer.def_property_readonly("seconds", &Timer::seconds, "The time before the call, or between calls, in seconds.");
    timer.def_property_readonly("repeats", &Timer::repeats, "Whether the function is called again and again.");
    timer.def("__repr__", [](const Timer& self) {
        return std::string("<timer ") + (self.repeats() ? "every " : "in ") +
               textFrom(py::repr(py::float_(self.seconds()))) + " s, " +
               (self.isActive() ? "active>" : "over>");
    });
}

/// Waits as `python3` waits for threads: what ends by itself is waited for, and Ctrl+C ends the wait.
void waitForCallbacks(const Host& host) {
    if (host.isForked())
        return;
    const OwnerPtr& owner = host.python().processOwner();
    while (!withoutGil([&] { return owner->waitUntilNothingEnds(BETWEEN_SIGNALS); }))
        if (PyErr_CheckSignals() != 0)
            throw py::error_already_set();
}

/// False when a callback could not be stopped; Python must not be finalised then.
bool endCallbacks(const Host& host) {
    if (host.isForked())
        return true;
    return withoutGil([&] { return host.python().endThreads() && PyCallable::endAll(END_MS); });
}

} // namespace

void bindTimers(py::module_& module, const Host& host) {
    bindTimer(module);
    // GIL: these release it.
    module.def(
        "start_timer",
        [&host](double seconds, bool repeats, const py::object& function, const std::string& title) {
            return startTimer(host, seconds, repeats, function, title);
        },
        py::arg("seconds"), py::arg("repeats"), py::arg("function"), py::arg("title"));
    module.def("wait_for_callbacks", [&host] { waitForCallbacks(host); });
    module.def("end_callbacks", [&host] { return endCallbacks(host); });
}

} // namespace tintype
