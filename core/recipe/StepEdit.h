// A recipe with one of its steps changed or left out.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <string>

namespace tintype {

class OperationCatalog;

/// Whether a link leads to an image; to a number, a list or a text otherwise.
bool isImage(const NodeOutput& output, const OperationCatalog& catalog);

/// Why the parameters of this step cannot be edited; empty when they can.
std::string whyNotEdited(const Node& step, const OperationCatalog& catalog);
/// Why the step cannot be left out of any recipe; empty when it can, unless later steps use more of it than its image.
std::string whyNotRemoved(const Node& step, const OperationCatalog& catalog);

/// The step with other parameters. What is not named stays as it is; an empty value leaves it to the operation. Throws
/// RecipeError with whyNotEdited, ParameterError for what the catalogue does not allow.
NodePtr changedStep(const Node& step, const Parameters& changes, const OperationCatalog& catalog);

/// The image with `other` in the place of a step, and all later steps on top of it, as they were. `steps` are those of the
/// image, the replaced one among them.
Image withStep(const Image& image, const std::vector<NodePtr>& steps, const NodePtr& step, const NodePtr& other);
/// The image without the step: its main input takes its place. Throws RecipeError when it cannot be left out.
Image withoutStep(const Image& image, const std::vector<NodePtr>& steps, const NodePtr& step,
                  const OperationCatalog& catalog);

} // namespace tintype
