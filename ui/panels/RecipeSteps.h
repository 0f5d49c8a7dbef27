// The steps of an image in words: each node's title and the parameters that matter.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <QString>

#include <vector>

namespace tintype {

class OperationCatalog;

struct RecipeStep {
    QString title;
    QString parameters; ///< "sigma 2.5, precision float"; empty where everything has its default
    bool isMissing = false; ///< nobody here knows the operation
    NodePtr node = {};
};

/// The last `limit` steps that lead to the image, first step first; `earlier` says whether there are more. Never
/// walks more nodes than that.
std::vector<RecipeStep> recipeSteps(const Image& image, const OperationCatalog& catalog, std::size_t limit, bool& earlier);

/// A value as people read it: "2.5", "yes", "from “Gaussian blur”"; of a long list the beginning.
QString valueInWords(const Value& value, const OperationCatalog& catalog);

} // namespace tintype
