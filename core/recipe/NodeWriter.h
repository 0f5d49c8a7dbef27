// Nodes as one flat list in JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <unordered_map>
#include <vector>

namespace tintype {

/// Writes the nodes of several images into one list, each node once, every node after its inputs; used by recipes and
/// projects. An entry is {"operation": id, "parameters": {…}}, a link {"node": index, "output": name}. Not for several
/// threads at once.
class NodeWriter {
public:
    /// Writes a node that a file cannot hold, or has no need to; an empty object for every other one.
    using Special = std::function<QJsonObject(const NodePtr&)>;
    explicit NodeWriter(Special special = {}) : m_special(std::move(special)) {}

    /// The link to the output, after its nodes were added to the list. Throws RecipeError, which names the step, for
    /// what cannot be written down.
    QJsonObject add(const NodeOutput& output);
    const QJsonArray& nodes() const { return m_nodes; }
    /// The nodes of the list, in its order.
    const std::vector<NodePtr>& written() const { return m_kept; }

private:
    void write(const NodePtr& node);
    void append(const NodePtr& node, const QJsonObject& entry);
    QJsonObject link(const NodeOutput& output) const;

    QJsonArray m_nodes;
    std::unordered_map<const Node*, int> m_indices;
    Special m_special;
    std::vector<NodePtr> m_kept; // so that no address is used twice
};

} // namespace tintype
