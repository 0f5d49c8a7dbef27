// Edits of the steps that lead to an image of the document, each with the Python line that does the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Workbench.h"

#include <string>

namespace tintype {

/// A step as somebody saw it in the recipe of an open image.
struct SeenStep {
    std::string imageName;
    NodePtr node;
};

// As the commands on whole images these may block on files and on numbers that are found on the picture, so the window calls
// them on jobs. The image may have been changed since the step was seen: when the step is part of it still, the edit is made
// to the image as it is now, else it is refused with a RecipeError. Other images that share the step keep theirs.

/// Other parameters for the step: what is not named stays, an empty value leaves it to the operation. All later steps are
/// done again on top of it, as one undo step; none when nothing differs. Returns the new image. Throws ParameterError,
/// RecipeError, NotFound, what a later step throws that does not work then; Cancelled. Nothing was changed then.
Image editStep(Workbench& workbench, const SeenStep& step, const Parameters& changes, std::uint64_t group = 0,
               const EvaluationWatch& watch = {});
/// Leaves the step out: its main input takes its place.
Image removeStep(Workbench& workbench, const SeenStep& step, std::uint64_t group = 0, const EvaluationWatch& watch = {});

/// What editStep would make of the document as it was in `state`; empty when nothing differs.
Image previewStep(const Evaluation& evaluation, const DocumentState& state, const SeenStep& step, const Parameters& changes,
                  const EvaluationWatch& watch);

/// Refuses what does not work any more: what a later step cannot do with the changed one before it is an error of that
/// step. Nothing when `before` failed as well, which keeps nobody from repairing a part of it.
void checkAfterEdit(const Evaluation& evaluation, const Image& before, const Image& after, const EvaluationWatch& watch);

/// `tt.edit_step(2, sigma=4.0, image="coins")`; the number counts from the first step.
std::string editStepLine(std::size_t number, const Node& before, const Node& after, const std::string& imageName,
                         const DocumentState& state, const OperationCatalog& catalog);

} // namespace tintype
