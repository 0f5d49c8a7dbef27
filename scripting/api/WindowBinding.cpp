// What scripts may ask of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

namespace py = pybind11;

namespace tintype {

namespace {

WindowBridge& windowOf(const Host& host) {
    if (!host.window())
        throw Error(ErrorCode::NoWindow, "There is no window");
    return *host.window();
}

} // namespace

void bindWindow(py::module_& module, const Host& host) {
    // GIL: keeps it, instant.
    module.def("has_window", [&host] { return host.window() != nullptr; });
    // GIL: these release it.
    module.def(
        "show_message", [&host](const std::string& text) { withoutGil([&] { windowOf(host).showMessage(text); }); },
        py::arg("text"));
    module.def(
        "show_image", [&host](const std::string& name) { withoutGil([&] { windowOf(host).showImage(name); }); },
        py::arg("name"));
    module.def(
        "ask",
        [&host](const std::string& question, const std::string& proposal) {
            return compute([&](const EvaluationWatch& watch) { return windowOf(host).ask(question, proposal, watch.token); });
        },
        py::arg("question"), py::arg("proposal"));
}

} // namespace tintype
