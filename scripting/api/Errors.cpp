// Makes the exception classes of the package, by the table of errors.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Errors.h"

#include "scripting/ErrorTable.h"
#include "scripting/PythonError.h"

namespace py = pybind11;

namespace tintype {

namespace {

py::object makeClass(py::module_& module, const char* name, const char* doc, const py::tuple& bases) {
    const std::string fullName = std::string("tintype.") + name;
    auto made = py::reinterpret_steal<py::object>(
        PyErr_NewExceptionWithDoc(fullName.c_str(), doc, bases.ptr(), nullptr));
    if (!made)
        throw py::error_already_set();
    module.attr(name) = made;
    return made;
}

void makeClass(py::module_& module, const ErrorRow& row, const py::object& base) {
    const py::object made =
        row.builtin ? makeClass(module, row.name, row.doc,
                                py::make_tuple(base, py::module_::import("builtins").attr(row.builtin)))
                    : makeClass(module, row.name, row.doc, py::make_tuple(base));
    // KeyError shows its message in quotes, as if it were a key.
    if (row.code == ErrorCode::NotFound)
        made.attr("__str__") = py::handle(PyExc_BaseException).attr("__str__");
}

} // namespace

void bindErrors(py::module_& module) {
    const ErrorRow& root = errorRow(ErrorCode::Internal);
    makeClass(module, root, py::handle(PyExc_Exception).cast<py::object>());
    for (const ErrorRow& row : errorTable()) {
        if (row.code == ErrorCode::Cancelled)
            makeClass(module, row, py::handle(PyExc_BaseException).cast<py::object>());
        else if (row.code != root.code)
            makeClass(module, row, module.attr(root.name));
    }
    makeClass(module, "UnknownOperationError", "No operation of that name; an AttributeError as well.",
              py::make_tuple(module.attr("NotFoundError"), py::handle(PyExc_AttributeError)));
    py::register_local_exception_translator([](std::exception_ptr exception) {
        try {
            if (exception)
                std::rethrow_exception(exception);
        } catch (const Error&) {
            setPythonError();
        }
    });
}

} // namespace tintype
