// The pixels of tt.Image: from memory and arrays, and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Arrays.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"
#include "scripting/api/MapTiles.h"

namespace py = pybind11;

namespace tintype {

namespace {

std::shared_ptr<const PixelBuffer> pixelsOf(const Host& host, const Image& image, int plane) {
    const Evaluation& evaluation = host.evaluation();
    return compute([&](const EvaluationWatch& watch) {
        EvaluationOptions options;
        options.plane = plane;
        return evaluation.pixels(image, watch, options);
    });
}

Image mapTiles(const Host& host, const Image& image, const py::object& function, const std::string& name, int overlap,
               const std::string& edge, const std::string& format, int bands) {
    const auto work = std::make_shared<PyTileFunction>(host.python(), PyCallable(function.ptr()), name);
    const bool known = !format.empty() && bands > 0;
    TileMapping mapping = compute([&](const EvaluationWatch& watch) {
        const ImageShape shape = host.evaluation().info(image, {}, watch).shape;
        return known ? TileMapping{overlap} : work->probe(shape, overlap);
    });
    mapping.edge = edge;
    if (!format.empty())
        mapping.format = formatNamed(format);
    if (bands > 0)
        mapping.bands = bands;
    return Image(mapTilesNode(image.output(), work, mapping));
}

} // namespace

void bindImagePixels(ImageClass& image, const Host& host) {
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_buffer", &imageFromBuffer, py::arg("array"), py::arg("interpretation"));
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_rows", &imageFromRows, py::arg("rows"));
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_memory", &imageFromMemory, py::arg("data"), py::arg("width"), py::arg("height"),
                     py::arg("bands"), py::arg("format"));
    // GIL: releases it, because the header may be computed; the function is called once.
    image.def(
        "_map_tiles",
        [&host](const Image& self, const py::object& function, const std::string& name, int overlap,
                const std::string& edge, const std::string& format,
                int bands) { return mapTiles(host, self, function, name, overlap, edge, format, bands); },
        py::arg("function"), py::arg("name"), py::arg("overlap"), py::arg("edge"), py::arg("format"), py::arg("bands"));
    // GIL: releases it, because pixels are computed.
    image.def(
        "_array", [&host](const Image& self, int plane) { return toNumpy(pixelsOf(host, self, plane)); },
        py::arg("plane"));
    // GIL: releases it, because pixels are computed.
    image.def(
        "write_to_memory",
        [&host](const Image& self) {
            const auto pixels = pixelsOf(host, self, 0);
            return py::bytes(static_cast<const char*>(pixels->data()), pixels->shape().byteCount());
        },
        "All pixels as bytes: rows from top to bottom, the bands of a pixel side by side.");
}

} // namespace tintype
