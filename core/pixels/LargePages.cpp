// Asks the system for memory in large pages.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/LargePages.h"

#include <cstdint>

#include <sys/mman.h>
#include <unistd.h>

namespace tintype {

void useLargePages(void* memory, std::size_t bytes) {
#ifdef MADV_HUGEPAGE
    constexpr std::size_t WORTH_IT = std::size_t(4) << 20;
    if (bytes < WORTH_IT)
        return;
    const auto page = std::uintptr_t(sysconf(_SC_PAGESIZE));
    const std::uintptr_t begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
    const std::uintptr_t end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / page * page;
    static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
#else
    static_cast<void>(memory);
    static_cast<void>(bytes);
#endif
}

} // namespace tintype
