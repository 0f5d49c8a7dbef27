// Orders the steps by the longest way to a source.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/StepOrder.h"

#include <algorithm>
#include <map>
#include <unordered_set>

namespace tintype {

StepList stepsOf(const Image& image, std::size_t limit) {
    // All that use a node have a longer way to a source than it has, so that taking the longest one first meets every node
    // after all that use it. Where ways are equal, the one that was met later comes first, which is the later input.
    std::map<std::pair<unsigned, std::size_t>, NodePtr> open;
    std::unordered_set<const Node*> met;
    const auto meet = [&](const NodePtr& node) {
        if (met.insert(node.get()).second)
            open.emplace(std::pair(node->depth(), met.size()), node);
    };
    if (image)
        meet(image.node());
    StepList list;
    while (!open.empty() && list.steps.size() < limit) {
        const NodePtr node = std::prev(open.end())->second;
        open.erase(std::prev(open.end()));
        list.steps.push_back(node);
        for (const NodePtr& input : node->inputs())
            meet(input);
    }
    list.earlier = !open.empty();
    std::ranges::reverse(list.steps);
    return list;
}

} // namespace tintype
