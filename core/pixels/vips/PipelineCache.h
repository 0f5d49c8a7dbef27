// Remembers the pipelines built last, so that the next step of a recipe is one operation's work.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/vips/Built.h"

#include <compare>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>

namespace tintype {

/// A node as it is evaluated.
struct PipelineKey {
    std::uint64_t node = 0;
    int plane = 0;
    bool tolerant = false;
    bool sequential = false;
    auto operator<=>(const PipelineKey&) const = default;
};

/// Drops what was used longest ago beyond a number of entries and of bytes held in memory, those of cuts among them, and what
/// belongs to nodes that are gone: nobody can ask for it, while libvips takes longer to build on an image the more stands on
/// it. Any thread.
class PipelineCache {
public:
    PipelineCache(std::size_t mostEntries, std::size_t mostBytes) : m_mostEntries(mostEntries), m_mostBytes(mostBytes) {}

    BuiltPtr find(const PipelineKey& key);
    void insert(const PipelineKey& key, const NodePtr& node, BuiltPtr built);
    void clear();

private:
    struct Entry {
        PipelineKey key;
        std::weak_ptr<const Node> node;
        BuiltPtr built;
        std::size_t bytes = 0;
    };
    using Entries = std::list<Entry>;
    void hold(const Built& built);
    void letGo(const Built& built);
    void drop(Entries::iterator entry, Entries& dropped);
    void dropOrphans(Entries& dropped);

    const std::size_t m_mostEntries;
    const std::size_t m_mostBytes;
    std::mutex m_mutex;
    Entries m_entries; ///< used last first
    std::map<PipelineKey, Entries::iterator> m_byKey;
    std::map<const LazyPixels*, int> m_holders; ///< of cuts: how many entries stand on them
    std::size_t m_bytes = 0;
    int m_untilSweep = 0;
};

} // namespace tintype
