// Other nodes in the places of some: what stands above them is made anew, everything else is shared.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <string>
#include <unordered_map>
#include <vector>

namespace tintype {

/// What comes in the place of a node.
struct Replacement {
    NodePtr node;
    std::string output; ///< of that node, whichever output was used; empty: the one of the same name
};

using Replacements = std::unordered_map<const Node*, Replacement>;

/// `nodes` are all that lead to the result, inputs before those that use them. Each node above a replaced one is made anew
/// once, however many use it; the others stay the very nodes that they are. Operations that are missing here are no
/// hindrance. The new nodes themselves are not looked into, so that they may use what they replace.
Image withReplacements(const Image& result, const std::vector<NodePtr>& nodes, Replacements replacements);

} // namespace tintype
