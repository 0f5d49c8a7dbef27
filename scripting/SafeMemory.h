// Reads memory of this process that may be gone by then.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace tintype {

/// Problem: whoever looks at Python's objects without the GIL may look at memory that has just been freed, and following
/// such a pointer would end the program. So the kernel copies it, as it does from one process to another: it answers "bad
/// address" where there is no memory. It needs no file, which a script could close. What is read may still be nonsense, and
/// the caller must bear that. Any thread.
class SafeMemory {
public:
    SafeMemory();

    /// Why the kernel does not let this thread read that way, and nothing is ever read; empty when it does.
    const std::string& problem() const { return m_problem; }
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
    std::string m_problem;
};

} // namespace tintype
