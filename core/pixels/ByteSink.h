// Where the bytes of an encoded picture go, when that is no file.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace tintype {

/// Problem: core knows neither Python's files nor sockets, and yet a picture larger than memory must be encoded into them.
/// Calls come one at a time, on the threads that encode, and may throw: that ends the encoding, and is thrown again by whoever
/// asked for it.
class ByteSink {
public:
    virtual ~ByteSink() = default;
    /// Takes all of the bytes.
    virtual void write(const void* data, std::size_t size) = 0;
    /// Whether `seek` and `read` can be used; some formats (TIFF) go back to what was written, and are kept in memory until they
    /// are complete where they cannot.
    virtual bool canSeek() const { return false; }
    /// As the system call; the new position. `whence` is SEEK_SET, SEEK_CUR or SEEK_END.
    virtual std::int64_t seek(std::int64_t offset, int whence) = 0;
    /// At most `size` bytes of what was written; 0 at the end.
    virtual std::size_t read(void* data, std::size_t size) = 0;
    /// All has been written.
    virtual void end() {}
};

} // namespace tintype
