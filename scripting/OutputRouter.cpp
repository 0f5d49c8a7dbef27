// The C++ half of the runtime package: which script the calling thread belongs to, and where its text goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputRouter.h"

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/Owner.h"
#include "scripting/PythonText.h"
#include "scripting/ScriptContext.h"
#include "scripting/StoppableLocks.h"
#include "scripting/WindowBridge.h"

#include <pybind11/stl.h>

namespace py = pybind11;

namespace tintype {

namespace {

using ContextPtr = std::shared_ptr<ScriptContext>;
constexpr const char* START = "tintype.start";

/// A thread that a script starts, on its way from one thread to the other.
struct ThreadStart {
    ContextPtr context;
    bool isPassedBy; ///< Stop is not for it
    unsigned stopsRaised; ///< when it was asked for
};

bool write(int number, py::str text) {
    const ContextPtr context = ScriptContext::current();
    if (!context)
        return false;
    context->write(number == 2 ? OutputStream::Error : OutputStream::Out, textFrom(text));
    return true;
}

py::object identity() {
    const ContextPtr context = ScriptContext::current();
    if (!context || !context->identity())
        return py::none();
    return py::reinterpret_borrow<py::object>(static_cast<PyObject*>(context->identity().get()));
}

py::object beginThread(bool isPassedBy) {
    const ContextPtr context = ScriptContext::current();
    if (!context)
        return py::none();
    return py::capsule(new ThreadStart{context, isPassedBy, context->stopsRaised()}, START, [](PyObject* capsule) {
        delete static_cast<ThreadStart*>(PyCapsule_GetPointer(capsule, START));
    });
}

bool enterContext(PyObject* capsule) {
    auto* const start = static_cast<ThreadStart*>(PyCapsule_GetPointer(capsule, START));
    if (!start)
        return false;
    ScriptContext::enter(start->context);
    if (start->isPassedBy)
        start->context->passThisThreadBy();
    else if (start->context->stopsRaised() != start->stopsRaised)
        raiseInThread(PyThread_get_thread_ident(), cancelledType().ptr());
    return true;
}

/// Gives what was raised to `ended`; true when that was all.
bool isEnd(PyObject* ended, PyObject* function) {
    PyObject* type = nullptr;
    PyObject* error = nullptr;
    PyObject* trace = nullptr;
    PyErr_Fetch(&type, &error, &trace);
    PyErr_NormalizeException(&type, &error, &trace);
    PyObject* const answer = PyObject_CallFunctionObjArgs(ended, function, error, nullptr);
    if (answer != Py_True) {
        PyErr_Restore(type, error, trace);
        Py_XDECREF(answer);
        return false;
    }
    Py_DECREF(answer);
    Py_XDECREF(type);
    Py_XDECREF(error);
    Py_XDECREF(trace);
    return true;
}

/// run_in(start, function, args, kwargs, ended): the outermost call of a thread that a script has started. What the function
/// raises goes to ended(function, error), which says whether it was a stop. Written for CPython itself, without an object on
/// the stack: daemon threads are ended in the middle of a call when Python is finalised.
PyObject* runIn(PyObject*, PyObject* const* arguments, Py_ssize_t count) {
    if (count != 5) {
        PyErr_SetString(PyExc_TypeError, "run_in takes a start, a function, its arguments, its keywords and what ends it");
        return nullptr;
    }
    if (!enterContext(arguments[0]))
        return nullptr;
    PyObject* result = PyObject_Call(arguments[1], arguments[2], arguments[3]);
    if (!result && isEnd(arguments[4], arguments[1]))
        result = Py_NewRef(Py_None);
    ScriptContext::leave();
    return result;
}

/// CPython keeps it for as long as the module lives.
PyMethodDef runInMethods[] = {
    {"run_in", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(&runIn)), METH_FASTCALL, nullptr},
    {nullptr, nullptr, 0, nullptr}};

std::vector<unsigned long> threads() {
    const ContextPtr context = ScriptContext::current();
    return context ? context->threads() : std::vector<unsigned long>();
}

/// sys.unraisablehook. A stop that lands in a __del__ or in a callback of the garbage collector would be lost. Raised again
/// in Python code it would land in that, so this is C++.
void hookUnraisable(const py::object& args) {
    const py::object raised = args.attr("exc_type");
    const py::object stop = cancelledType();
    const bool isError = PyExceptionClass_Check(raised.ptr());
    if (ScriptContext::isCurrent() && isError && PyObject_IsSubclass(raised.ptr(), stop.ptr()) == 1)
        raiseInThread(PyThread_get_thread_ident(), stop.ptr());
    else
        py::module_::import("sys").attr("modules")["tintype_runtime.identity"].attr("show_unraisable")(args);
}

[[noreturn]] void raiseCancelled() {
    PyErr_SetNone(cancelledType().ptr());
    throw py::error_already_set();
}

/// Waits for as long as the calling script has handlers or timers. Stop ends it.
void listen() {
    const ContextPtr context = ScriptContext::current();
    if (!context || !context->owner())
        return;
    {
        const GilRelease release;
        context->owner()->waitUntilEmpty(context->token(), [&context](const std::string& contents) {
            context->job()->setDetail("Listening: " + contents);
        });
    }
    if (!context->token().isCancelled())
        return;
    context->noteStopMet();
    clearRaisedHere();
    raiseCancelled();
}

std::optional<std::string> ask(const py::str& asked, const py::str& proposed) {
    const std::string question = textFrom(asked);
    const std::string proposal = textFrom(proposed);
    const ContextPtr context = ScriptContext::current();
    auto* window = static_cast<WindowBridge*>(py::module_::import("sys").attr("_tintype_window").cast<py::capsule>());
    try {
        GilRelease release;
        return window->ask(question, proposal, context ? context->token() : CancelToken());
    } catch (const Error& error) {
        if (error.code() != ErrorCode::Cancelled)
            throw;
    }
    if (context) {
        // By the token; a second exception would disturb the cleaning up.
        context->noteStopMet();
        clearRaisedHere();
    }
    raiseCancelled();
}

} // namespace

