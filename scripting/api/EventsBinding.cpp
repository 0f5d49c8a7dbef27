// Handlers, and what they are told of.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/EventsBinding.h"

#include "scripting/Events.h"
#include "scripting/HandlerList.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptContext.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

#include <optional>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

void bindHandlers(py::module_& module, const Host& host) {
    py::class_<Handler, HandlerPtr>(module, "_Handler")
        // GIL: keeps it, instant.
        .def(py::init([&host](const py::object& function, const std::string& event, const std::string& title) {
                 return Handler::make(host.python(), function.ptr(), event, title);
             }),
             py::arg("function"), py::arg("event"), py::arg("title"))
        // GIL: keeps it, instant, and releases it only while somebody is called, because a thread may be started.
        .def(
            "push",
            [](Handler& self, const py::object& event, std::optional<std::string> key) {
                self.push(event.ptr(), std::move(key));
            },
            py::arg("event"), py::arg("key"))
        // GIL: releases it, because a thread may be started.
        .def(
            "ask", [](Handler& self, const py::object& question) { return self.ask(question.ptr()); }, py::arg("question"))
        // GIL: releases it, because what the owner holds is given up.
        .def("release", [](Handler& self) { withoutGil([&] { self.release(); }); })
        // GIL: these keep it, instant.
        .def_property_readonly("active", &Handler::isActive)
        .def_property_readonly("function", [](const Handler& self) -> py::object {
            const Handler::Reference function = self.function();
            return function ? py::reinterpret_borrow<py::object>(static_cast<PyObject*>(function.get())) : py::none();
        });
    py::class_<HandlerList>(module, "_HandlerList")
        // GIL: these keep it, instant.
        .def(py::init())
        .def(
            "of",
            [](HandlerList& self, const std::string& event) {
                py::list handlers;
                for (const HandlerPtr& handler : self.of(event))
                    handlers.append(handler);
                return handlers;
            },
            py::arg("event"))
        .def_property_readonly("count", &HandlerList::count)
        .def("add", &HandlerList::add, py::arg("handler"), py::arg("seen"));
}

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
    bindHandlers(module, host);
    // GIL: releases it, because it may wait for the document's lock. Empty when it is not open.
    module.def(
        "name_of",
        [&host](const Image& image) { return withoutGil([&] { return host.document().state()->nameOf(image.output()); }); },
        py::arg("image"));
    // GIL: releases it, because it may wait for those that tell.
    module.def(
        "watch_events",
        [&events](const py::object& look) {
            // It belongs to the process, whichever script asks for it first.
            const ScriptContext::Scope nobody(nullptr);
            PyCallable callable(look.ptr());
            withoutGil([&] { events.watch(std::move(callable)); });
        },
        py::arg("look"));
    // GIL: these release it, because they may wait for those that note something. (name, what it says, key) of each.
    module.def("take_happenings", [&events] {
        py::list taken;
        for (const Happening& happening : withoutGil([&] { return events.take(); })) {
            py::dict fields;
            for (const auto& [key, value] : happening.fields)
                fields[key.c_str()] = fromValue(value);
            taken.append(py::make_tuple(happening.name, fields, happening.key));
        }
        return taken;
    });
    module.def("rest_events", [&events] { withoutGil([&] { events.rest(); }); });
}

} // namespace tintype
