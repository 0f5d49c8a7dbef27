// Exceptions between Python and C++, in both directions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/PythonError.h"

#include "scripting/ErrorTable.h"
#include "scripting/Gil.h"
#include "scripting/PythonText.h"
#include "scripting/ScriptContext.h"

#include <algorithm>

namespace py = pybind11;

namespace tintype {

namespace {

/// Classes and C++ objects are looked up each time: errors are rare, and references kept here would outlive the interpreter.
py::object classNamed(const char* name) {
    const py::object modules = py::module_::import("sys").attr("modules");
    const py::object module = modules.attr("get")("tintype._tintype");
    // Not there yet while the package is being imported.
    return py::hasattr(module, name) ? py::object(module.attr(name)) : py::object();
}

bool isOneOf(const py::handle& type, std::initializer_list<PyObject*> classes) {
    return std::ranges::any_of(classes, [&](PyObject* known) { return PyErr_GivenExceptionMatches(type.ptr(), known); });
}

/// What ends a program must not become an error that code expects and handles.
bool comesBackAsItWas(const py::handle& type) {
    return isOneOf(type, {PyExc_KeyboardInterrupt, PyExc_SystemExit, PyExc_GeneratorExit, PyExc_MemoryError});
}

ErrorCode codeOf(const py::handle& type) {
    if (isOneOf(type, {PyExc_KeyboardInterrupt}))
        return ErrorCode::Cancelled;
    for (const ErrorRow& row : errorTable())
        if (const py::object known = classNamed(row.name); known && PyErr_GivenExceptionMatches(type.ptr(), known.ptr()))
            return row.code;
    const py::module_ builtins = py::module_::import("builtins");
    for (const ErrorRow& row : errorTable())
        if (row.builtin && PyErr_GivenExceptionMatches(type.ptr(), builtins.attr(row.builtin).ptr()))
            return row.code;
    return ErrorCode::Operation;
}

std::string textOf(const py::handle& exception) {
    const auto text = py::reinterpret_steal<py::object>(PyObject_Str(exception.ptr()));
    if (text)
        return textFrom(text);
    PyErr_Clear();
    return "an exception that cannot say what it is";
}

/// The last line of the traceback, then the traceback.
std::string messageOf(const py::object& type, const py::object& value, const py::object& trace) {
    try {
        const auto traceback = py::module_::import("traceback");
        const auto joined = [](const py::object& lines) { return textFrom(py::str("").attr("join")(lines)); };
        std::string lastLine = joined(traceback.attr("format_exception_only")(type, value));
        while (!lastLine.empty() && lastLine.back() == '\n')
            lastLine.pop_back();
        return lastLine + "\n" + joined(traceback.attr("format_exception")(type, value, trace));
    } catch (const py::error_already_set&) {
        // Classes can be so odd that Python itself cannot print them.
        return std::string(Py_TYPE(value.ptr())->tp_name) + ": " + textOf(value);
    }
}

void raise(const Error& error) {
    const py::object type = classNamed(errorRow(error.code()).name);
    PyErr_SetObject(type ? type.ptr() : PyExc_RuntimeError, pythonText(error.what()).ptr());
}

void raiseAgain(const PythonRaised& error) {
    PyObject* const original = error.exception();
    const py::handle originalType(reinterpret_cast<PyObject*>(Py_TYPE(original)));
    const py::object type = classNamed(errorRow(error.code()).name);
    if (!type || comesBackAsItWas(originalType)) {
        PyErr_SetObject(originalType.ptr(), original);
        return;
    }
    const py::object made = type(pythonText(error.plainMessage()));
    PyException_SetCause(made.ptr(), Py_NewRef(original));
    PyErr_SetObject(type.ptr(), made.ptr());
}

void noteStop(const Error& error) {
    const auto context = ScriptContext::current();
    if (error.code() != ErrorCode::Cancelled || !context)
        return;
    context->noteStopMet();
    clearRaisedHere();
}

} // namespace

PythonRaised::PythonRaised(ErrorCode code, const std::string& message, const std::string& plain, PyObject* exception)
    : Error(code, message), m_plain(plain), m_exception(exception, dropReference) {}

PythonRaised errorFromPython(const py::error_already_set& error) {
    const py::object value = error.value() ? error.value() : py::none();
    const py::object trace = error.trace() ? error.trace() : py::none();
    // A traceback belongs to what was raised; Python sets it only where the exception is caught by Python.
    if (!trace.is_none())
        PyException_SetTraceback(value.ptr(), trace.ptr());
    return errorFromException(value.ptr());
}

PythonRaised errorFromException(PyObject* exception) {
    const auto value = py::reinterpret_borrow<py::object>(exception);
    const py::object type = py::type::of(value);
    const auto trace = py::reinterpret_steal<py::object>(PyExceptionInstance_Check(exception) ? PyException_GetTraceback(exception) : nullptr);
    const ErrorCode code = codeOf(type);
    const std::string message = code == ErrorCode::Cancelled ? "Stopped." : messageOf(type, value, trace ? trace : py::object(py::none()));
    return PythonRaised(code, message, textOf(value), Py_NewRef(exception));
}

void setPythonError() {
    try {
        throw;
    } catch (py::error_already_set& error) {
        error.restore();
    } catch (const py::builtin_exception& error) {
        error.set_error();
    } catch (const PythonRaised& error) {
        noteStop(error);
        raiseAgain(error);
    } catch (const Error& error) {
        noteStop(error);
        raise(error);
    } catch (const std::bad_alloc&) {
        PyErr_NoMemory();
    } catch (const std::exception& error) {
        PyErr_SetObject(PyExc_RuntimeError, pythonText(error.what()).ptr());
    }
}

} // namespace tintype
