// A recipe as a Python script.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/RecipeScript.h"

#include "core/recipe/PythonText.h"

namespace tintype {

namespace {
constexpr const char* RESULT = "result";
}

RecipeScript::RecipeScript(const Image& result, const OperationCatalog& catalog)
    : m_result(result), m_catalog(catalog), m_nodes(upstream(result.node())), m_sources(m_nodes),
      m_names({"tt", "sys", RESULT, "image"}) {}

std::string RecipeScript::text() {
    findWanted();
    for (const RecipeInput& input : m_sources.inputs())
        m_variables.push_back(input.name == "image" ? input.name : m_names.take(input.name));
    std::set<int> opened;
    for (const NodePtr& node : m_nodes) {
        const int source = m_sources.indexOf(node.get());
        if (source < 0)
            addStep(node);
        else if (opened.insert(source).second)
            addSource(node);
    }
    const std::string found = outputText(m_result.output());
    if (found != RESULT)
        m_lines += std::string(RESULT) + " = " + found + "\n";
    return std::string(m_readsArguments ? "import sys\n\n" : "") + "import tintype as tt\n\n" + m_lines;
}

void RecipeScript::findWanted() {
    m_wanted[m_result.node().get()].insert(m_result.output().name);
    for (const NodePtr& node : m_nodes) {
        for (const auto& [name, value] : node->parameters())
            forEachInput(value, [this](const NodeOutput& input) { m_wanted[input.node.get()].insert(input.name); });
    }
}

std::string RecipeScript::outputText(const NodeOutput& output) const {
    const int source = m_sources.indexOf(output.node.get());
    return source >= 0 ? m_variables[std::size_t(source)] : m_texts.at(output.node.get()).at(output.name);
}

void RecipeScript::addSource(const NodePtr& node) {
    m_lines += outputText({node, "out"}) + " = ";
    if (node->operation() == Node::INPUT) {
        int number = 0;
        for (const RecipeInput& input : m_sources.inputs()) {
            number += input.node->operation() == Node::INPUT;
            if (input.node == node)
                break;
        }
        m_lines += "tt.open(sys.argv[" + std::to_string(number) + "])\n";
        m_readsArguments = true;
        return;
    }
    const PythonCall call(node->operation(), {}, m_catalog);
    m_lines += call.text(node->parameters(), [this](const NodeOutput& output) { return outputText(output); }) + "\n";
}

std::string RecipeScript::variableFor(const Node* node, const std::string& output, const PythonCall& call) {
    if (node == m_result.node().get() && output == m_result.output().name)
        return RESULT;
    return m_names.take(call.isImage(output) ? "image" : "level");
}

void RecipeScript::addStep(const NodePtr& node) {
    const PythonCall call(node->operation(), m_wanted[node.get()], m_catalog);
    const std::string text =
        call.text(node->parameters(), [this](const NodeOutput& output) { return outputText(output); });
    auto& texts = m_texts[node.get()];
    std::string targets;
    for (const std::string& output : call.requiredOutputs()) {
        texts[output] = variableFor(node.get(), output, call);
        targets += (targets.empty() ? "" : ", ") + texts[output];
    }
    if (call.hasOptionalOutputs()) {
        const std::string more = m_names.take("more");
        for (const std::string& output : m_wanted[node.get()]) {
            if (call.isOptional(output))
                texts[output] = more + "[" + pythonString(output) + "]";
        }
        targets += (targets.empty() ? "" : ", ") + more;
    }
    for (const std::string& output : m_wanted[node.get()]) {
        // Refuses an output that the operation does not have.
        if (!texts.contains(output))
            call.access(output);
    }
    m_lines += targets + " = " + text + "\n";
}

} // namespace tintype