py::object cancelledType() {
    const py::object module = py::module_::import("sys").attr("modules").attr("get")("tintype._tintype");
    return py::getattr(module, "Cancelled", py::reinterpret_borrow<py::object>(PyExc_KeyboardInterrupt));
}

void installOutputRouter() {
    // CPython keeps the definition for as long as the module lives.
    static py::module_::module_def definition;
    auto module = py::module_::create_extension_module("_tintype_runtime", nullptr, &definition);
    // instant, keeps the GIL
    module.def("write", &write);
    // instant, keeps the GIL
    module.def("identity", &identity);
    // instant, keeps the GIL
    module.def("begin_thread", &beginThread);
    // instant, keeps the GIL
    module.def("threads", &threads);
    // runs Python code, which needs the GIL
    module.def("unraisablehook", &hookUnraisable);
    // instant, keeps the GIL
    module.def("stop_thread", [](unsigned long thread) { raiseInThread(thread, cancelledType().ptr()); });
    // runs Python code, which needs the GIL
    if (PyModule_AddFunctions(module.ptr(), runInMethods))
        throw py::error_already_set();
    installStoppableLocks(module);
    // releases the GIL
    module.def("listen", &listen);
    // releases the GIL
    module.def("ask", &ask);
    py::module_::import("sys").attr("modules")["_tintype_runtime"] = module;
}

void installRuntimePackage(const std::string& packageFolder) {
    const std::string folder = packageFolder + "/tintype/_runtime";
    const auto utilities = py::module_::import("importlib.util");
    py::list searched;
    searched.append(folder);
    const auto spec = utilities.attr("spec_from_file_location")(
        "tintype_runtime", folder + "/__init__.py",
        py::arg("submodule_search_locations") = searched);
    const auto module = utilities.attr("module_from_spec")(spec);
    py::module_::import("sys").attr("modules")["tintype_runtime"] = module;
    spec.attr("loader").attr("exec_module")(module);
    module.attr("install")();
}

} // namespace tintype
