// Remembers finished tiles, the most recently used ones, up to a number of bytes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/TileCache.h"

namespace tintype {

std::shared_ptr<const Tile> TileCache::find(const TileIdentity& identity) {
    const auto found = m_index.find(identity);
    if (found == m_index.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, found->second);
    return found->second->second;
}

void TileCache::insert(const TileIdentity& identity, std::shared_ptr<const Tile> tile) {
    if (find(identity))
        return;
    m_byteCount += tile->byteCount();
    m_entries.emplace_front(identity, std::move(tile));
    m_index.emplace(identity, m_entries.begin());
    while (m_byteCount > m_byteLimit && m_entries.size() > 1) {
        m_byteCount -= m_entries.back().second->byteCount();
        m_index.erase(m_entries.back().first);
        m_entries.pop_back();
    }
}

} // namespace tintype
