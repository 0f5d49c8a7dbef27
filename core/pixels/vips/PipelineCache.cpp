// Remembers the pipelines built last, so that the next step of a recipe is one operation's work.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/PipelineCache.h"

namespace tintype {

namespace {

/// A sweep looks at all entries, which costs little beside this many builds.
constexpr int INSERTS_BETWEEN_SWEEPS = 16;
constexpr std::size_t NEWEST = 4;

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

void PipelineCache::insert(const PipelineKey& key, const NodePtr& node, BuiltPtr built) {
    // Dropped entries are destroyed outside the lock: closing an image may run other people's code.
    Entries dropped;
    std::lock_guard lock(m_mutex);
    if (m_byKey.contains(key))
        return;
    const std::size_t bytes = bytesHeld(*built);
    m_entries.push_front({key, node, std::move(built), bytes});
    m_byKey[key] = m_entries.begin();
    m_bytes += bytes;
    hold(*m_entries.front().built);
    dropOrphans(dropped);
    while (m_entries.size() > m_mostEntries || (m_bytes > m_mostBytes && m_entries.size() > 1))
        drop(std::prev(m_entries.end()), dropped);
}

void PipelineCache::hold(const Built& built) {
    for (const auto& cut : built.cuts)
        if (++m_holders[cut.get()] == 1)
            m_bytes += cut->bytes();
}

void PipelineCache::letGo(const Built& built) {
    for (const auto& cut : built.cuts) {
        const auto holders = m_holders.find(cut.get());
        if (--holders->second > 0)
            continue;
        m_holders.erase(holders);
        m_bytes -= cut->bytes();
    }
}

void PipelineCache::drop(Entries::iterator entry, Entries& dropped) {
    m_bytes -= entry->bytes;
    letGo(*entry->built);
    m_byKey.erase(entry->key);
    dropped.splice(dropped.end(), m_entries, entry);
}

void PipelineCache::dropOrphans(Entries& dropped) {
    const bool sweep = --m_untilSweep < 0;
    if (sweep)
        m_untilSweep = INSERTS_BETWEEN_SWEEPS;
    // Most nodes that are gone were made a moment ago.
    std::size_t left = sweep ? m_entries.size() : NEWEST;
    for (auto entry = m_entries.begin(); entry != m_entries.end() && left-- > 0;) {
        const auto next = std::next(entry);
        if (entry->node.expired())
            drop(entry, dropped);
        entry = next;
    }
}

void PipelineCache::clear() {
    Entries dropped;
    std::lock_guard lock(m_mutex);
    m_byKey.clear();
    m_holders.clear();
    m_bytes = 0;
    dropped.swap(m_entries);
}

} // namespace tintype
