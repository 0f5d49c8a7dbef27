// The document on its way to a script's process, and what the script did to it on its way back.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/StateChanges.h"
#include "scripting/process/ProcessLink.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tintype {

class OperationCatalog;

/// Recipes travel as JSON, pixels that stand in memory as shared memory, which the receiver maps and does not copy.
struct PackedImages {
    ProcessMessage message;
    /// The nodes that travelled, by the numbers that both processes give them.
    std::vector<NodePtr> nodes;
    /// Why an image could not travel: "the image "a": …"; the others did.
    std::vector<std::string> leftBehind;
};

/// Throws what `goOn` throws, which is called now and then while pixels are copied; Error(Internal) when memory runs out.
PackedImages packDocument(const DocumentState& state, const std::function<void()>& goOn = {});
struct UnpackedDocument {
    DocumentState state;
    std::vector<NodePtr> nodes; ///< by the same numbers
};
/// Throws RecipeError or Error(Internal).
UnpackedDocument unpackDocument(const ProcessMessage& message, const OperationCatalog& catalog);

/// `known` are the nodes that the receiver has; they travel as numbers, and are the same nodes there.
PackedImages packChanges(const StateChanges& changes, const std::vector<NodePtr>& known);
/// Throws RecipeError or Error(Internal).
StateChanges unpackChanges(const ProcessMessage& message, const OperationCatalog& catalog,
                           const std::vector<NodePtr>& known);

} // namespace tintype
