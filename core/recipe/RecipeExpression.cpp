// A recipe as one Python expression.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/RecipeExpression.h"

#include "core/recipe/Node.h"

#include <set>
#include <unordered_map>
#include <vector>

namespace tintype {

namespace {

/// More calls in a row are hard to read, and some hundreds more than Python's parser can nest.
constexpr std::size_t MOST_NESTED_STEPS = 20;

/// Finds the nodes behind an output that have no name yet, inputs first, and what is used of them.
class Expression {
public:
    Expression(const PythonCall::OutputText& known, const OperationCatalog& catalog)
        : m_known(known), m_catalog(catalog) {}

    std::string text(const NodeOutput& output) {
        std::string name = m_known(output);
        if (!name.empty())
            return name;
        find(output);
        return m_order.size() <= MOST_NESTED_STEPS && !m_sharesSteps ? nested(output) : listed(output);
    }

private:
    struct Visit {
        NodePtr node;
        std::vector<NodeOutput> inputs;
        std::size_t next = 0;
    };

    void use(const NodeOutput& output, std::vector<Visit>& stack) {
        if (!m_known(output).empty())
            return;
        std::set<std::string>& wanted = m_wanted[output.node.get()];
        if (!wanted.empty()) {
            m_sharesSteps = true;
            wanted.insert(output.name);
            return;
        }
        wanted.insert(output.name);
        Visit visit{output.node, {}};
        for (const auto& [name, value] : output.node->parameters())
            forEachInput(value, [&visit](const NodeOutput& input) { visit.inputs.push_back(input); });
        stack.push_back(std::move(visit));
    }

    void find(const NodeOutput& output) {
        std::vector<Visit> stack;
        use(output, stack);
        while (!stack.empty()) {
            Visit& visit = stack.back();
            if (visit.next < visit.inputs.size()) {
                const NodeOutput input = visit.inputs[visit.next++];
                use(input, stack);
                continue;
            }
            m_order.push_back(std::move(visit.node));
            stack.pop_back();
        }
    }

    PythonCall call(const NodePtr& node) const { return {node->operation(), m_wanted.at(node.get()), m_catalog}; }

    std::string callText(const PythonCall& call, const NodePtr& node) const {
        return call.text(node->parameters(), [this](const NodeOutput& input) {
            std::string name = m_known(input);
            return name.empty() ? m_texts.at(input.node.get()) + this->call(input.node).access(input.name) : name;
        });
    }

    std::string nested(const NodeOutput& output) {
        for (const NodePtr& node : m_order)
            m_texts[node.get()] = callText(call(node), node);
        return m_texts.at(output.node.get()) + call(output.node).access(output.name);
    }

    std::string listed(const NodeOutput& output) {
        std::string text = "[";
        for (const NodePtr& node : m_order) {
            const bool isLast = node == m_order.back();
            const std::string name = "_step_" + std::to_string(m_texts.size() + 1);
            const PythonCall step = call(node);
            text += (isLast ? "" : name + " := ") + callText(step, node) + (isLast ? step.access(output.name) : ", ");
            m_texts[node.get()] = name;
        }
        return text + "][-1]";
    }

    const PythonCall::OutputText& m_known;
    const OperationCatalog& m_catalog;
    std::vector<NodePtr> m_order;
    std::unordered_map<const Node*, std::set<std::string>> m_wanted;
    std::unordered_map<const Node*, std::string> m_texts;
    bool m_sharesSteps = false;
};

} // namespace

std::string recipeExpression(const NodeOutput& output, const PythonCall::OutputText& known,
                             const OperationCatalog& catalog) {
    return Expression(known, catalog).text(output);
}

} // namespace tintype
