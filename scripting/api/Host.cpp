// Finds the program's workbench, or makes a headless one, and refuses to work in a forked child.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Host.h"

#include "core/Error.h"

namespace py = pybind11;

namespace tintype {

namespace {

constexpr const char* WORKBENCH = "tintype.workbench";
constexpr const char* WINDOW = "tintype.window";
constexpr const char* PYTHON = "tintype.python";

template <typename T>
T* fromSys(const char* attribute, const char* capsule) {
    PyObject* held = PySys_GetObject(attribute);
    if (!held || held == Py_None)
        return nullptr;
    auto* pointer = static_cast<T*>(PyCapsule_GetPointer(held, capsule));
    if (!pointer)
        throw py::error_already_set();
    return pointer;
}

/// The undo group of a thread that runs outside scripts and console lines.
std::uint64_t& threadGroup() {
    thread_local std::uint64_t group = 0;
    return group;
}

} // namespace

Host& Host::open() {
    auto* workbench = fromSys<Workbench>("_tintype_workbench", WORKBENCH);
    if (!workbench) {
        // Never deleted, see the class comment: its threads sleep until the process ends.
        workbench = new Workbench;
        const py::capsule capsule(workbench, WORKBENCH);
        if (PySys_SetObject("_tintype_workbench", capsule.ptr()) < 0)
            throw py::error_already_set();
    }
    auto* python = fromSys<PythonRuntime>("_tintype_python", PYTHON);
    if (!python)
        python = new PythonRuntime(*workbench);
    auto* host = new Host(*workbench, fromSys<WindowBridge>("_tintype_window", WINDOW), *python);
    py::module_::import("os").attr("register_at_fork")(
        py::arg("after_in_child") = py::cpp_function([host] { host->forked(); }));
    return *host;
}

Workbench& Host::workbench() const {
    if (m_forked)
        throw Error(ErrorCode::Internal, "tintype cannot be used in a process that was forked after `import tintype`; "
                                         "start it with multiprocessing's \"spawn\" method instead");
    return m_workbench;
}

std::string Host::currentImage() const {
    if (const auto context = ScriptContext::current())
        return context->currentImage();
    return document().state()->active();
}

void Host::setCurrentImage(const std::string& name) const {
    document().activate(name);
    if (const auto context = ScriptContext::current())
        context->setCurrentImage(name);
}

std::uint64_t Host::undoGroup() const {
    const auto context = ScriptContext::current();
    return context ? context->undoGroup() : threadGroup();
}

void Host::setUndoGroup(std::uint64_t group) const {
    if (const auto context = ScriptContext::current())
        context->setUndoGroup(group);
    else
        threadGroup() = group;
}

} // namespace tintype
