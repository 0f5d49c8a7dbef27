// The headers of the images that Python asked about last.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"
#include "core/recipe/Image.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace tintype {

class Host;

/// Problem: code asks for `width` and `bands` again and again, and finding them takes a lock, a look into the memory of
/// pipelines and a copy, ten times what the call itself costs. A node never changes, so its header never does.
///
/// Threads: used with the GIL, which guards it; it is released while a header that is not known yet is found.
class HeaderCache {
public:
    using InfoPtr = std::shared_ptr<const ImageInfo>;

    /// Throws what Evaluation::info throws. The reference is good until the GIL is released.
    const InfoPtr& info(const Host& host, const Image& image);

private:
    struct Entry {
        std::uint64_t node = 0; ///< numbers are never used twice, so a node that is gone does no harm
        std::string output;
        InfoPtr info;
    };
    std::array<Entry, 256> m_entries;
};

} // namespace tintype
