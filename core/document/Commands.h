// What people and scripts do to the document, each with the Python line that does the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Workbench.h"

#include <string>
#include <vector>

namespace tintype {

// The window calls these on jobs of the JobQueue, the bindings call them without the GIL; each may block on files,
// never on all pixels of a large image.

/// Opens all planes of a file as a new image, named after the file; one undo step. Returns the name. FileError.
std::string openImage(Workbench& workbench, const std::string& path, const EvaluationWatch& watch = {});

struct OperationResult {
    std::string name;                ///< of the image that was changed or added; empty when values were returned
    Image image;                     ///< empty when values were returned
    std::vector<NodeOutput> outputs; ///< all outputs, in the catalogue's order
};

/// The rules of `tt.ops`: the image of that name is the first image input, unless that was given; the result takes its
/// place, as one undo step. Without an image input a new image is added; without an image output values come back and
/// no step is made. `imageName` may be empty for operations without an image input. Throws ParameterError,
/// OperationError, NotFound; Cancelled when the watch's token was cancelled, and nothing was changed then.
OperationResult applyOperation(Workbench& workbench, const Operation& operation, const Parameters& given,
                               const std::string& imageName, std::uint64_t group = 0,
                               const EvaluationWatch& watch = {});

/// Needs the catalogue for the Python line, which holds the image's recipe.
void setImage(Workbench& workbench, const std::string& name, const Image& image, std::uint64_t group = 0);
void removeImage(Document& document, const std::string& name, std::uint64_t group = 0);
void renameImage(Document& document, const std::string& name, const std::string& newName, std::uint64_t group = 0);
void duplicateImage(Document& document, const std::string& name, std::uint64_t group = 0);
/// Adds the script where there is none of that name.
void setScript(Document& document, const std::string& name, const std::string& text, std::uint64_t group = 0);
void removeScript(Document& document, const std::string& name, std::uint64_t group = 0);

/// Python that evaluates to the value: literals, `tt.data.images["name"]` for images of the document, the recipe's own
/// expression for others.
std::string pythonExpression(const Value& value, const DocumentState& state, const OperationCatalog& catalog);
/// `tt.ops.gaussblur(sigma=2.0, image="coins")`; parameters that have their default are left out.
std::string operationLine(const Operation& operation, const Parameters& given, const std::string& imageName,
                          const DocumentState& state, const OperationCatalog& catalog);

} // namespace tintype
