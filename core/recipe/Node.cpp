// Makes, walks and destroys nodes without recursion.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/Node.h"

#include "core/pixels/PixelBuffer.h"
#include "core/recipe/EncodedSource.h"

#include <algorithm>
#include <atomic>
#include <unordered_set>

namespace tintype {

namespace {

std::uint64_t nextId() {
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

Node::Node(std::string operation, Parameters parameters, std::shared_ptr<const PixelBuffer> pixels)
    : m_operation(std::move(operation)), m_parameters(std::move(parameters)), m_pixels(std::move(pixels)),
      m_id(nextId()) {
    for (const auto& [name, value] : m_parameters)
        forEachInput(value, [this](const NodeOutput& input) { m_depth = std::max(m_depth, input.node->depth() + 1); });
}

NodePtr Node::own(Node* node) {
    return NodePtr(node, [](const Node* last) { release(const_cast<Node*>(last)); });
}

NodePtr Node::create(std::string operation, Parameters parameters) {
    return own(new Node(std::move(operation), std::move(parameters), nullptr));
}

NodePtr Node::createArray(std::shared_ptr<const PixelBuffer> pixels) {
    const ImageShape& shape = pixels->shape();
    Parameters parameters{{"width", shape.width},
                          {"height", shape.height},
                          {"bands", shape.bands},
                          {"format", std::string(formatName(shape.format))}};
    return own(new Node(ARRAY, std::move(parameters), std::move(pixels)));
}

void Node::release(Node* node) {
    // Destroying a node lets go of its inputs, whose deleters come here again: they queue up instead of nesting.
    thread_local std::vector<Node*>* waiting = nullptr;
    if (waiting) {
        waiting->push_back(node);
        return;
    }
    std::vector<Node*> queue{node};
    waiting = &queue;
    while (!queue.empty()) {
        Node* next = queue.back();
        queue.pop_back();
        delete next;
    }
    waiting = nullptr;
}

bool Node::isSource() const {
    return m_operation == FILE || m_operation == ARRAY || m_operation == INPUT || m_operation == ENCODED;
}

std::vector<NodePtr> Node::inputs() const {
    std::vector<NodePtr> nodes;
    for (const auto& [name, value] : m_parameters)
        forEachInput(value, [&nodes](const NodeOutput& input) { nodes.push_back(input.node); });
    return nodes;
}

std::string describe(const NodePtr& node) {
    NodePtr source = node;
    while (!source->isSource()) {
        const std::vector<NodePtr> inputs = source->inputs();
        if (inputs.empty())
            break;
        source = inputs.front();
    }
    const Value* filename = source->operation() == Node::FILE ? source->parameter("filename") : nullptr;
    const std::string* path = filename ? filename->as<std::string>() : nullptr;
    if (!path)
        return node->operation();
    return source == node ? *path : node->operation() + " of " + *path;
}

std::vector<NodePtr> upstream(const NodePtr& node) {
    std::vector<NodePtr> order;
    if (!node)
        return order;
    struct Visit {
        NodePtr node;
        std::vector<NodePtr> inputs;
        std::size_t next = 0;
    };
    std::unordered_set<const Node*> seen{node.get()};
    std::vector<Visit> stack;
    stack.push_back({node, node->inputs()});
    while (!stack.empty()) {
        Visit& visit = stack.back();
        if (visit.next == visit.inputs.size()) {
            order.push_back(std::move(visit.node));
            stack.pop_back();
            continue;
        }
        NodePtr input = visit.inputs[visit.next++];
        if (seen.insert(input.get()).second) {
            std::vector<NodePtr> inputs = input->inputs();
            stack.push_back({std::move(input), std::move(inputs)});
        }
    }
    return order;
}

} // namespace tintype
