// The nodes that lead to an image, as something to save, to read as Python, and to use on other pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <QByteArray>

#include <map>
#include <string>
#include <vector>

namespace tintype {

class OperationCatalog;

/// A source of a recipe under the name by which apply() replaces it.
struct RecipeInput {
    std::string name;
    NodePtr node;
};

/// A recipe is a view on immutable nodes: cheap to make, safe on any thread.
class Recipe {
public:
    explicit Recipe(Image result) : m_result(std::move(result)) {}

    const Image& result() const { return m_result; }

    /// The sources, in the order of their first use; a file that was opened twice is one. Names come from the file's
    /// stem, made valid for Python, or are `image`, `image_2`, …
    std::vector<RecipeInput> inputs() const;

    /// The same steps on other sources. Inputs that are not named stay as they are; a name that does not exist is a
    /// RecipeError that lists the names. Values found on the picture are found anew.
    Image apply(const std::map<std::string, Image>& sources) const;

    /// One JSON object, {"tintype": 1, "nodes": [...], "result": ...}. Throws RecipeError, which names the step, for
    /// what cannot be written down (pixels in memory).
    QByteArray toJson() const;
    /// Throws RecipeError with the reason: not JSON, a version that is too new, unknown operations, cycles, bad links.
    static Recipe fromJson(const QByteArray& json, const OperationCatalog& catalog);

    /// Python text that makes the same image, in the variable `result`; parameters that have their default are left
    /// out. Inputs without a picture are taken from the script's arguments. Throws RecipeError, which names the step,
    /// for what cannot be written down.
    std::string toScript(const OperationCatalog& catalog) const;

private:
    Image m_result;
};

} // namespace tintype
