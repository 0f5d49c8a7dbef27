// Makes nodes of their flat list in JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <vector>

namespace tintype {

class OperationCatalog;

/// Reads what NodeWriter wrote. Links may only point backwards, which rules out cycles; the catalogue checks every
/// parameter. Not for several threads at once.
class NodeReader {
public:
    /// Reads an entry that a NodeWriter::Special wrote; null for every other one.
    using Special = std::function<NodePtr(const QJsonObject&)>;
    /// What becomes of a step whose operation an add-on or a script would bring that is not there: kept as it is, it can be
    /// looked at, saved, and evaluated as soon as the operation is there.
    enum class Missing { Refused, Kept };
    /// Throws RecipeError, which names the step.
    NodeReader(const QJsonArray& nodes, const OperationCatalog& catalog, Special special = {}, Missing missing = Missing::Refused);
    /// The nodes of the list, in its order.
    const std::vector<NodePtr>& nodes() const { return m_nodes; }
    /// The output that a link means. Throws RecipeError.
    NodeOutput link(const QJsonObject& json) const;

private:
    NodePtr read(const QJsonObject& json) const;

    const OperationCatalog& m_catalog;
    Special m_special;
    const Missing m_missing;
    std::vector<NodePtr> m_nodes;
};

} // namespace tintype
