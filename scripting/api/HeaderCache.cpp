// The headers of the images that Python asked about last.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/HeaderCache.h"

#include "core/Error.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"

namespace tintype {

const HeaderCache::InfoPtr& HeaderCache::info(const Host& host, const Image& image) {
    if (!image)
        throw Error(ErrorCode::NotFound, "there is no image");
    const std::uint64_t node = image.node()->id();
    Entry& entry = m_entries[node % m_entries.size()];
    if (entry.node == node && entry.output == image.output().name)
        return entry.info;
    const Evaluation& evaluation = host.evaluation();
    // Python code may give the handle another image while the GIL is gone.
    const Image asked = image;
    auto found = withoutGil([&] { return std::make_shared<const ImageInfo>(evaluation.info(asked)); });
    entry = {node, asked.output().name, std::move(found)};
    return entry.info;
}

} // namespace tintype
