// A recipe as one Python expression.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/PythonCall.h"
#include "core/recipe/Value.h"

#include <functional>
#include <string>

namespace tintype {

class OperationCatalog;

/// What makes the output: `tt.Image.new_from_file("/…/coins.png").gaussblur(2.0)`. Long chains, which Python could not
/// nest, and results that are used twice become `[_step_1 := …, _step_2 := …, _step_2.invert()][-1]`. `known` writes
/// the outputs that the reader has by a name already, as images of the document are, and nothing for others. Throws
/// RecipeError, which names the step, for what cannot be written down.
std::string recipeExpression(const NodeOutput& output, const PythonCall::OutputText& known,
                             const OperationCatalog& catalog);

} // namespace tintype
