// Image files in and out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/Engine.h"
#include "scripting/Gil.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"
#include "scripting/api/PythonSink.h"

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
            const CallWatch call;
            const NodePtr file = withoutGil([&] { return evaluation.openFile(name, parameters, allPlanes, call.watch().token); });
            if (!addedFormatOf(*file).empty())
                compute([&](const EvaluationWatch& watch) { evaluation.readAdded(file, watch); });
            return Image(file);
        },
        py::arg("path"), py::arg("all_planes"), py::arg("options"));
    // GIL: releases it, because files are slow.
    image.def(
        "_write_file",
        [&host](const Image self, const py::object& path, const py::dict& options) {
            const std::string name = toPath(path);
            const Parameters parameters = toOptions(host, "write_to_file", options);
            const Evaluation& evaluation = host.evaluation();
            compute(host.signals(), self,
                    [&](const EvaluationWatch& watch) { evaluation.writeToFile(self, name, parameters, watch); });
        },
        py::arg("path"), py::arg("options"));
    // GIL: releases it, because the header is read.
    image.def_static(
        "_open_encoded",
        [&host](const py::object& data, const std::string& name, bool allPlanes, const py::dict& options) {
            const BytesPtr bytes = bytesOf(data, "new_from_buffer");
            const Parameters parameters = toOptions(host, "new_from_buffer", options);
            const Evaluation& evaluation = host.evaluation();
            return Image(withoutGil([&] { return evaluation.openEncoded(bytes, name, parameters, allPlanes); }));
        },
        py::arg("data"), py::arg("name"), py::arg("all_planes"), py::arg("options"));
    // GIL: releases it, because pixels are computed.
    image.def(
        "_encode",
        [&host](const Image self, const std::string& suffix, const std::string& saver, const py::dict& options,
                const py::object& write, const py::object& read, const py::object& seek, const py::object& end) {
            const Encoding encoding{suffix, saver, toOptions(host, saver.empty() ? "write_to_target" : saver, options)};
            PythonSink sink(write, read, seek, end);
            const Evaluation& evaluation = host.evaluation();
            compute(host.signals(), self,
                    [&](const EvaluationWatch& watch) { evaluation.encode(self, encoding, sink, watch); });
        },
        py::arg("suffix"), py::arg("saver"), py::arg("options"), py::arg("write"), py::arg("read"), py::arg("seek"),
        py::arg("end"));
    module.attr("engine_version") = engineVersion();
    // GIL: releases it, because it waits for a lock.
    module.def(
        "drop_caches", [&host] { host.evaluation().dropCaches(); }, py::call_guard<GilRelease>(),
        "Forgets all pipelines that were built.");
}

} // namespace tintype
