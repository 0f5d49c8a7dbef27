// Handlers, and being told when the document has changed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/EventsBinding.h"

#include "core/Workbench.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptContext.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <atomic>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

constexpr std::chrono::milliseconds BETWEEN_LOOKS{20};

std::shared_ptr<PyObject> kept(const py::object& object) {
    return {object.inc_ref().ptr(), [](PyObject* held) { dropReference(held); }};
}

/// A function that is called on the callback pool, in the context of the code that made this; inert once its owner is
/// released. Any thread.
class Handler {
public:
    Handler(PythonRuntime& runtime, PyCallable function, std::string title)
        : m_runtime(runtime), m_function(std::move(function)), m_title(std::move(title)) {
        m_membership = runtime.ownerOf(m_function.context())
                           ->add(Owner::Kind::Handler, [function = m_function]() mutable { function.disconnect(); });
    }
    bool isActive() const { return m_function.isConnected(); }
    /// Without the GIL, as release().
    bool post(const std::shared_ptr<PyObject>& argument) {
        return isActive() && m_runtime.callbacks().run({m_title, m_function, [argument](PyObject* function) {
            py::reinterpret_borrow<py::object>(function)(py::handle(argument.get()));
        }});
    }
    void release() {
        m_function.disconnect();
        const Owner::Membership ended = std::exchange(m_membership, {});
    }

private:
    PythonRuntime& m_runtime;
    PyCallable m_function;
    const std::string m_title;
    Owner::Membership m_membership;
};

/// Calls a function soon after the document has changed: a storm of changes costs one call every BETWEEN_LOOKS, and no edit
/// waits for it. Lives as long as the process, as the host does.
class DocumentWatch {
public:
    DocumentWatch(PythonRuntime& runtime, Document& document, PyCallable function)
        : m_runtime(runtime), m_function(std::move(function)),
          m_subscription(document.subscribe([this](const DocumentChange& change) { note(change); })) {}
    int replaced() const { return m_replaced; }
    int saved() const { return m_saved; }

private:
    void note(const DocumentChange& change) {
        m_replaced += change.kind == DocumentChange::Kind::Replaced;
        m_saved += change.kind == DocumentChange::Kind::Saved;
        if (m_waits.exchange(true))
            return;
        m_runtime.deadlines().post(DeadlineQueue::Clock::now() + BETWEEN_LOOKS, [this] {
            m_waits = false;
            m_runtime.callbacks().run({"The look for changes", m_function, [](PyObject* function) {
                py::reinterpret_borrow<py::object>(function)();
            }});
        });
    }

    PythonRuntime& m_runtime;
    const PyCallable m_function;
    std::atomic<bool> m_waits = false;
    std::atomic<int> m_replaced = 0;
    std::atomic<int> m_saved = 0;
    Document::Subscription m_subscription;
};

} // namespace

void bindEvents(py::module_& module, const Host& host) {
    py::class_<Handler, std::shared_ptr<Handler>>(module, "_Handler")
        // GIL: keeps it, instant.
        .def(py::init([&host](const py::object& function, const std::string& title) {
                 return std::make_shared<Handler>(host.python(), PyCallable(function.ptr()), title);
             }),
             py::arg("function"), py::arg("title"))
        // GIL: releases it, because a thread may be started.
        .def("post", [](Handler& self, const py::object& argument) {
            return withoutGil([&self, held = kept(argument)] { return self.post(held); });
        })
        // GIL: releases it, because what the owner holds is given up.
        .def("release", [](Handler& self) { withoutGil([&] { self.release(); }); })
        // GIL: keeps it, instant.
        .def_property_readonly("active", &Handler::isActive);
    py::class_<DocumentWatch>(module, "_DocumentWatch")
        // GIL: these keep it, instant.
        .def_property_readonly("replaced", &DocumentWatch::replaced)
        .def_property_readonly("saved", &DocumentWatch::saved);
    // GIL: releases it, because reading takes the document's lock.
    module.def("active_image", [&host] { return withoutGil([&] { return host.document().state()->active(); }); });
    // GIL: keeps it, instant. The file that an image was opened from; empty for other images.
    module.def(
        "file_of",
        [](const Image& image) {
            const Value* path = image.node()->operation() == Node::FILE ? image.node()->parameter("filename") : nullptr;
            return py::str(path && path->as<std::string>() ? *path->as<std::string>() : std::string());
        },
        py::arg("image"));
    // GIL: releases it, because subscribing takes the document's lock.
    module.def(
        "watch_document",
        [&host](const py::object& function) {
            // It belongs to the process, whichever script asks for it first.
            const ScriptContext::Scope nobody(nullptr);
            PyCallable callable(function.ptr());
            return withoutGil([&] { return new DocumentWatch(host.python(), host.document(), std::move(callable)); });
        },
        py::arg("function"), py::return_value_policy::reference);
}

} // namespace tintype
