// Memory that one process fills and another one reads, without a copy and without a name that could be left behind.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/process/FileHandle.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace tintype {

/// Anonymous memory behind a file handle, which is passed to the other process; the system frees it with the last process
/// that holds it, however that one ends. Once sealed nobody can change or shorten it, so that a reader needs not trust the
/// writer. Not for several threads at once.
class SharedMemory {
public:
    SharedMemory() = default;
    /// What another process has filled. Throws Error(Internal) when it is not sealed.
    explicit SharedMemory(FileHandle handle);

    bool isEmpty() const { return m_size == 0; }
    const FileHandle& handle() const { return m_handle; }

    /// Appends a copy, at a whole page, and returns where it stands. `goOn` is called now and then and may throw. Throws
    /// Error(Internal) when memory runs out.
    std::uint64_t append(const void* data, std::size_t size, const std::function<void()>& goOn = {});
    void seal();
    /// The bytes, for as long as the pointer lives; the memory object may go before. Throws Error(Internal) for a range that
    /// is not there.
    std::shared_ptr<const void> view(std::uint64_t offset, std::size_t size) const;
    std::size_t size() const { return m_size; }

private:
    FileHandle m_handle;
    std::size_t m_size = 0;
};

} // namespace tintype
