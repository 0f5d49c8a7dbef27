// The pixels of tt.Image: from memory and arrays, and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Arrays.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

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

} // namespace

void bindImagePixels(ImageClass& image, const Host& host) {
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_buffer", &imageFromBuffer, py::arg("array"), py::arg("interpretation"));
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_rows", &imageFromRows, py::arg("rows"));
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_memory", &imageFromMemory, py::arg("data"), py::arg("width"), py::arg("height"),
                     py::arg("bands"), py::arg("format"));
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
