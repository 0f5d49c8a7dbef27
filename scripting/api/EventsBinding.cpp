// Handlers, and what they are told of.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/EventsBinding.h"

#include "scripting/Events.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptContext.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"

#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

std::shared_ptr<PyObject> kept(const py::object& object) {
    return {object.inc_ref().ptr(), [](PyObject* held) { dropReference(held); }};
}

/// Whoever has asked the question need not wait for an answer that nobody will give. With the GIL.
void endUnanswered(py::handle question, const Error& error) {
    try {
        question.attr("end_unanswered")(error.what());
    } catch (py::error_already_set& raised) {
        raised.discard_as_unraisable("a question that ends");
    }
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
        const auto call = [argument](PyObject* function) {
            py::reinterpret_borrow<py::object>(function)(py::handle(argument.get()));
        };
        const auto ended = [argument](const Error* error) {
            if (error && argument.get() != Py_None)
                endUnanswered(argument.get(), *error);
        };
        return isActive() && m_runtime.callbacks().run({m_title, m_function, call, ended});
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

/// Those of the program; where there is none, of this process, as long as it lives.
Events& programsEvents(const Host& host) {
    PyObject* const held = PySys_GetObject("_tintype_events");
    if (!held)
        return *new Events(host.python());
    auto* const events = static_cast<Events*>(PyCapsule_GetPointer(held, "tintype.events"));
    if (!events)
        throw py::error_already_set();
    return *events;
}

} // namespace

void bindEvents(py::module_& module, const Host& host) {
    Events& events = programsEvents(host);
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
    // GIL: releases it, because subscribing waits for those that tell.
    module.def(
        "watch_events",
        [&events](const py::object& look) {
            // It belongs to the process, whichever script asks for it first.
            const ScriptContext::Scope nobody(nullptr);
            PyCallable callable(look.ptr());
            withoutGil([&] { events.watch(std::move(callable)); });
        },
        py::arg("look"));
    // GIL: releases it, because others hold the lock while they note something. (name, what it says) of each.
    module.def("take_happenings", [&events] {
        py::list taken;
        for (const Happening& happening : withoutGil([&] { return events.take(); })) {
            py::dict fields;
            for (const auto& [key, value] : happening.fields)
                fields[key.c_str()] = fromValue(value);
            taken.append(py::make_tuple(happening.name, fields));
        }
        return taken;
    });
}

} // namespace tintype
