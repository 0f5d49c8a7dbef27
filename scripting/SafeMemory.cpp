// Reads memory of this process that may be gone by then.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/SafeMemory.h"

#include <algorithm>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace tintype {

namespace {
/// A pipe takes at least this much without anybody reading.
constexpr std::size_t PIECE = 4096;
} // namespace

SafeMemory::SafeMemory() {
    if (pipe2(m_ends, O_CLOEXEC | O_NONBLOCK) != 0)
        m_ends[0] = m_ends[1] = -1;
}

SafeMemory::~SafeMemory() {
    for (const int end : m_ends)
        if (end >= 0)
            close(end);
}

bool SafeMemory::copy(const void* from, void* to, std::size_t size) const {
    const auto* source = static_cast<const std::byte*>(from);
    auto* target = static_cast<std::byte*>(to);
    for (std::size_t done = 0; done < size;) {
        const std::size_t wanted = std::min(PIECE, size - done);
        // The bare system calls: a sanitizer would take the look at freed memory for a mistake.
        const long written = syscall(SYS_write, m_ends[1], source + done, wanted);
        if (written <= 0 || syscall(SYS_read, m_ends[0], target + done, wanted) != written)
            return false;
        done += std::size_t(written);
        if (std::size_t(written) < wanted)
            return false;
    }
    return true;
}

} // namespace tintype
