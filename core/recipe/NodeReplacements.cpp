// Makes the nodes above replaced ones anew, each once, from the inputs upwards.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/NodeReplacements.h"

namespace tintype {

namespace {

bool usesAny(const Node& node, const Replacements& replacements) {
    bool found = false;
    for (const auto& [name, value] : node.parameters())
        forEachInput(value, [&](const NodeOutput& input) { found = found || replacements.contains(input.node.get()); });
    return found;
}

NodeOutput replaced(const NodeOutput& output, const Replacements& replacements) {
    const auto found = replacements.find(output.node.get());
    if (found == replacements.end())
        return output;
    const Replacement& other = found->second;
    return {other.node, other.output.empty() ? output.name : other.output};
}

/// The same value with other nodes in it.
Value replaced(const Value& value, const Replacements& replacements) {
    if (auto* output = value.as<NodeOutput>())
        return replaced(*output, replacements);
    auto* list = value.as<List>();
    if (!list)
        return value;
    List items;
    items.reserve(list->size());
    for (const Value& item : *list)
        items.push_back(replaced(item, replacements));
    return items;
}

} // namespace

Image withReplacements(const Image& result, const std::vector<NodePtr>& nodes, Replacements replacements) {
    for (const NodePtr& node : nodes) {
        if (replacements.contains(node.get()) || !usesAny(*node, replacements))
            continue;
        Parameters parameters;
        parameters.reserve(node->parameters().size());
        for (const auto& [name, value] : node->parameters())
            parameters.emplace_back(name, replaced(value, replacements));
        replacements[node.get()] = {Node::create(node->operation(), std::move(parameters)), {}};
    }
    return Image(replaced(result.output(), replacements));
}

} // namespace tintype
