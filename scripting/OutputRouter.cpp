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
constexpr const char* CONTEXT = "tintype.context";

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

py::object context() {
    const ContextPtr context = ScriptContext::current();
    if (!context)
        return py::none();
    return py::capsule(new ContextPtr(context), CONTEXT, [](PyObject* capsule) {
        delete static_cast<ContextPtr*>(PyCapsule_GetPointer(capsule, CONTEXT));
    });
}

bool enterContext(PyObject* capsule) {
    auto* const context = static_cast<ContextPtr*>(PyCapsule_GetPointer(capsule, CONTEXT));
    if (context)
        ScriptContext::enter(*context);
    return context != nullptr;
}

/// run_in(context, function, args, kwargs): the outermost call of a thread that a script has started. Written for CPython
/// itself, without an object on the stack: daemon threads are ended in the middle of the call when Python is finalised.
PyObject* runIn(PyObject*, PyObject* const* arguments, Py_ssize_t count) {
    if (count != 4) {
        PyErr_SetString(PyExc_TypeError, "run_in takes a context, a function, its arguments and its keywords");
        return nullptr;
    }
    if (!enterContext(arguments[0]))
        return nullptr;
    PyObject* const result = PyObject_Call(arguments[1], arguments[2], arguments[3]);
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
    module.def("context", &context);
    // instant, keeps the GIL
    module.def("threads", &threads);
    // instant, keeps the GIL
    module.def("pass_by", [] {
        if (const ContextPtr context = ScriptContext::current())
            context->passThisThreadBy();
    });
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
