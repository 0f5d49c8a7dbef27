// The class tt.Image: what it is, without its pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

namespace py = pybind11;

namespace tintype {

namespace {

constexpr const char* IMAGE_DOC = R"(An image: an immutable recipe whose pixels are computed when they are asked for.

An Image is a value: operations return new ones, and nothing ever changes one. Every operation of the catalogue is a
method, and operators work pixel by pixel, with numbers, with one number for each band, and with other images.

    >>> import tintype as tt
    >>> im = tt.Image.black(4, 3) + [10, 20, 30]
    >>> im.width, im.height, im.bands
    (4, 3, 3)
    >>> im(0, 0)
    [10.0, 20.0, 30.0]
)";

ImageInfo infoOf(const Host& host, const Image& image) {
    const Evaluation& evaluation = host.evaluation();
    return withoutGil([&] { return evaluation.info(image); });
}

/// A property that is read from the image's header.
template <typename F>
auto headerProperty(const Host& host, F read) {
    return [&host, read](const Image& image) { return read(infoOf(host, image)); };
}

py::dict axesOf(const ImageInfo& info) {
    py::dict axes;
    for (const Axis& axis : info.axes) {
        if (axis.labels.empty())
            axes[py::str(axis.name)] = axis.size;
        else
            axes[py::str(axis.name)] = py::cast(axis.labels);
    }
    return axes;
}

Image planeOf(const Image& image, int index, int count) {
    if (index < 0 || index >= count)
        throw Error(ErrorCode::Parameter, "plane: index must be 0 to " + std::to_string(count - 1) + ", not " +
                                              std::to_string(index));
    return Image(Node::create(Node::PLANE, {{"in", image.output()}, {"index", std::int64_t(index)}}));
}

void bindHeader(ImageClass& image, const Host& host) {
    // GIL: these release it; the first one on a new image may build its pipeline.
    image.def_property_readonly("width", headerProperty(host, [](const ImageInfo& i) { return i.shape.width; }),
                                "The width in pixels.");
    image.def_property_readonly("height", headerProperty(host, [](const ImageInfo& i) { return i.shape.height; }),
                                "The height in pixels, of one plane.");
    image.def_property_readonly("bands", headerProperty(host, [](const ImageInfo& i) { return i.shape.bands; }),
                                "The number of bands: 1 for grey, 3 for colour, 4 with transparency.");
    image.def_property_readonly(
        "format", headerProperty(host, [](const ImageInfo& i) { return std::string(formatName(i.shape.format)); }),
        "The type of a pixel's numbers: \"uchar\", \"ushort\", \"float\", …");
    image.def_property_readonly(
        "interpretation", headerProperty(host, [](const ImageInfo& i) { return i.shape.interpretation; }),
        "What the numbers mean: \"b-w\", \"srgb\", \"lab\", \"multiband\", …");
    image.def_property_readonly("xres", headerProperty(host, [](const ImageInfo& i) { return i.xres; }),
                                "Pixels a millimetre across; 1.0 when unknown.");
    image.def_property_readonly("yres", headerProperty(host, [](const ImageInfo& i) { return i.yres; }),
                                "Pixels a millimetre down; 1.0 when unknown.");
    image.def_property_readonly("axes", headerProperty(host, axesOf),
                                "The directions in which the image has several planes, as a dict of their sizes, or of the "
                                "names of their planes; empty for one plane.");
    image.def_property_readonly("planes", headerProperty(host, [](const ImageInfo& i) { return i.planeCount(); }),
                                "The number of planes: pages, z, time, channels; 1 for most images.");
}

void bindMetadata(ImageClass& image, const Host& host) {
    // GIL: releases it.
    image.def(
        "get",
        [&host](const Image& self, const std::string& field) {
            const Evaluation& evaluation = host.evaluation();
            return fromValue(withoutGil([&] { return evaluation.metadata(self, field); }));
        },
        py::arg("field"), "A metadata field: a number, a text, bytes or a list. Raises NotFoundError, which lists the fields.");
    // GIL: releases it.
    image.def(
        "get_fields",
        [&host](const Image& self) {
            const Evaluation& evaluation = host.evaluation();
            return withoutGil([&] { return evaluation.metadataFields(self); });
        },
        "The names of the metadata fields.");
}

} // namespace

void bindOutput(py::module_& module) {
    // GIL: these keep it, instant.
    py::class_<NodeOutput>(module, "Output", "Which output of which step a value came from.")
        .def_property_readonly("operation", [](const NodeOutput& output) { return output.node->operation(); })
        .def_property_readonly("name", [](const NodeOutput& output) { return output.name; })
        .def("__repr__", [](const NodeOutput& output) {
            return "<output " + output.name + " of " + output.node->operation() + ">";
        });
}

ImageClass bindImage(py::module_& module, const Host& host) {
    ImageClass image(module, "Image", IMAGE_DOC);
    image.attr("__module__") = "tintype";
    // GIL: these two keep it, instant. The name of the step that made it, and whether two handles mean the same output.
    image.def_property_readonly("_operation", [](const Image& self) { return self.node()->operation(); });
    image.def("_same", [](const Image& self, const Image& other) { return self == other; });
    bindHeader(image, host);
    bindMetadata(image, host);
    // GIL: releases it.
    image.def(
        "_plane",
        [&host](const Image& self, int index) { return planeOf(self, index, infoOf(host, self).planeCount()); },
        py::arg("index"));
    return image;
}

} // namespace tintype
