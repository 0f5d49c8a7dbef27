// Edits the steps that lead to an image of the document.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/StepCommands.h"

#include "core/Error.h"
#include "core/document/CommandText.h"
#include "core/document/Commands.h"
#include "core/recipe/StepEdit.h"
#include "core/recipe/StepOrder.h"

#include <algorithm>

namespace tintype {

namespace {

using Edited = Document::Edited;

std::string titleOf(const Node& step, const OperationCatalog& catalog) {
    const Operation* operation = catalog.find(step.operation());
    return operation ? operation->title : step.operation();
}

/// Where a step is now in the image that it was seen in.
struct Found {
    Image image;
    std::vector<NodePtr> steps;
    std::size_t number; ///< of the step, from 1
};

Found findStep(const DocumentState& state, const SeenStep& seen, const OperationCatalog& catalog) {
    const Image image = state.image(seen.imageName);
    if (!image)
        DocumentState(state).setActive(seen.imageName); // throws, and lists the names
    std::vector<NodePtr> steps = stepsOf(image).steps;
    const auto place = std::ranges::find(steps, seen.node);
    if (place == steps.end())
        throw Error(ErrorCode::Recipe, "\"" + seen.imageName + "\" was changed meanwhile, and the step " +
                                           titleOf(*seen.node, catalog) + " is not part of it any more");
    const auto number = std::size_t(place - steps.begin()) + 1;
    return {image, std::move(steps), number};
}

/// Makes the edit, again and again while others change the document meanwhile. The engine is asked once, since an edit that
/// takes its time must not lose to quicker ones for ever.
template <typename F>
Image edit(Workbench& workbench, const SeenStep& seen, const std::string& verb, std::uint64_t group,
           const EvaluationWatch& watch, F&& changed) {
    bool checked = false;
    Image result;
    const auto change = [&](const DocumentState& state) {
        const Found found = findStep(state, seen, workbench.catalog);
        Edited edited{state, {}};
        result = changed(found, state, edited.pythonLine);
        if (result == found.image)
            return edited;
        if (!std::exchange(checked, true))
            checkAfterEdit(workbench.evaluation, found.image, result, watch);
        watch.token.check();
        edited.state.setImage(seen.imageName, result);
        return edited;
    };
    workbench.document.edit(verb + " " + titleOf(*seen.node, workbench.catalog), change, group);
    return result;
}

} // namespace

Image editStep(Workbench& workbench, const SeenStep& step, const Parameters& changes, std::uint64_t group,
               const EvaluationWatch& watch) {
    const OperationCatalog& catalog = workbench.catalog;
    const NodePtr other = changedStep(*step.node, changes, catalog);
    const bool isSame = other->parameters() == step.node->parameters();
    return edit(workbench, step, "Edit", group, watch, [&](const Found& found, const DocumentState& state, std::string& line) {
        if (isSame)
            return found.image;
        line = lineOrComment("Edit " + titleOf(*other, catalog), [&] {
            return editStepLine(found.number, *step.node, *other, step.imageName, state, catalog);
        });
        return withStep(found.image, found.steps, step.node, other);
    });
}

Image removeStep(Workbench& workbench, const SeenStep& step, std::uint64_t group, const EvaluationWatch& watch) {
    return edit(workbench, step, "Remove", group, watch, [&](const Found& found, const DocumentState&, std::string& line) {
        line = "tt.remove_step(" + std::to_string(found.number) + ", image=" + pythonString(step.imageName) + ")";
        return withoutStep(found.image, found.steps, step.node, workbench.catalog);
    });
}

Image previewStep(const Evaluation& evaluation, const DocumentState& state, const SeenStep& step, const Parameters& changes,
                  const EvaluationWatch& watch) {
    const Found found = findStep(state, step, evaluation.catalog());
    const NodePtr other = changedStep(*step.node, changes, evaluation.catalog());
    if (other->parameters() == step.node->parameters())
        return {};
    const Image image = withStep(found.image, found.steps, step.node, other);
    checkAfterEdit(evaluation, found.image, image, watch);
    return image;
}

void checkAfterEdit(const Evaluation& evaluation, const Image& before, const Image& after, const EvaluationWatch& watch) {
    try {
        evaluation.info(after, {}, watch);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled)
            throw;
        try {
            evaluation.info(before, {}, watch);
        } catch (const Error& earlier) {
            if (earlier.code() == ErrorCode::Cancelled)
                throw;
            return;
        }
        throw;
    }
}

std::string editStepLine(std::size_t number, const Node& before, const Node& after, const std::string& imageName,
                         const DocumentState& state, const OperationCatalog& catalog) {
    std::string line = "tt.edit_step(" + std::to_string(number);
    const auto add = [&](const std::string& name, const Value& value) {
        line += ", " + pythonKeyword(name, pythonExpression(value, state, catalog));
    };
    for (const auto& [name, value] : after.parameters()) {
        const Value* old = before.parameter(name);
        if (!old || !(*old == value))
            add(name, value);
    }
    for (const auto& [name, value] : before.parameters())
        if (!value.isNone() && !after.parameter(name))
            add(name, Value());
    return line + ", image=" + pythonString(imageName) + ")";
}

} // namespace tintype
