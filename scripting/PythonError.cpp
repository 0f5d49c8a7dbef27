// Turns a Python exception into the Error that core understands.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/PythonError.h"

namespace py = pybind11;

namespace tintype {

namespace {

bool isCancelled(const py::error_already_set& error) {
    if (error.matches(PyExc_KeyboardInterrupt))
        return true;
    const py::object modules = py::module_::import("sys").attr("modules");
    const py::object module = modules.attr("get")("tintype._tintype");
    // Not there yet while the package is being imported.
    return py::hasattr(module, "Cancelled") && error.matches(module.attr("Cancelled"));
}

} // namespace

Error errorFromPython(const py::error_already_set& error) {
    if (isCancelled(error))
        return Error(ErrorCode::Cancelled, "Stopped.");
    const auto traceback = py::module_::import("traceback");
    const py::object trace = error.trace() ? error.trace() : py::none();
    const auto joined = [](const py::object& lines) { return py::str("").attr("join")(lines).cast<std::string>(); };
    std::string lastLine = joined(traceback.attr("format_exception_only")(error.type(), error.value()));
    while (!lastLine.empty() && lastLine.back() == '\n')
        lastLine.pop_back();
    return Error(ErrorCode::Operation,
                 lastLine + "\n" + joined(traceback.attr("format_exception")(error.type(), error.value(), trace)));
}

} // namespace tintype
