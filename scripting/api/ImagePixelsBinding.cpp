// The pixels of tt.Image: from memory and arrays, and back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "scripting/api/Arrays.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"
#include "scripting/api/MapTiles.h"

#include <pybind11/stl.h>

#include <vector>

namespace py = pybind11;

namespace tintype {

namespace {

std::shared_ptr<const PixelBuffer> pixelsOf(const Host& host, const Image& image, int plane, bool onDisk = false) {
    // What evaluates has a thread beside it that looks for signals, which takes longer than all of this.
    if (auto atHand = plane == 0 && !onDisk ? pixelsAtHand(image) : nullptr)
        return atHand;
    const Evaluation& evaluation = host.evaluation();
    return compute(host.signals(), image, [&](const EvaluationWatch& watch) {
        EvaluationOptions options;
        options.plane = plane;
        options.onDisk = onDisk;
        return evaluation.pixels(image, watch, options);
    });
}

std::string sizeText(const ImageShape& shape) { return std::to_string(shape.width) + " x " + std::to_string(shape.height); }

Image mapTiles(const Host& host, const std::vector<Image>& images, const py::object& function, const std::string& name,
               int overlap, const std::string& edge, const std::string& format, int bands) {
    const auto work = std::make_shared<PyTileFunction>(host.python(), PyCallable(function.ptr()), name);
    const bool known = !format.empty() && bands > 0;
    TileMapping mapping = compute([&](const EvaluationWatch& watch) {
        std::vector<ImageShape> shapes;
        for (const Image& image : images)
            shapes.push_back(host.evaluation().info(image, {}, watch).shape);
        for (const ImageShape& shape : shapes)
            if (shape.width != shapes.front().width || shape.height != shapes.front().height)
                throw Error(ErrorCode::Parameter, "map_tiles: the images must be of one size, not " +
                                                      sizeText(shapes.front()) + " and " + sizeText(shape));
        return known ? TileMapping{overlap} : work->probe(shapes, overlap);
    });
    mapping.edge = edge;
    if (!format.empty())
        mapping.format = formatNamed(format);
    if (bands > 0)
        mapping.bands = bands;
    std::vector<NodeOutput> sources;
    for (const Image& image : images)
        sources.push_back(image.output());
    return Image(mapTilesNode(sources, work, mapping));
}

} // namespace

void bindImagePixels(py::module_& module, ImageClass& image, const Host& host) {
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_buffer", &imageFromBuffer, py::arg("array"), py::arg("interpretation"),
                     py::arg("share"));
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_rows", &imageFromRows, py::arg("rows"));
    // GIL: keeps it while it reads Python objects, but not while pixels are copied.
    image.def_static("_from_memory", &imageFromMemory, py::arg("data"), py::arg("width"), py::arg("height"),
                     py::arg("bands"), py::arg("format"), py::arg("share"));
    // GIL: keeps it, instant.
    module.def("is_pixel_owner", [](const py::object& object) { return isPixelOwner(object); }, py::arg("object"),
               "Whether the object is what arrays of pixels keep their memory by.");
    // GIL: releases it, because the header may be computed; the function is called once.
    image.def(
        "_map_tiles",
        [&host](const Image self, const std::vector<Image>& others, const py::object& function, const std::string& name,
                int overlap, const std::string& edge, const std::string& format, int bands) {
            std::vector<Image> images{self};
            images.insert(images.end(), others.begin(), others.end());
            return mapTiles(host, images, function, name, overlap, edge, format, bands);
        },
        py::arg("others"), py::arg("function"), py::arg("name"), py::arg("overlap"), py::arg("edge"), py::arg("format"), py::arg("bands"));
    // GIL: releases it, because pixels are computed.
    image.def(
        "_array", [&host](const Image self, int plane) { return toNumpy(pixelsOf(host, self, plane)); },
        py::arg("plane"));
    // GIL: releases it, because pixels are computed.
    image.def(
        "_stored",
        [&host](const Image self, bool onDisk) {
            return Image(Node::createArray(pixelsOf(host, self, 0, onDisk)));
        },
        py::arg("on_disk"));
    // GIL: releases it, because pixels are computed.
    image.def(
        "write_to_memory",
        [&host](const Image self) {
            const auto pixels = pixelsOf(host, self, 0);
            return py::bytes(static_cast<const char*>(pixels->data()), pixels->shape().byteCount());
        },
        "All pixels as bytes: rows from top to bottom, the bands of a pixel side by side.");
}

} // namespace tintype
