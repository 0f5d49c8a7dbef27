// The handlers that are registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/HandlerList.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tintype {

std::vector<HandlerPtr> HandlerList::of(const std::string& event) {
    std::vector<HandlerPtr> vanished; // Outlives the lock.
    std::vector<HandlerPtr> found;
    std::lock_guard lock(m_mutex);
    const auto gone = std::stable_partition(m_handlers.begin(), m_handlers.end(),
                                            [](const HandlerPtr& handler) { return handler->isActive(); });
    std::move(gone, m_handlers.end(), std::back_inserter(vanished));
    m_handlers.erase(gone, m_handlers.end());
    std::copy_if(m_handlers.begin(), m_handlers.end(), std::back_inserter(found),
                 [&](const HandlerPtr& handler) { return handler->event() == event; });
    return found;
}

std::size_t HandlerList::count() const {
    std::lock_guard lock(m_mutex);
    return m_count;
}

bool HandlerList::add(HandlerPtr handler, std::size_t seen) {
    std::lock_guard lock(m_mutex);
    if (m_count != seen)
        return false;
    m_handlers.push_back(std::move(handler));
    ++m_count;
    return true;
}

} // namespace tintype
