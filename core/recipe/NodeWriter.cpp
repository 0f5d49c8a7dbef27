// Nodes as one flat list in JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/NodeWriter.h"

#include "core/Error.h"
#include "core/recipe/EncodedSource.h"
#include "core/recipe/PythonCall.h"
#include "core/recipe/TileFunction.h"
#include "core/recipe/ValueJson.h"

using namespace Qt::Literals::StringLiterals;

namespace tintype {

QJsonObject NodeWriter::add(const NodeOutput& output) {
    if (!m_indices.contains(output.node.get())) {
        for (const NodePtr& node : upstream(output.node)) {
            if (!m_indices.contains(node.get()))
                write(node);
        }
    }
    return link(output);
}

QJsonObject NodeWriter::link(const NodeOutput& output) const {
    return {{u"node"_s, m_indices.at(output.node.get())}, {u"output"_s, textToJson(output.name)}};
}

void NodeWriter::write(const NodePtr& node) {
    if (const QJsonObject special = m_special ? m_special(node) : QJsonObject(); !special.isEmpty())
        return append(node, special);
    if (node->operation() == Node::ARRAY || node->operation() == ENCODED)
        throw Error(ErrorCode::Recipe,
                    "the source " + sourceTitle(node->operation(), node->parameters()) + whyNotWritten(node->operation()));
    if (node->operation() == FUNCTION)
        throw Error(ErrorCode::Recipe, "the step \"map_tiles\" calls the Python function " +
                                           findParameter(node->parameters(), "name")->toText() +
                                           ", which cannot be written down; save the image to a file first");
    QJsonObject parameters;
    for (const auto& [name, value] : node->parameters())
        parameters[QString::fromStdString(name)] =
            valueToJson(value, [this](const NodeOutput& input) { return link(input); });
    append(node,
           QJsonObject{{u"operation"_s, textToJson(node->operation())}, {u"parameters"_s, std::move(parameters)}});
}

void NodeWriter::append(const NodePtr& node, const QJsonObject& entry) {
    m_nodes.append(entry);
    m_indices[node.get()] = int(m_nodes.size()) - 1;
    m_kept.push_back(node);
}

} // namespace tintype
