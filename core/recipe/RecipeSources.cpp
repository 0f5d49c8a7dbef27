// The sources of a recipe: which are the same picture, and what they are called.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/RecipeSources.h"

#include "core/recipe/PythonNames.h"
#include "core/recipe/PythonText.h"

#include <algorithm>
#include <filesystem>

namespace tintype {

namespace {

std::string wishedName(const Node& source) {
    const bool isFile = source.operation() == Node::FILE;
    const Value* value = source.parameter(isFile ? "filename" : "name");
    if (!value || !value->as<std::string>())
        return "image";
    const std::string& text = *value->as<std::string>();
    return pythonName(isFile ? std::filesystem::path(text).stem().string() : text, "image");
}

/// Equal keys for sources that may be the same picture.
std::string key(const Node& source) {
    return source.operation() + " " + wishedName(source);
}

} // namespace

RecipeSources::RecipeSources(const std::vector<NodePtr>& nodes) {
    PythonNames names;
    std::unordered_map<std::string, std::vector<int>> alike;
    for (const NodePtr& node : nodes) {
        if (!node->isSource())
            continue;
        std::vector<int>& candidates = alike[key(*node)];
        const auto same = std::find_if(candidates.begin(), candidates.end(), [&](int candidate) {
            const Node& other = *m_inputs[std::size_t(candidate)].node;
            return node->operation() != Node::ARRAY && other.parameters() == node->parameters();
        });
        if (same != candidates.end()) {
            m_indices[node.get()] = *same;
            continue;
        }
        m_indices[node.get()] = int(m_inputs.size());
        candidates.push_back(int(m_inputs.size()));
        m_inputs.push_back({names.take(wishedName(*node)), node});
    }
}

int RecipeSources::indexOf(const Node* node) const {
    const auto found = m_indices.find(node);
    return found == m_indices.end() ? -1 : found->second;
}

} // namespace tintype
