// Reads memory of this process that may be gone by then.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>

namespace tintype {

/// Problem: whoever looks at Python's objects without the GIL may look at memory that has just been freed, and following
/// such a pointer would end the program. So the kernel copies it, through a pipe: it answers "bad address" where there is
/// no memory. What is read may still be nonsense, and the caller must bear that. One thread at a time.
class SafeMemory {
public:
    SafeMemory();
    ~SafeMemory();
    SafeMemory(const SafeMemory&) = delete;

    /// False when not all of it is there.
    bool copy(const void* from, void* to, std::size_t size) const;

    template <typename T>
    std::optional<T> read(const void* from) const {
        alignas(T) std::byte bytes[sizeof(T)];
        if (!from || !copy(from, bytes, sizeof(T)))
            return std::nullopt;
        return *reinterpret_cast<const T*>(bytes);
    }

private:
    int m_ends[2] = {-1, -1};
};

} // namespace tintype
