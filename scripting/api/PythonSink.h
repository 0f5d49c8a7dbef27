// Python functions that take the bytes of an encoded picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/ByteSink.h"
#include "scripting/PyCallable.h"

#include <pybind11/pybind11.h>

namespace tintype {

/// By pyvips' conventions for the handlers of a TargetCustom: write(bytes) returns how many it took, seek(offset, whence) the
/// new position, read(size) bytes; what they raise ends the encoding, and is raised to whoever asked for it. Made with the GIL;
/// the functions are called on the threads that encode.
class PythonSink : public ByteSink {
public:
    /// `write` is needed, the others may be None; seek and read go together.
    PythonSink(const pybind11::object& write, const pybind11::object& read, const pybind11::object& seek,
               const pybind11::object& end);

    void write(const void* data, std::size_t size) override;
    bool canSeek() const override { return m_seek && m_read; }
    std::int64_t seek(std::int64_t offset, int whence) override;
    std::size_t read(void* data, std::size_t size) override;
    void end() override;

private:
    const PyCallable m_write;
    const PyCallable m_read;
    const PyCallable m_seek;
    const PyCallable m_end;
};

} // namespace tintype
