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

/// Drops what was used longest ago beyond a number of entries and of bytes held in memory. Any thread.
class PipelineCache {
public:
    PipelineCache(std::size_t mostEntries, std::size_t mostBytes) : m_mostEntries(mostEntries), m_mostBytes(mostBytes) {}

    BuiltPtr find(const PipelineKey& key);
    void insert(const PipelineKey& key, BuiltPtr built);
    void clear();

private:
    struct Entry {
        PipelineKey key;
        BuiltPtr built;
        std::size_t bytes = 0;
    };
    const std::size_t m_mostEntries;
    const std::size_t m_mostBytes;
    std::mutex m_mutex;
    std::list<Entry> m_entries; ///< used last first
    std::map<PipelineKey, std::list<Entry>::iterator> m_byKey;
    std::size_t m_bytes = 0;
};

} // namespace tintype
