// What an add-on's code runs in and owns; for tintype/_addons.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputRouter.h"
#include "scripting/addons/AddonOwner.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

namespace py = pybind11;

namespace tintype {

namespace {

py::list contents(AddonOwner& self) {
    py::list items;
    for (const Owner::Item& item : withoutGil([&] { return self.owner().items(); }))
        items.append(py::make_tuple(Owner::nameOf(item.kind), item.title));
    return items;
}

py::list failures(AddonOwner& self) {
    py::list failures;
    for (const CallRecord::Failure& failure : withoutGil([&] { return self.owner().calls().failures(); }))
        failures.append(py::make_tuple(failure.time, failure.title, failure.text));
    return failures;
}

void bindOwner(py::module_& module, const Host& host) {
    py::class_<AddonOwner, std::shared_ptr<AddonOwner>>(module, "AddonOwner")
        // GIL: keeps it, instant. `identity` as tintype_runtime.identity makes it, or None.
        .def(py::init([&host](const std::string& title, const py::object& identity) {
                 return std::make_shared<AddonOwner>(host.python(), title, identity.is_none() ? nullptr : identity.ptr());
             }),
             py::arg("title"), py::arg("identity"))
        // GIL: releases it while others are told of the job; the function has it.
        .def(
            "run",
            [](AddonOwner& self, const py::object& function, const std::string& title) {
                py::object result;
                self.run([&] { result = function(); }, title);
                return result;
            },
            py::arg("function"), py::arg("title"))
        // GIL: releases it, because what the owner holds is given up.
        .def("release", [](AddonOwner& self) { withoutGil([&] { self.release(); }); })
        // GIL: releases it while it waits for callbacks under way; whether they came to their ends in time.
        .def(
            "wait",
            [](AddonOwner& self, double seconds) {
                const auto atMost = std::chrono::milliseconds(std::int64_t(seconds * 1000));
                return withoutGil([&] { return self.owner().waitUntilNothingEnds(atMost); });
            },
            py::arg("seconds"))
        // GIL: these release it, because somebody may hold the locks. [(kind, title)], [(time, title, text)]
        .def("contents", &contents)
        .def("failures", &failures)
        // GIL: releases it, because somebody may hold the lock. (calls, seconds, the longest call's seconds)
        .def("times",
             [](AddonOwner& self) {
                 const CallRecord::Times times = withoutGil([&] { return self.owner().calls().times(); });
                 return py::make_tuple(times.calls, times.total, times.longest);
             })
        // GIL: releases it, because somebody may hold the lock. Kept as the failure of a callback is, and perhaps shown.
        .def(
            "note_failure",
            [](AddonOwner& self, const std::string& title, const std::string& text, bool isShown) {
                withoutGil([&] {
                    self.owner().calls().noteFailure(title, text);
                    if (isShown)
                        self.write(OutputStream::Error, title + " failed.\n" + text);
                });
            },
            py::arg("title"), py::arg("text"), py::arg("is_shown"))
        // GIL: keeps it, instant. Whether this thread runs the add-on's code.
        .def_property_readonly("is_current", &AddonOwner::isCurrent);
}

} // namespace

void bindAddons(py::module_& module, const Host& host) {
    bindOwner(module, host);
    // GIL: keeps it, instant.
    module.def("is_addon_code", [] { return AddonOwner::isAnyCurrent(); }, "Whether this thread runs code of an add-on.");
    // GIL: keeps it, once in a process. For threads that inherit what they belong to, without a window.
    module.def("make_runtime_module", [] { installOutputRouter(); });
}

} // namespace tintype
