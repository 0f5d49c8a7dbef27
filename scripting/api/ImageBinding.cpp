// The class tt.Image: what it is, without its pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "scripting/PythonError.h"
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

PyObject* text(const std::string& utf8) { return PyUnicode_FromStringAndSize(utf8.data(), Py_ssize_t(utf8.size())); }

struct Property {
    const char* name;
    PyObject* (*read)(const ImageInfo&);
    const char* doc; ///< with the type, for the stub
};

constexpr Property HEADER[] = {
    {"width", [](const ImageInfo& i) { return PyLong_FromLong(i.shape.width); }, "The width in pixels.\n\n:type: int"},
    {"height", [](const ImageInfo& i) { return PyLong_FromLong(i.shape.height); },
     "The height in pixels, of one plane.\n\n:type: int"},
    {"bands", [](const ImageInfo& i) { return PyLong_FromLong(i.shape.bands); },
     "The number of bands: 1 for grey, 3 for colour, 4 with transparency.\n\n:type: int"},
    {"format", [](const ImageInfo& i) { return text(formatName(i.shape.format)); },
     "The type of a pixel's numbers: \"uchar\", \"ushort\", \"float\", …\n\n:type: str"},
    {"interpretation", [](const ImageInfo& i) { return text(i.shape.interpretation); },
     "What the numbers mean: \"b-w\", \"srgb\", \"lab\", \"multiband\", …\n\n:type: str"},
    {"xres", [](const ImageInfo& i) { return PyFloat_FromDouble(i.xres); },
     "Pixels a millimetre across; 1.0 when unknown.\n\n:type: float"},
    {"yres", [](const ImageInfo& i) { return PyFloat_FromDouble(i.yres); },
     "Pixels a millimetre down; 1.0 when unknown.\n\n:type: float"},
    {"planes", [](const ImageInfo& i) { return PyLong_FromLong(i.planeCount()); },
     "The number of planes: pages, z, time, channels; 1 for most images.\n\n:type: int"},
};

/// pybind11's own properties go through its dispatcher, which costs more than the look-up.
struct HeaderGetter {
    const Host* host;
    const Property* property;

    static PyObject* get(PyObject* self, void* closure) {
        const auto& getter = *static_cast<const HeaderGetter*>(closure);
        try {
            auto held = reinterpret_cast<py::detail::instance*>(self)->get_value_and_holder();
            const auto* image = held.value_ptr<Image>();
            if (!image)
                throw py::type_error("this Image was never made");
            return getter.property->read(*getter.host->info(*image));
        } catch (...) {
            setPythonError();
            return nullptr;
        }
    }
};

void bindHeader(ImageClass& image, const Host& host) {
    // GIL: these keep it, instant once the header is known; the first one on a new image releases it, since it may build the
    // pipeline. The definitions live as long as the type, which is never destroyed.
    for (const Property& property : HEADER) {
        auto* definition = new PyGetSetDef{property.name, &HeaderGetter::get, nullptr, property.doc,
                                           new HeaderGetter{&host, &property}};
        image.attr(property.name) = py::reinterpret_steal<py::object>(
            PyDescr_NewGetSet(reinterpret_cast<PyTypeObject*>(image.ptr()), definition));
    }
    // GIL: keeps it once the header is known.
    image.def_property_readonly(
        "axes",
        [&host](const Image self) {
            const auto info = host.info(self);
            return axesOf(*info);
        },
        "The directions in which the image has several planes, as a dict of their sizes, or of the names of their planes; "
        "empty for one plane.");
}

void bindMetadata(ImageClass& image, const Host& host) {
    // GIL: releases it, since it may wait until the pipeline is built.
    image.def(
        "get",
        [&host](const Image self, const std::string& field) {
            const Evaluation& evaluation = host.evaluation();
            return fromValue(withoutGil([&] { return evaluation.metadata(self, field); }));
        },
        py::arg("field"), "A metadata field: a number, a text, bytes or a list. Raises NotFoundError, which lists the fields.");
    // GIL: releases it, since it may wait until the pipeline is built.
    image.def(
        "_type_of",
        [&host](const Image self, const std::string& field) {
            const Evaluation& evaluation = host.evaluation();
            return withoutGil([&] { return evaluation.metadataType(self, field); });
        },
        py::arg("field"));
    // GIL: releases it, since it may wait until the pipeline is built.
    image.def(
        "get_fields",
        [&host](const Image self) {
            const Evaluation& evaluation = host.evaluation();
            return withoutGil([&] { return evaluation.metadataFields(self); });
        },
        "The names of the metadata fields.");
}

void bindIdentity(ImageClass& image) {
    // GIL: keeps it, instant. The name of the step that made it.
    image.def_property_readonly("_operation", [](const Image& self) { return self.node()->operation(); });
    // GIL: keeps it, instant. pyvips' set() changes an image in place; here the handle goes on to another one, and whoever
    // has the old one keeps it. Functions that release the GIL hold copies of the handle for that reason.
    image.def(
        "_become", [](Image& self, const Image& other) { self = other; }, py::arg("other"));
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
    bindIdentity(image);
    bindHeader(image, host);
    bindMetadata(image, host);
    // GIL: releases it, since it may wait until the pipeline is built.
    image.def(
        "_plane",
        [&host](const Image self, int index) { return planeOf(self, index, host.info(self)->planeCount()); },
        py::arg("index"));
    return image;
}

} // namespace tintype
