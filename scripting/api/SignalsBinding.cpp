// Watching and ending the evaluation of a tt.Image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Gil.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

namespace py = pybind11;

namespace tintype {

void bindSignals(py::module_& module, ImageClass& image, const Host& host) {
    // GIL: releases it, because it waits for a lock.
    image.def(
        "_watch",
        [&host](const Image self, const py::object& function) {
            const PyCallable callable(function.ptr());
            return withoutGil([&] { return host.signals().watch(self, callable); });
        },
        py::arg("function"));
    // GIL: releases it, because it waits for a lock.
    module.def(
        "unwatch_image", [&host](std::uint64_t watcher) { host.signals().unwatch(watcher); }, py::arg("watcher"),
        py::call_guard<GilRelease>(), "Ends what Image._watch began.");
    // GIL: releases it, because it waits for a lock.
    image.def(
        "set_kill",
        [&host](const Image self, bool kill) { withoutGil([&] { host.signals().setKilled(self, kill); }); },
        py::arg("kill"),
        "End what evaluates this image, or one that is made of it, and refuse that from now on with OperationError; False "
        "allows it again.");
}

} // namespace tintype
