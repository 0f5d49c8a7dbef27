// Text on its way from Python to C++ and back; none is lost because it is not proper Unicode.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/PythonText.h"

namespace py = pybind11;

namespace tintype {

std::string textFrom(PyObject* text) {
    Py_ssize_t size = 0;
    if (const char* const data = PyUnicode_AsUTF8AndSize(text, &size))
        return std::string(data, std::size_t(size));
    PyErr_Clear();
    const auto bytes =
        py::reinterpret_steal<py::object>(PyUnicode_AsEncodedString(text, "utf-8", "backslashreplace"));
    if (!bytes)
        throw py::error_already_set();
    return std::string(PyBytes_AS_STRING(bytes.ptr()), std::size_t(PyBytes_GET_SIZE(bytes.ptr())));
}

py::str pythonText(std::string_view text) {
    PyObject* const made = PyUnicode_DecodeUTF8(text.data(), Py_ssize_t(text.size()), "backslashreplace");
    if (!made)
        throw py::error_already_set();
    return py::reinterpret_steal<py::str>(made);
}

} // namespace tintype
