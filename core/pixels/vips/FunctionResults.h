// What functions have made of nodes, so that each is called once for a node and a plane.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/OperationFunction.h"
#include "core/recipe/Node.h"

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

namespace tintype {

/// Problem: a pipeline is built several times, for the screen, for saving, again when it was forgotten; a function that takes
/// seconds, or that rolls dice, shall not be called each time. So its results are remembered: those used last, up to a number
/// of entries and of bytes in memory, and none of nodes that are gone. Any thread.
class FunctionResults {
public:
    using Values = std::shared_ptr<const std::vector<Value>>;

    /// Null when it is not known.
    Values find(const Node& node, int plane, const OperationFunction& function);
    /// What counts: where somebody was quicker, what he has found.
    Values insert(const NodePtr& node, int plane, const OperationFunctionPtr& function, std::vector<Value> values);
    void clear();

private:
    static constexpr std::size_t MOST_ENTRIES = 128;
    static constexpr std::size_t MOST_BYTES = std::size_t(512) << 20;

    struct Entry {
        std::uint64_t id;
        int plane;
        std::weak_ptr<const Node> node;
        std::weak_ptr<const OperationFunction> function;
        Values values;
        std::size_t bytes;
    };
    Values findLocked(std::uint64_t id, int plane, const OperationFunction& function);

    std::mutex m_mutex;
    std::list<Entry> m_entries; ///< used last first
};

} // namespace tintype
