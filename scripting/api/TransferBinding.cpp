// Images and values on their way to another process: a recipe as JSON, and the memory of its pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/PixelBuffer.h"
#include "core/recipe/NodeReader.h"
#include "core/recipe/NodeWriter.h"
#include "scripting/Gil.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"
#include "scripting/process/NodeTransfer.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <pybind11/stl.h>

#include <cerrno>
#include <cstring>
#include <sys/mman.h>

namespace py = pybind11;
using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

/// The memory of pixels, for Python to copy or to share.
struct PackedPixels {
    std::shared_ptr<const PixelBuffer> pixels;
};

/// Memory that other processes have as well; unmapped with the last object that uses it. The system needs no handle for it any
/// more, of which a process may have few.
class Mapping {
public:
    Mapping(int handle, std::size_t size, bool readOnly) : m_size(size), m_isReadOnly(readOnly) {
        const int access = readOnly ? PROT_READ : PROT_READ | PROT_WRITE;
        m_memory = mmap(nullptr, size, access, readOnly ? MAP_SHARED : MAP_PRIVATE, handle, 0);
        if (m_memory == MAP_FAILED)
            throw Error(ErrorCode::Internal, std::string("the shared memory cannot be mapped: ") + std::strerror(errno));
    }
    ~Mapping() { munmap(m_memory, m_size); }
    Mapping(const Mapping&) = delete;

    py::buffer_info buffer() const {
        return {m_memory, 1, py::format_descriptor<std::uint8_t>::format(), 1, {py::ssize_t(m_size)}, {1}, m_isReadOnly};
    }

private:
    const std::size_t m_size;
    const bool m_isReadOnly;
    void* m_memory;
};

py::tuple pack(const NodeOutput& output) {
    std::vector<std::shared_ptr<const PixelBuffer>> pixels;
    QByteArray text;
    {
        const GilRelease release;
        NodeWriter writer([&pixels](const NodePtr& node) {
            return transferredToJson(node, [&pixels](const std::shared_ptr<const PixelBuffer>& buffer) {
                pixels.push_back(buffer);
                return pixels.size() - 1;
            });
        });
        const QJsonObject result = writer.add(output);
        text = QJsonDocument({{u"nodes"_s, writer.nodes()}, {u"result"_s, result}}).toJson(QJsonDocument::Compact);
    }
    py::list memory;
    for (auto& buffer : pixels)
        memory.append(PackedPixels{std::move(buffer)});
    return py::make_tuple(py::bytes(text.constData(), std::size_t(text.size())), memory);
}

/// What Python holds a piece of memory by.
struct Held {
    std::shared_ptr<const void> owner;
    const void* data;
    std::size_t size;
};

Held held(py::handle object) {
    PyObject* const view = PyMemoryView_FromObject(object.ptr());
    if (!view)
        throw py::error_already_set();
    std::shared_ptr<const void> owner(view, [](const void* kept) {
        dropReference(static_cast<PyObject*>(const_cast<void*>(kept)));
    });
    const Py_buffer& buffer = *PyMemoryView_GET_BUFFER(view);
    return {std::move(owner), buffer.buf, std::size_t(buffer.len)};
}

NodeOutput unpack(const Host& host, const std::string& text, const std::vector<py::object>& memory) {
    std::vector<Held> buffers;
    for (const py::object& object : memory)
        buffers.push_back(held(object));
    const OperationCatalog& catalog = host.catalog();
    return withoutGil([&] {
        const FindPixels find = [&buffers](std::uint64_t place, std::size_t size) {
            if (place >= buffers.size() || buffers[place].size != size)
                throw Error(ErrorCode::Recipe, "the pixels of an image from another process are not there");
            return std::shared_ptr<const void>(buffers[place].owner, buffers[place].data);
        };
        const QJsonObject json = QJsonDocument::fromJson(QByteArray::fromStdString(text)).object();
        const NodeReader reader(json["nodes"_L1].toArray(), catalog,
                                [&find](const QJsonObject& node) { return transferredFromJson(node, find); });
        return reader.link(json["result"_L1].toObject());
    });
}

} // namespace

void bindTransfer(py::module_& module, ImageClass& image, const Host& host) {
    py::class_<PackedPixels>(module, "PackedPixels", py::buffer_protocol(), "The memory of an image's pixels, as bytes.")
        // GIL: keeps it, instant.
        .def_buffer([](const PackedPixels& self) {
            auto* bytes = static_cast<const std::uint8_t*>(self.pixels->data());
            return py::buffer_info(bytes, py::ssize_t(self.pixels->shape().byteCount()), true);
        })
        // GIL: keeps it, instant.
        .def_property_readonly(
            "address", [](const PackedPixels& self) { return reinterpret_cast<std::uintptr_t>(self.pixels->data()); });
    py::class_<Mapping>(module, "Mapping", py::buffer_protocol(), "Memory that is shared with other processes, as bytes.")
        // GIL: releases it, since a system short of memory takes its time.
        .def(py::init([](int handle, std::size_t size, bool readOnly) {
                 return withoutGil([&] { return std::make_unique<Mapping>(handle, size, readOnly); });
             }),
             py::arg("handle"), py::arg("size"), py::arg("read_only"))
        // GIL: keeps it, instant.
        .def_buffer([](const Mapping& self) { return self.buffer(); });
    // GIL: keeps it, instant.
    image.def_property_readonly("_output", [](const Image& self) { return self.output(); });
    // GIL: keeps it, instant.
    image.def_static(
        "_of", [](const NodeOutput& output) { return Image(output); }, py::arg("output"));
    // GIL: releases it, for recipes can be long.
    module.def("pack", &pack, py::arg("output"));
    // GIL: releases it, for recipes can be long.
    module.def(
        "unpack",
        [&host](const std::string& text, const std::vector<py::object>& memory) { return unpack(host, text, memory); },
        py::arg("text"), py::arg("memory"));
    // GIL: keeps it, instant.
    module.def(
        "cancel_thread",
        [](unsigned long thread) { raiseInThread(thread, py::module_::import("tintype._tintype").attr("Cancelled").ptr()); },
        py::arg("thread"));
}

} // namespace tintype
