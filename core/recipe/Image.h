// A handle on the node that makes an image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Node.h"

namespace tintype {

/// A value: copying it copies a pointer. It may be empty. Its pixels are asked of an Evaluation.
class Image {
public:
    Image() = default;
    explicit Image(NodeOutput output) : m_output(std::move(output)) {}
    explicit Image(NodePtr node, std::string name = "out") : m_output{std::move(node), std::move(name)} {}

    explicit operator bool() const { return m_output.node != nullptr; }
    const NodePtr& node() const { return m_output.node; }
    const NodeOutput& output() const { return m_output; }
    /// The same output of the same node.
    bool operator==(const Image&) const = default;

private:
    NodeOutput m_output;
};

} // namespace tintype
