// Memory in and out: buffers and lists of numbers to images, pixels to numpy.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Arrays.h"

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/api/Convert.h"

#include <pybind11/numpy.h>

#include <atomic>
#include <cstring>
#include <limits>
#include <mutex>
#include <optional>
#include <vector>

namespace py = pybind11;

namespace tintype {

namespace {

struct FormatRow {
    PixelFormat format;
    char kind; ///< numpy's
    int size;
    const char* dtype;
};

constexpr FormatRow FORMATS[] = {
    {PixelFormat::UChar, 'u', 1, "u1"},   {PixelFormat::Char, 'i', 1, "i1"},    {PixelFormat::UShort, 'u', 2, "u2"},
    {PixelFormat::Short, 'i', 2, "i2"},   {PixelFormat::UInt, 'u', 4, "u4"},    {PixelFormat::Int, 'i', 4, "i4"},
    {PixelFormat::Float, 'f', 4, "f4"},   {PixelFormat::Double, 'f', 8, "f8"},  {PixelFormat::Complex, 'c', 8, "c8"},
    {PixelFormat::DPComplex, 'c', 16, "c16"},
};

/// numpy's kind for a type code of the struct module; 0 for those that libvips has not.
char kindOf(const std::string& code) {
    std::string plain = code;
    if (!plain.empty() && std::strchr("@=<", plain.front()))
        plain.erase(0, 1);
    if (plain == "Zf" || plain == "Zd")
        return 'c';
    if (plain.size() != 1)
        return 0;
    if (std::strchr("BHIL", plain.front()))
        return 'u';
    if (std::strchr("bhil", plain.front()))
        return 'i';
    return std::strchr("fd", plain.front()) ? 'f' : 0;
}

const FormatRow* formatOf(const Py_buffer& view) {
    const char kind = kindOf(view.format ? view.format : "B");
    for (const FormatRow& row : FORMATS)
        if (row.kind == kind && row.size == view.itemsize)
            return &row;
    return nullptr;
}

/// A buffer that is held while it is read.
class HeldBuffer {
public:
    explicit HeldBuffer(py::handle object, int flags) {
        if (PyObject_GetBuffer(object.ptr(), &m_view, flags) < 0) {
            PyErr_Clear();
            throw Error(ErrorCode::Parameter,
                        "Pixels must come from memory without gaps (a numpy array, bytes), not " + typeName(object));
        }
    }
    ~HeldBuffer() { PyBuffer_Release(&m_view); }
    HeldBuffer(const HeldBuffer&) = delete;
    const Py_buffer& view() const { return m_view; }

private:
    Py_buffer m_view;
};

constexpr const char* PIXEL_OWNER = "tintype.pixels";

/// Keeps what the memory belongs to; the last image may go on any thread.
Image shared(const ImageShape& shape, const void* data, py::handle object) {
    PyObject* const view = PyMemoryView_FromObject(object.ptr());
    if (!view)
        throw py::error_already_set();
    std::shared_ptr<const void> owner(view, [](const void* kept) {
        dropReference(static_cast<PyObject*>(const_cast<void*>(kept)));
    });
    return Image(Node::createArray(std::make_shared<PixelBuffer>(shape, data, std::move(owner))));
}

Image copied(const ImageShape& shape, const void* data) {
    auto pixels = std::make_shared<PixelBuffer>(shape);
    {
        const GilRelease release;
        std::memcpy(pixels->mutableData(), data, shape.byteCount());
    }
    return Image(Node::createArray(std::move(pixels)));
}

int checkedSize(Py_ssize_t size, const char* what) {
    if (size < 1 || size > 10'000'000)
        throw Error(ErrorCode::Parameter, std::string("The ") + what + " of an image must be 1 to 10000000, not " +
                                              std::to_string(size));
    return int(size);
}

double numberFrom(py::handle item) {
    const double number = PyFloat_AsDouble(item.ptr());
    if (number == -1.0 && PyErr_Occurred()) {
        PyErr_Clear();
        throw Error(ErrorCode::Parameter, "A matrix must be rows of numbers, not of " + typeName(item));
    }
    return number;
}

} // namespace

std::string guessInterpretation(int bands, PixelFormat format) {
    const bool wide = format == PixelFormat::UShort;
    if (bands == 1 || bands == 2)
        return wide ? "grey16" : "b-w";
    if (bands == 3 || bands == 4)
        return wide ? "rgb16" : format == PixelFormat::UChar ? "srgb" : "multiband";
    return "multiband";
}

PixelFormat formatNamed(const std::string& name) {
    std::string allowed;
    for (const FormatRow& row : FORMATS) {
        if (name == formatName(row.format))
            return row.format;
        allowed += std::string(allowed.empty() ? "" : ", ") + formatName(row.format);
    }
    throw Error(ErrorCode::Parameter, "There is no pixel format \"" + name + "\"; formats are " + allowed);
}

const char* dtypeName(PixelFormat format) {
    for (const FormatRow& row : FORMATS)
        if (row.format == format)
            return row.dtype;
    return "u1";
}

PixelFormat formatOfArray(py::handle array) {
    const py::dtype dtype = py::reinterpret_borrow<py::array>(array).dtype();
    const char kind = dtype.kind();
    for (const FormatRow& row : FORMATS)
        if (row.kind == kind && row.size == dtype.itemsize())
            return row.format;
    throw Error(ErrorCode::Operation, "An image cannot hold numbers of the type " + py::str(py::handle(dtype)).cast<std::string>() +
                                          "; use .astype(), for example with \"float32\"");
}

Image imageFromBuffer(py::handle array, const std::string& interpretation, bool share) {
    const HeldBuffer held(array, PyBUF_C_CONTIGUOUS | PyBUF_FORMAT);
    const Py_buffer& view = held.view();
    const FormatRow* row = formatOf(view);
    if (!row)
        throw Error(ErrorCode::Parameter, std::string("An image cannot be made of numbers of the type \"") +
                                              (view.format ? view.format : "") + "\"; integers of 8 to 32 bits, floats "
                                              "and complex numbers can be used");
    if (view.ndim < 1 || view.ndim > 3)
        throw Error(ErrorCode::Parameter, "An array of an image has 2 or 3 dimensions (height, width, bands), not " +
                                              std::to_string(view.ndim));
    ImageShape shape;
    shape.height = view.ndim == 1 ? 1 : checkedSize(view.shape[0], "height");
    shape.width = checkedSize(view.shape[view.ndim == 1 ? 0 : 1], "width");
    shape.bands = view.ndim == 3 ? checkedSize(view.shape[2], "number of bands") : 1;
    shape.format = row->format;
    shape.interpretation = interpretation.empty() ? guessInterpretation(shape.bands, shape.format) : interpretation;
    return share ? shared(shape, view.buf, array) : copied(shape, view.buf);
}

Image imageFromRows(py::handle rows) {
    std::vector<double> numbers;
    const py::ssize_t height = Py_ssize_t(py::len(rows));
    py::ssize_t width = 0;
    for (const py::handle row : rows) {
        if (!PyList_Check(row.ptr()) && !PyTuple_Check(row.ptr()))
            throw Error(ErrorCode::Parameter, "A matrix must be a list of rows, not of " + typeName(row));
        const py::ssize_t count = Py_ssize_t(py::len(row));
        if (width && count != width)
            throw Error(ErrorCode::Parameter, "All rows of a matrix must be as long as the first one (" +
                                                  std::to_string(width) + "), not " + std::to_string(count));
        width = count;
        for (const py::handle item : row)
            numbers.push_back(numberFrom(item));
    }
    ImageShape shape{checkedSize(width, "width"), checkedSize(height, "height"), 1, PixelFormat::Double, "matrix"};
    return copied(shape, numbers.data());
}

Image imageFromMemory(py::handle memory, int width, int height, int bands, const std::string& format,
                      bool share) {
    ImageShape shape;
    shape.width = checkedSize(width, "width");
    shape.height = checkedSize(height, "height");
    shape.bands = checkedSize(bands, "number of bands");
    shape.format = formatNamed(format);
    shape.interpretation = guessInterpretation(shape.bands, shape.format);
    const HeldBuffer held(memory, PyBUF_C_CONTIGUOUS);
    if (std::size_t(held.view().len) != shape.byteCount())
        throw Error(ErrorCode::Parameter, "The memory has " + std::to_string(held.view().len) + " bytes, but " +
                                              std::to_string(width) + " x " + std::to_string(height) + " pixels of " +
                                              std::to_string(bands) + " x " + format + " need " +
                                              std::to_string(shape.byteCount()));
    return share ? shared(shape, held.view().buf, memory) : copied(shape, held.view().buf);
}

std::shared_ptr<const PixelBuffer> pixelsAtHand(const Image& image) {
    const std::shared_ptr<const PixelBuffer>* pixels = image ? &image.node()->pixels() : nullptr;
    return pixels && *pixels ? std::make_shared<PixelBuffer>((*pixels)->shape(), *pixels) : nullptr;
}

bool isPixelOwner(py::handle object) {
    return PyCapsule_IsValid(object.ptr(), PIXEL_OWNER);
}

void loadNumpy() {
    static std::atomic<bool> isLoaded = false;
    static std::once_flag once;
    if (isLoaded)
        return;
    const GilRelease release;
    std::call_once(once, [] {
        const GilAcquire acquire;
        static_cast<void>(py::dtype("u1"));
        isLoaded = true;
    });
}

py::object toNumpy(std::shared_ptr<const PixelBuffer> pixels) {
    loadNumpy();
    const ImageShape& shape = pixels->shape();
    std::vector<py::ssize_t> dimensions{shape.height, shape.width};
    if (shape.bands > 1)
        dimensions.push_back(shape.bands);
    const char* dtype = "u1";
    for (const FormatRow& row : FORMATS)
        if (row.format == shape.format)
            dtype = row.dtype;
    const void* const data = pixels->data();
    const bool isShared = pixels->isShared();
    auto kept = std::make_unique<std::shared_ptr<const PixelBuffer>>(std::move(pixels));
    const py::capsule owner(kept.get(), PIXEL_OWNER, [](PyObject* capsule) {
        delete static_cast<std::shared_ptr<const PixelBuffer>*>(PyCapsule_GetPointer(capsule, PIXEL_OWNER));
    });
    static_cast<void>(kept.release());
    py::array array(py::dtype(dtype), dimensions, data, owner);
    if (isShared)
        py::detail::array_proxy(array.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
    return array;
}

} // namespace tintype
