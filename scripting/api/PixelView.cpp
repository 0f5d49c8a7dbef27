// The buffer protocol of tt.Image: `memoryview(image)`.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/PixelView.h"

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/PythonError.h"
#include "scripting/api/Arrays.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

#include <memory>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

/// One for each buffer that somebody holds.
struct View {
    std::shared_ptr<const PixelBuffer> pixels;
    Py_ssize_t shape[3];
    Py_ssize_t strides[3];
};

struct FailedView {
    std::uint64_t node = 0;
    std::shared_ptr<PyObject> error; ///< the exception; given up on whichever thread
};
thread_local FailedView failed;

/// Python's current error stays that.
void keepError(std::uint64_t node) {
    PyObject *type = nullptr, *value = nullptr, *traceback = nullptr;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    if (traceback)
        PyException_SetTraceback(value, traceback);
    failed = {node, {Py_NewRef(value), [](PyObject* error) { dropReference(error); }}};
    PyErr_Restore(type, value, traceback);
}

/// The struct module's codes, and PEP 3118's for complex numbers.
const char* codeOf(PixelFormat format) {
    constexpr const char* CODES[] = {"B", "b", "H", "h", "I", "i", "f", "Zf", "d", "Zd"};
    return CODES[std::size_t(format)];
}

void fill(Py_buffer& view, std::unique_ptr<View> made, int flags, PyObject* owner) {
    const ImageShape& shape = made->pixels->shape();
    const auto pixel = Py_ssize_t(formatSize(shape.format));
    made->shape[0] = shape.height;
    made->shape[1] = shape.width;
    made->shape[2] = shape.bands;
    made->strides[2] = pixel;
    made->strides[1] = pixel * shape.bands;
    made->strides[0] = made->strides[1] * shape.width;
    view.buf = const_cast<void*>(made->pixels->data());
    view.len = Py_ssize_t(shape.byteCount());
    view.itemsize = pixel;
    view.readonly = made->pixels->isShared();
    view.ndim = shape.bands > 1 ? 3 : 2;
    view.format = flags & PyBUF_FORMAT ? const_cast<char*>(codeOf(shape.format)) : nullptr;
    view.shape = (flags & PyBUF_ND) == PyBUF_ND ? made->shape : nullptr;
    view.strides = (flags & PyBUF_STRIDES) == PyBUF_STRIDES ? made->strides : nullptr;
    view.suboffsets = nullptr;
    view.internal = made.release();
    view.obj = Py_NewRef(owner);
}

const Host& hostOf(PyObject* self) {
    return *py::type::handle_of(self).attr("_host").cast<py::capsule>().get_pointer<const Host>();
}

int getBuffer(PyObject* self, Py_buffer* view, int flags) {
    view->obj = nullptr;
    std::uint64_t node = 0;
    try {
        const Image image = py::handle(self).cast<Image>();
        const Host& host = hostOf(self);
        if (host.info(image)->planeCount() > 1) {
            PyErr_SetString(PyExc_BufferError, "an image with several planes has no buffer; use numpy(), or plane()");
            return -1;
        }
        node = image.node()->id();
        const Evaluation& evaluation = host.evaluation();
        auto made = std::make_unique<View>();
        made->pixels = pixelsAtHand(image);
        if (!made->pixels)
            made->pixels = compute(host.signals(), image,
                                   [&](const EvaluationWatch& watch) { return evaluation.pixels(image, watch); });
        if ((flags & PyBUF_WRITABLE) == PyBUF_WRITABLE && made->pixels->isShared()) {
            PyErr_SetString(PyExc_BufferError, "the pixels of an image cannot be written to; copy them first");
            return -1;
        }
        fill(*view, std::move(made), flags, self);
        return 0;
    } catch (...) {
        setPythonError();
        keepError(node);
        return -1;
    }
}

void releaseBuffer(PyObject*, Py_buffer* view) { delete static_cast<View*>(view->internal); }

/// Raises what the last attempt at a buffer of this image failed with, once.
void raiseViewError(const Image& image) {
    const FailedView last = std::exchange(failed, {});
    if (!last.error || !image || last.node != image.node()->id())
        return;
    PyObject* const error = last.error.get();
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(error)), error);
    throw py::error_already_set();
}

} // namespace

void bindPixelView(ImageClass& image, const Host& host) {
    // GIL: releases it while pixels are computed.
    auto* const type = reinterpret_cast<PyHeapTypeObject*>(image.ptr());
    type->as_buffer = {getBuffer, releaseBuffer};
    type->ht_type.tp_as_buffer = &type->as_buffer;
    image.attr("_host") = py::capsule(&host);
    PyType_Modified(&type->ht_type);
    // GIL: keeps it, instant.
    image.def("_raise_view_error", &raiseViewError);
}

} // namespace tintype
