// A recipe as a Python script.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Node.h"
#include "core/recipe/PythonCall.h"
#include "core/recipe/PythonNames.h"
#include "core/recipe/RecipeSources.h"

#include <set>
#include <string>
#include <unordered_map>

namespace tintype {

/// One line and one variable for each step, so that a script is read from top to bottom and no chain is too long for
/// Python. Used once, by one thread.
class RecipeScript {
public:
    RecipeScript(const Image& result, const OperationCatalog& catalog);
    /// Throws RecipeError, which names the step.
    std::string text();

private:
    void findWanted();
    void addSource(const NodePtr& node);
    void addStep(const NodePtr& node);
    std::string outputText(const NodeOutput& output) const;
    std::string variableFor(const Node* node, const std::string& output, const PythonCall& call);

    const Image m_result;
    const OperationCatalog& m_catalog;
    const std::vector<NodePtr> m_nodes;
    const RecipeSources m_sources;
    PythonNames m_names;
    std::unordered_map<const Node*, std::set<std::string>> m_wanted; ///< the outputs that are used
    std::unordered_map<const Node*, std::unordered_map<std::string, std::string>> m_texts; ///< of each output
    std::vector<std::string> m_variables;                                                  ///< of the inputs
    std::string m_lines;
    bool m_readsArguments = false;
};

} // namespace tintype
