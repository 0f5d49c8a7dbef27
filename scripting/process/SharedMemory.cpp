// Memory that one process fills and another one reads, without a copy and without a name that could be left behind.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/SharedMemory.h"

#include "core/Error.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>

namespace tintype {

namespace {

constexpr std::size_t PAGE = 4096;
constexpr std::size_t PIECE = 64 << 20;
constexpr int SEALS = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;

[[noreturn]] void refuse(const std::string& what) {
    throw Error(ErrorCode::Internal, what + ": " + std::strerror(errno));
}

} // namespace

SharedMemory::SharedMemory(FileHandle handle) : m_handle(std::move(handle)) {
    struct stat about {};
    if (fstat(m_handle.number(), &about) != 0)
        refuse("the shared memory cannot be read");
    if ((fcntl(m_handle.number(), F_GET_SEALS) & SEALS) != SEALS)
        throw Error(ErrorCode::Internal, "the shared memory could still change, and is not read");
    m_size = std::size_t(about.st_size);
}

std::uint64_t SharedMemory::append(const void* data, std::size_t size, const std::function<void()>& goOn) {
    if (!m_handle) {
        m_handle = FileHandle(memfd_create("tintype", MFD_CLOEXEC | MFD_ALLOW_SEALING));
        if (!m_handle)
            refuse("there is no memory to share with the script's process");
    }
    const std::size_t offset = (m_size + PAGE - 1) / PAGE * PAGE;
    const auto* bytes = static_cast<const char*>(data);
    for (std::size_t done = 0; done < size;) {
        if (goOn)
            goOn();
        const ssize_t written =
            pwrite(m_handle.number(), bytes + done, std::min(size - done, PIECE), off_t(offset + done));
        if (written < 0 && errno != EINTR)
            refuse("there is no memory to share " + std::to_string(size) + " bytes with the script's process");
        done += written > 0 ? std::size_t(written) : 0;
    }
    m_size = offset + size;
    return offset;
}

void SharedMemory::seal() {
    if (m_handle && fcntl(m_handle.number(), F_ADD_SEALS, SEALS) != 0)
        refuse("the shared memory cannot be sealed");
}

std::shared_ptr<const void> SharedMemory::view(std::uint64_t offset, std::size_t size) const {
    if (offset % PAGE != 0 || offset > m_size || size > m_size - offset || size == 0)
        throw Error(ErrorCode::Internal, "the shared memory has " + std::to_string(m_size) + " bytes, and " +
                                             std::to_string(size) + " were asked for at " + std::to_string(offset));
    void* const mapped = mmap(nullptr, size, PROT_READ, MAP_SHARED, m_handle.number(), off_t(offset));
    if (mapped == MAP_FAILED)
        refuse("the shared memory cannot be mapped");
    return {mapped, [size](const void* view) { munmap(const_cast<void*>(view), size); }};
}

} // namespace tintype
