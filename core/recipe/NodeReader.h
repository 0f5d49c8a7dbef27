// Makes nodes of their flat list in JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace tintype {

class OperationCatalog;

/// Reads what NodeWriter wrote. Links may only point backwards, which rules out cycles; the catalogue checks every
/// parameter. Not for several threads at once.
class NodeReader {
public:
    /// Throws RecipeError, which names the step.
    NodeReader(const QJsonArray& nodes, const OperationCatalog& catalog);
    /// The output that a link means. Throws RecipeError.
    NodeOutput link(const QJsonObject& json) const;

private:
    NodePtr read(const QJsonObject& json) const;

    const OperationCatalog& m_catalog;
    std::vector<NodePtr> m_nodes;
};

} // namespace tintype
