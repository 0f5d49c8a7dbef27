// Remembers the pipelines built last, so that the next step of a recipe is one operation's work.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/PipelineCache.h"

namespace tintype {

namespace {

std::size_t bytesHeld(const Built& built) {
    std::size_t bytes = 0;
    for (const BuiltOutput& output : built.outputs) {
        if (output.image && output.image.get()->dtype == VIPS_IMAGE_SETBUF)
            bytes += VIPS_IMAGE_SIZEOF_IMAGE(output.image.get());
    }
    return bytes;
}

} // namespace

BuiltPtr PipelineCache::find(const PipelineKey& key) {
    std::lock_guard lock(m_mutex);
    const auto found = m_byKey.find(key);
    if (found == m_byKey.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->built;
}

void PipelineCache::insert(const PipelineKey& key, BuiltPtr built) {
    // Dropped entries are destroyed outside the lock: closing an image may run other people's code.
    std::list<Entry> dropped;
    std::lock_guard lock(m_mutex);
    if (m_byKey.contains(key))
        return;
    const std::size_t bytes = bytesHeld(*built);
    m_entries.push_front({key, std::move(built), bytes});
    m_byKey[key] = m_entries.begin();
    m_bytes += bytes;
    while (m_entries.size() > m_mostEntries || (m_bytes > m_mostBytes && m_entries.size() > 1)) {
        const auto last = std::prev(m_entries.end());
        m_bytes -= last->bytes;
        m_byKey.erase(last->key);
        dropped.splice(dropped.end(), m_entries, last);
    }
}

void PipelineCache::clear() {
    std::list<Entry> dropped;
    std::lock_guard lock(m_mutex);
    m_byKey.clear();
    m_bytes = 0;
    dropped.swap(m_entries);
}

} // namespace tintype
