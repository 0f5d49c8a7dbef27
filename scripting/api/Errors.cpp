// The one table from core's error codes to Python's exceptions.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Errors.h"

#include "scripting/Gil.h"
#include "scripting/ScriptContext.h"

namespace py = pybind11;

namespace tintype {

namespace {

struct ExceptionClass {
    const char* name;
    PyObject* builtin; ///< the built-in class that it is as well; null for none
    const char* doc;
};

/// The classes that are tt.Error, too. Those that are a built-in as well are caught by code that does not know tintype.
const ExceptionClass* exceptionClass(ErrorCode code) {
    static const ExceptionClass operation{"OperationError", nullptr, "An operation could not be done on this image."};
    static const ExceptionClass parameter{
        "ParameterError", PyExc_ValueError,
        "A parameter has a wrong type or value, or a name that does not exist; a ValueError as well."};
    static const ExceptionClass file{"FileError", PyExc_OSError,
                                     "A file could not be read or written; an OSError as well."};
    static const ExceptionClass recipe{"RecipeError", nullptr,
                                       "A recipe cannot be written down, read, or used on these images."};
    static const ExceptionClass notFound{"NotFoundError", PyExc_KeyError,
                                         "No image, operation or other thing of that name; a KeyError as well."};
    static const ExceptionClass noWindow{"NoWindowError", nullptr, "Asked for something that only the window has."};
    switch (code) {
    case ErrorCode::Operation: return &operation;
    case ErrorCode::Parameter: return &parameter;
    case ErrorCode::File: return &file;
    case ErrorCode::Recipe: return &recipe;
    case ErrorCode::NotFound: return &notFound;
    case ErrorCode::NoWindow: return &noWindow;
    case ErrorCode::Cancelled:
    case ErrorCode::Internal: return nullptr;
    }
    return nullptr;
}

constexpr ErrorCode CODES[] = {ErrorCode::Operation, ErrorCode::Parameter, ErrorCode::File,
                               ErrorCode::Recipe,    ErrorCode::NotFound,  ErrorCode::NoWindow};

const char* exceptionName(ErrorCode code) {
    if (code == ErrorCode::Cancelled)
        return "Cancelled";
    const ExceptionClass* known = exceptionClass(code);
    return known ? known->name : "Error";
}

py::object makeClass(py::module_& module, const char* name, const char* doc, const py::tuple& bases) {
    const std::string fullName = std::string("tintype.") + name;
    auto made = py::reinterpret_steal<py::object>(
        PyErr_NewExceptionWithDoc(fullName.c_str(), doc, bases.ptr(), nullptr));
    if (!made)
        throw py::error_already_set();
    module.attr(name) = made;
    return made;
}

void setError(const Error& error) {
    // Looked up each time: errors are rare, and a reference kept here would outlive the interpreter.
    const py::object type = py::module_::import("tintype._tintype").attr(exceptionName(error.code()));
    PyErr_SetObject(type.ptr(), py::str(error.what()).ptr());
}

void translate(std::exception_ptr exception) {
    try {
        if (exception)
            std::rethrow_exception(exception);
    } catch (const Error& error) {
        const auto context = ScriptContext::current();
        if (error.code() == ErrorCode::Cancelled && context) {
            context->noteStopMet();
            clearRaisedHere();
        }
        setError(error);
    }
}

} // namespace

void bindErrors(py::module_& module) {
    const py::object base = makeClass(module, "Error", "What went wrong in tintype; every other error is one of these.",
                                      py::make_tuple(py::handle(PyExc_Exception)));
    for (const ErrorCode code : CODES) {
        const ExceptionClass& known = *exceptionClass(code);
        const py::tuple bases =
            known.builtin ? py::make_tuple(base, py::handle(known.builtin)) : py::make_tuple(base);
        const py::object made = makeClass(module, known.name, known.doc, bases);
        // KeyError shows its message in quotes, as if it were a key.
        if (code == ErrorCode::NotFound)
            made.attr("__str__") = py::handle(PyExc_BaseException).attr("__str__");
    }
    makeClass(module, "UnknownOperationError", "No operation of that name; an AttributeError as well.",
              py::make_tuple(module.attr("NotFoundError"), py::handle(PyExc_AttributeError)));
    makeClass(module, "Cancelled",
              "The running code was stopped on purpose. A BaseException, so that `except Exception` does not hold it up.",
              py::make_tuple(py::handle(PyExc_BaseException)));
    py::register_local_exception_translator(translate);
}

void setPythonError() {
    try {
        throw;
    } catch (py::error_already_set& error) {
        error.restore();
    } catch (const py::builtin_exception& error) {
        error.set_error();
    } catch (const Error& error) {
        setError(error);
    } catch (const std::bad_alloc&) {
        PyErr_NoMemory();
    } catch (const std::exception& error) {
        PyErr_SetString(PyExc_RuntimeError, error.what());
    }
}

} // namespace tintype
