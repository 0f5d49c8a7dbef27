// What running code says of itself and asks about: progress, waiting, being stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Engine.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <algorithm>

namespace py = pybind11;

namespace tintype {

void bindRunning(py::module_& module, const Host&) {
    // GIL: these two keep it, instant.
    module.def("engine_threads", &engineThreads, "How many threads the engine works with on one image.");
    module.def("set_engine_threads", &setEngineThreads, py::arg("count"), "From the next evaluation on; for the whole process.");
    // GIL: keeps it, instant.
    module.def(
        "has_job", [] { return ScriptContext::current() != nullptr; },
        "Whether this thread runs a script or a console line of the window, which shows its progress.");
    // GIL: releases it, because watchers of the job are told.
    module.def(
        "report_progress",
        [](double fraction, const std::string& detail) {
            withoutGil([&] {
                const auto context = ScriptContext::current();
                if (!context)
                    return;
                context->job()->setDetail(detail);
                context->job()->setProgress(fraction);
            });
        },
        py::arg("fraction"), py::arg("detail"));
    // GIL: keeps it, instant.
    module.def(
        "check_cancelled",
        [] {
            if (PyErr_CheckSignals() != 0)
                throw py::error_already_set();
            if (const auto context = ScriptContext::current())
                context->token().check();
        },
        R"(Raise Cancelled when the running code was stopped; call it now and then in long loops of your own.

    >>> import tintype as tt
    >>> tt.check_cancelled()
)");
    // GIL: releases it. At most an hour at a time, the caller repeats.
    module.def(
        "wait_cancelled",
        [](double seconds) {
            withoutGil([&] {
                const auto context = ScriptContext::current();
                if (context && context->token().waitFor(int(std::min(seconds, 3600.0) * 1000)))
                    context->token().check();
            });
        },
        py::arg("seconds"));
}

} // namespace tintype
