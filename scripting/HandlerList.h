// The handlers that are registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Handler.h"

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

namespace tintype {

/// Any thread; no Python code runs and no Python object is given up while the lock is held.
class HandlerList {
public:
    /// Those of this event that are active, in the order in which they came.
    std::vector<HandlerPtr> of(const std::string& event);
    /// How many have ever come.
    std::size_t count() const;
    /// False, and nothing happens, when another one has come since there were so many: whoever looks whether a function is
    /// registered already runs Python code to compare it, in which others may register it.
    bool add(HandlerPtr handler, std::size_t seen);

private:
    mutable std::mutex m_mutex;
    std::vector<HandlerPtr> m_handlers;
    std::size_t m_count = 0;
};

} // namespace tintype
