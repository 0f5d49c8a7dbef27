// Image files in and out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Gil.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

namespace py = pybind11;

namespace tintype {

void bindImageFiles(py::module_& module, ImageClass& image, const Host& host) {
    // GIL: releases it, because files are slow.
    image.def_static(
        "_open_file",
        [&host](const py::object& path, bool allPlanes, const py::dict& options) {
            const std::string name = toPath(path);
            const Parameters parameters = toOptions(host, allPlanes ? "open" : "new_from_file", options);
            const Evaluation& evaluation = host.evaluation();
            return Image(withoutGil([&] { return evaluation.openFile(name, parameters, allPlanes); }));
        },
        py::arg("path"), py::arg("all_planes"), py::arg("options"));
    // GIL: releases it, because files are slow.
    image.def(
        "_write_file",
        [&host](const Image& self, const py::object& path, const py::dict& options) {
            const std::string name = toPath(path);
            const Parameters parameters = toOptions(host, "write_to_file", options);
            const Evaluation& evaluation = host.evaluation();
            compute([&](const EvaluationWatch& watch) { evaluation.writeToFile(self, name, parameters, watch); });
        },
        py::arg("path"), py::arg("options"));
    // GIL: these two release it, because they ask all loaders and savers.
    module.def("loadable_suffixes", &loadableSuffixes, py::call_guard<GilRelease>(), "The file name endings that can be opened, without the dot.");
    module.def("savable_suffixes", &savableSuffixes, py::call_guard<GilRelease>(), "The file name endings that can be saved, without the dot.");
}

} // namespace tintype
