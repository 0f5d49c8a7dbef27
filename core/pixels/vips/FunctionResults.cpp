// What functions have made of nodes, so that each is called once for a node and a plane.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/FunctionResults.h"

#include "core/pixels/PixelBuffer.h"

#include <algorithm>

namespace tintype {

namespace {

/// Of the pixels that the results hold in memory themselves; a few header steps may stand on them.
std::size_t bytesHeld(const std::vector<Value>& values) {
    constexpr int HEADER_STEPS = 4;
    std::size_t bytes = 0;
    const auto count = [&bytes](const NodeOutput& output) {
        NodePtr node = output.node;
        for (int step = 0; node && step < HEADER_STEPS; ++step) {
            if (node->pixels()) {
                bytes += node->pixels()->shape().byteCount();
                break;
            }
            const std::vector<NodePtr> inputs = node->inputs();
            node = inputs.empty() ? nullptr : inputs.front();
        }
    };
    for (const Value& value : values)
        forEachInput(value, count);
    return bytes;
}

} // namespace

FunctionResults::Values FunctionResults::findLocked(std::uint64_t id, int plane, const OperationFunction& function) {
    const auto found = std::ranges::find_if(m_entries, [&](const Entry& entry) {
        return entry.id == id && entry.plane == plane && entry.function.lock().get() == &function;
    });
    if (found == m_entries.end())
        return nullptr;
    m_entries.splice(m_entries.begin(), m_entries, found);
    return m_entries.front().values;
}

FunctionResults::Values FunctionResults::find(const Node& node, int plane, const OperationFunction& function) {
    const std::lock_guard lock(m_mutex);
    return findLocked(node.id(), plane, function);
}

FunctionResults::Values FunctionResults::insert(const NodePtr& node, int plane, const OperationFunctionPtr& function,
                                                std::vector<Value> values) {
    const std::size_t bytes = bytesHeld(values);
    const auto made = std::make_shared<const std::vector<Value>>(std::move(values));
    std::list<Entry> dropped; // Outlives the lock: letting go of nodes may run other people's code.
    const std::lock_guard lock(m_mutex);
    if (Values known = findLocked(node->id(), plane, *function))
        return known;
    m_entries.push_front({node->id(), plane, node, function, made, bytes});
    std::size_t entries = 0;
    std::size_t held = 0;
    for (auto entry = m_entries.begin(); entry != m_entries.end();) {
        const auto next = std::next(entry);
        const bool isNew = entry == m_entries.begin();
        if (!isNew && (entry->node.expired() || entry->function.expired() || ++entries >= MOST_ENTRIES ||
                       held + entry->bytes > MOST_BYTES))
            dropped.splice(dropped.end(), m_entries, entry);
        else
            held += entry->bytes;
        entry = next;
    }
    return made;
}

void FunctionResults::clear() {
    std::list<Entry> dropped;
    const std::lock_guard lock(m_mutex);
    dropped.swap(m_entries);
}

} // namespace tintype
