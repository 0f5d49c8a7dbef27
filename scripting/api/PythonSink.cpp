// Python functions that take the bytes of an encoded picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/PythonSink.h"

#include "core/Error.h"

#include <cstring>
#include <string>

namespace py = pybind11;

namespace tintype {

namespace {

PyCallable callable(const py::object& function) {
    return function.is_none() ? PyCallable() : PyCallable(function.ptr());
}

/// How many bytes a handler says it took; whoever says nothing took all.
std::size_t taken(const py::object& answer, std::size_t offered) {
    if (answer.is_none())
        return offered;
    const Py_ssize_t count = PyNumber_AsSsize_t(answer.ptr(), PyExc_OverflowError);
    if (count == -1 && PyErr_Occurred())
        throw py::error_already_set();
    if (count <= 0 || std::size_t(count) > offered)
        throw Error(ErrorCode::File, "the write handler took " + std::to_string(count) + " of " + std::to_string(offered) +
                                         " bytes; it must take at least one");
    return std::size_t(count);
}

} // namespace

PythonSink::PythonSink(const py::object& write, const py::object& read, const py::object& seek, const py::object& end)
    : m_write(callable(write)), m_read(callable(read)), m_seek(callable(seek)), m_end(callable(end)) {}

void PythonSink::write(const void* data, std::size_t size) {
    m_write.call([&](PyObject* function) {
        std::size_t done = 0;
        while (done < size) {
            const py::bytes rest(static_cast<const char*>(data) + done, size - done);
            done += taken(py::reinterpret_borrow<py::object>(function)(rest), size - done);
        }
    });
}

std::int64_t PythonSink::seek(std::int64_t offset, int whence) {
    std::int64_t position = -1;
    m_seek.call([&](PyObject* function) {
        position = py::reinterpret_borrow<py::object>(function)(offset, whence).cast<std::int64_t>();
    });
    return position;
}

std::size_t PythonSink::read(void* data, std::size_t size) {
    std::size_t count = 0;
    m_read.call([&](PyObject* function) {
        const py::object found = py::reinterpret_borrow<py::object>(function)(size);
        if (found.is_none())
            return;
        const auto bytes = py::reinterpret_steal<py::bytes>(PyBytes_FromObject(found.ptr()));
        if (!bytes)
            throw py::error_already_set();
        count = std::size_t(PyBytes_GET_SIZE(bytes.ptr()));
        if (count > size)
            throw Error(ErrorCode::File, "the read handler gave " + std::to_string(count) + " bytes, but " +
                                             std::to_string(size) + " were asked for");
        std::memcpy(data, PyBytes_AS_STRING(bytes.ptr()), count);
    });
    return count;
}

void PythonSink::end() {
    if (m_end)
        m_end.call();
}

} // namespace tintype
