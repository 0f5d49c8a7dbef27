// Remembers finished tiles, the most recently used ones, up to a number of bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/display/Tile.h"

#include <list>
#include <map>
#include <memory>
#include <string>

namespace tintype {

/// What a tile shows. Holds the node's id, which is never used twice, in place of the node, so that remembered tiles
/// keep no image alive.
struct TileIdentity {
    std::uint64_t node = 0;
    std::string output;
    int plane = 0;
    bool tolerant = false;
    int look = 0; ///< the same node looks otherwise when a function does another thing
    TileKey key;
    auto operator<=>(const TileIdentity&) const = default;
};

/// Not safe for several threads by itself; its owner locks.
class TileCache {
public:
    explicit TileCache(std::size_t byteLimit) : m_byteLimit(byteLimit) {}

    /// Null when there is none; else it counts as used now.
    std::shared_ptr<const Tile> find(const TileIdentity& identity);
    bool has(const TileIdentity& identity) const { return m_index.contains(identity); }
    void insert(const TileIdentity& identity, std::shared_ptr<const Tile> tile);
    std::size_t byteCount() const { return m_byteCount; }

private:
    using Entry = std::pair<TileIdentity, std::shared_ptr<const Tile>>;

    std::size_t m_byteLimit;
    std::size_t m_byteCount = 0;
    std::list<Entry> m_entries; ///< the most recently used one first
    std::map<TileIdentity, std::list<Entry>::iterator> m_index;
};

} // namespace tintype
