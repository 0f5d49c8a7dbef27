// The sources of a recipe: which are the same picture, and what they are called.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Recipe.h"

#include <unordered_map>
#include <vector>

namespace tintype {

/// A file that was opened twice is one input: who applies the recipe to another picture means both. Names are valid in
/// Python, since they are keywords of apply() and variables of scripts.
class RecipeSources {
public:
    /// Of all nodes of a recipe, inputs before those that use them.
    explicit RecipeSources(const std::vector<NodePtr>& nodes);

    const std::vector<RecipeInput>& inputs() const { return m_inputs; }
    /// The place in inputs() of a source; -1 for other nodes.
    int indexOf(const Node* node) const;

private:
    std::vector<RecipeInput> m_inputs;
    std::unordered_map<const Node*, int> m_indices;
};

} // namespace tintype
