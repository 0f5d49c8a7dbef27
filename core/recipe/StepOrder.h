// The order in which people see, and number, the steps that lead to an image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <limits>
#include <vector>

namespace tintype {

/// Inputs come before those that use them, and the picture that a recipe begins with comes first. The order depends on how
/// the steps hang together only, so that a step keeps its place when it is edited, and when the recipe is saved, read, or
/// used on another picture. The last steps are found without walking those before them.
struct StepList {
    std::vector<NodePtr> steps; ///< the last ones, first step first
    bool earlier = false;       ///< there are more before these
};

StepList stepsOf(const Image& image, std::size_t limit = std::numeric_limits<std::size_t>::max());

} // namespace tintype
