// Changes a step of a recipe, or leaves it out.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/StepEdit.h"

#include "core/Error.h"
#include "core/operations/OperationCatalog.h"
#include "core/recipe/NodeReplacements.h"
#include "core/recipe/TileFunction.h"

#include <algorithm>
#include <optional>

namespace tintype {

namespace {

bool isWithoutOperation(const Node& step) {
    return step.operation() == Node::PLANE || step.operation() == MAP_TILES || step.operation() == FUNCTION;
}

std::string missing(const Node& step) {
    return "the operation " + step.operation() +
           " is not there: the add-on or the script that brings it is off or missing";
}

std::string titleOf(const Node& step, const OperationCatalog& catalog) {
    const Operation* operation = catalog.find(step.operation());
    return operation ? operation->title : step.operation();
}

/// What takes the place of a step that is left out; nothing where there is no such image.
std::optional<NodeOutput> mainInput(const Node& step, const OperationCatalog& catalog) {
    const Operation* operation = catalog.find(step.operation());
    const Value* value = nullptr;
    if (operation)
        value = operation->firstImage() ? step.parameter(operation->firstImage()->name) : nullptr;
    else if (isWithoutOperation(step))
        value = step.parameter("in");
    else if (step.inputs().size() == 1)
        // Nobody knows what it does, but there is no other choice.
        for (const auto& [name, input] : step.parameters())
            value = input.as<NodeOutput>() ? &input : value;
    const NodeOutput* input = value ? value->as<NodeOutput>() : nullptr;
    return input && isImage(*input, catalog) ? std::optional(*input) : std::nullopt;
}

/// Throws where something but the image that the step makes is used.
void checkThatOnlyItsImageIsUsed(const Image& image, const std::vector<NodePtr>& steps, const NodePtr& step,
                                 const OperationCatalog& catalog) {
    const Operation* operation = catalog.find(step->operation());
    std::string itsImage = operation ? operation->imageOutput()->name : std::string();
    const auto check = [&](const NodeOutput& used, const std::string& user) {
        if (used.node != step)
            return;
        // Of a missing operation it is the one that is used.
        if (itsImage.empty())
            itsImage = used.name;
        if (used.name != itsImage)
            throw Error(ErrorCode::Recipe, titleOf(*step, catalog) + " cannot be left out: what it finds besides its image, " +
                                               used.name + ", is used by " + user);
    };
    check(image.output(), "the result");
    for (const NodePtr& user : steps)
        for (const auto& [name, value] : user->parameters())
            forEachInput(value, [&](const NodeOutput& input) { check(input, titleOf(*user, catalog)); });
}

} // namespace

bool isImage(const NodeOutput& output, const OperationCatalog& catalog) {
    const Operation* maker = catalog.find(output.node->operation());
    const ParameterInfo* info = maker ? maker->output(output.name) : nullptr;
    return !info || info->isImage();
}

std::string whyNotEdited(const Node& step, const OperationCatalog& catalog) {
    if (step.isSource())
        return "the recipe begins with this picture, which has no parameters to edit";
    if (step.operation() == Node::PLANE)
        return "one plane of an image has no parameters to edit";
    if (isWithoutOperation(step))
        return "a Python function on tiles has no parameters to edit";
    return catalog.find(step.operation()) ? std::string() : missing(step);
}

std::string whyNotRemoved(const Node& step, const OperationCatalog& catalog) {
    if (step.isSource())
        return "the recipe begins with this picture, which cannot be left out";
    const Operation* operation = catalog.find(step.operation());
    if (operation && !operation->imageOutput())
        return operation->title + " cannot be left out: later steps use what it finds, which is no image";
    if (!mainInput(step, catalog))
        return titleOf(step, catalog) + " cannot be left out: it works on no single image that could take its place";
    return {};
}

NodePtr changedStep(const Node& step, const Parameters& changes, const OperationCatalog& catalog) {
    if (const std::string reason = whyNotEdited(step, catalog); !reason.empty())
        throw Error(ErrorCode::Recipe, reason);
    Parameters all = step.parameters();
    for (const auto& change : changes) {
        const auto known = std::ranges::find(all, change.first, &Parameters::value_type::first);
        if (known != all.end())
            known->second = change.second;
        else
            all.push_back(change);
    }
    return catalog.makeNode(catalog.get(step.operation()), std::move(all));
}

Image withStep(const Image& image, const std::vector<NodePtr>& steps, const NodePtr& step, const NodePtr& other) {
    return withReplacements(image, steps, {{step.get(), {other, {}}}});
}

Image withoutStep(const Image& image, const std::vector<NodePtr>& steps, const NodePtr& step,
                  const OperationCatalog& catalog) {
    if (const std::string reason = whyNotRemoved(*step, catalog); !reason.empty())
        throw Error(ErrorCode::Recipe, reason);
    checkThatOnlyItsImageIsUsed(image, steps, step, catalog);
    const NodeOutput input = *mainInput(*step, catalog);
    return withReplacements(image, steps, {{step.get(), {input.node, input.name}}});
}

} // namespace tintype
