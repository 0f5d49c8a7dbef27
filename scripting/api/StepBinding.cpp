// Edits of single steps: Recipe.with_step and without_step, tt.edit_step and tt.remove_step.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/document/StepCommands.h"
#include "core/recipe/Recipe.h"
#include "core/recipe/StepEdit.h"
#include "core/recipe/StepOrder.h"
#include "scripting/PythonText.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"

#include <pybind11/stl.h>

#include <algorithm>
#include <limits>

namespace py = pybind11;

namespace tintype {

namespace {

/// How Python names a step.
struct StepName {
    std::int64_t number = 0; ///< from 1, or from the end by -1
    std::string operation;   ///< instead of the number: used once in the recipe
};

StepName stepNameFrom(py::handle step, const std::string& caller) {
    if (PyUnicode_Check(step.ptr()))
        return {0, textFrom(step)};
    if (!PyLong_Check(step.ptr()) || PyBool_Check(step.ptr()))
        throw Error(ErrorCode::Parameter, caller + ": step must be the number of a step or the id of its operation, not " +
                                              typeName(step));
    int overflow = 0;
    const long long number = PyLong_AsLongLongAndOverflow(step.ptr(), &overflow);
    constexpr std::int64_t FAR = std::numeric_limits<std::int64_t>::max();
    return {overflow ? overflow * FAR : number, {}};
}

NodePtr stepByNumber(const std::vector<NodePtr>& steps, std::int64_t number) {
    const auto count = std::int64_t(steps.size());
    if (number == 0 || number > count || number < -count)
        throw Error(ErrorCode::Recipe, "there is no step " + std::to_string(number) + ": the recipe has " +
                                           std::to_string(count) + (count == 1 ? " step" : " steps") +
                                           "; the first one is 1, the last one " + std::to_string(count) + " or -1");
    return steps[std::size_t(number > 0 ? number - 1 : count + number)];
}

NodePtr stepByOperation(const std::vector<NodePtr>& steps, const std::string& id) {
    constexpr std::size_t MOST_NAMED = 20;
    std::string places;
    NodePtr found;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (steps[i]->operation() != id)
            continue;
        places += (places.empty() ? "" : ", ") + std::to_string(i + 1);
        if (found && places.size() > 100)
            break;
        found = steps[i];
    }
    std::string names;
    for (std::size_t i = 0; i < std::min(steps.size(), MOST_NAMED); ++i)
        names += (i ? ", " : "") + steps[i]->operation();
    if (!found)
        throw Error(ErrorCode::Recipe, "no step of the recipe is \"" + id + "\"; its steps are " + names +
                                           (steps.size() > MOST_NAMED ? ", …" : ""));
    if (places.find(',') != std::string::npos)
        throw Error(ErrorCode::Recipe, "several steps of the recipe are \"" + id + "\"; say which by its number: " + places);
    return found;
}

NodePtr findStep(const Image& image, const StepName& name) {
    if (!image)
        throw Error(ErrorCode::Recipe, "an empty image has no recipe");
    const std::vector<NodePtr> steps = stepsOf(image).steps;
    return name.operation.empty() ? stepByNumber(steps, name.number) : stepByOperation(steps, name.operation);
}

/// What was named, None for what is left to the operation.
Parameters changesFrom(const Host& host, const Node& step, const py::dict& parameters, const std::string& caller) {
    const std::string reason = whyNotEdited(step, host.catalog());
    if (!reason.empty())
        throw Error(ErrorCode::Recipe, caller + ": " + reason);
    const Operation& operation = host.catalog().get(step.operation());
    Parameters changes;
    for (const auto& [key, object] : parameters) {
        const std::string name = textFrom(key);
        const ParameterInfo* info = operation.input(name);
        // The catalogue says which names there are.
        changes.emplace_back(name, !info || object.is_none() ? Value() : toValue(host, object, caller, name, info));
    }
    return changes;
}

Image recipeWithStep(const Host& host, const Recipe& recipe, const py::object& step, const py::dict& parameters) {
    const std::string caller = "Recipe.with_step";
    const StepName name = stepNameFrom(step, caller);
    const Image& image = recipe.result();
    const NodePtr node = withoutGil([&] { return findStep(image, name); });
    const Parameters changes = changesFrom(host, *node, parameters, caller);
    const Evaluation& evaluation = host.evaluation();
    const OperationCatalog& catalog = host.catalog();
    return compute([&](const EvaluationWatch& watch) {
        const Image changed = withStep(image, stepsOf(image).steps, node, changedStep(*node, changes, catalog));
        checkAfterEdit(evaluation, image, changed, watch);
        return changed;
    });
}

Image recipeWithoutStep(const Host& host, const Recipe& recipe, const py::object& step) {
    const StepName name = stepNameFrom(step, "Recipe.without_step");
    const Image& image = recipe.result();
    const Evaluation& evaluation = host.evaluation();
    const OperationCatalog& catalog = host.catalog();
    return compute([&](const EvaluationWatch& watch) {
        const Image changed = withoutStep(image, stepsOf(image).steps, findStep(image, name), catalog);
        checkAfterEdit(evaluation, image, changed, watch);
        return changed;
    });
}

SeenStep seenStep(const Host& host, const StepName& name, const std::string& imageName, const std::string& caller) {
    SeenStep seen{imageName.empty() ? host.currentImage() : imageName, {}};
    const Image image = host.document().state()->image(seen.imageName);
    if (seen.imageName.empty())
        throw Error(ErrorCode::NotFound, caller + " needs an image, and none is current: open one, set tt.active, or say "
                                                  "which with image=");
    if (!image)
        throw Error(ErrorCode::NotFound, caller + ": the document has no image \"" + seen.imageName + "\"");
    seen.node = findStep(image, name);
    return seen;
}

Image documentEditStep(const Host& host, const py::object& step, const std::string& image, const py::dict& parameters) {
    const std::string caller = "tt.edit_step";
    const StepName name = stepNameFrom(step, caller);
    const SeenStep seen = withoutGil([&] { return seenStep(host, name, image, caller); });
    const Parameters changes = changesFrom(host, *seen.node, parameters, caller);
    const std::uint64_t group = host.undoGroup();
    return compute(
        [&](const EvaluationWatch& watch) { return editStep(host.workbench(), seen, changes, group, watch); });
}

Image documentRemoveStep(const Host& host, const py::object& step, const std::string& image) {
    const std::string caller = "tt.remove_step";
    const StepName name = stepNameFrom(step, caller);
    const SeenStep seen = withoutGil([&] { return seenStep(host, name, image, caller); });
    const std::uint64_t group = host.undoGroup();
    return compute([&](const EvaluationWatch& watch) { return removeStep(host.workbench(), seen, group, watch); });
}

} // namespace

void bindSteps(py::module_& module, RecipeClass& recipe, const Host& host) {
    // GIL: releases it, for recipes can be long.
    recipe.def_property_readonly(
        "steps",
        [](const Recipe& self) {
            return withoutGil([&] {
                std::vector<std::string> ids;
                for (const NodePtr& step : stepsOf(self.result()).steps)
                    ids.push_back(step->operation());
                return ids;
            });
        },
        R"(The operations of the steps, the first one first, as the recipe panel lists them; the first of them is step 1.

    >>> import tintype as tt
    >>> tt.Image.black(4, 4).gaussblur(2).invert().recipe.steps
    ['black', 'gaussblur', 'invert']
)");
    // GIL: these release it while recipes are walked and pipelines built, which may compute numbers on the picture.
    recipe.def(
        "_with_step",
        [&host](const Recipe& self, const py::object& step, const py::dict& parameters) {
            return recipeWithStep(host, self, step, parameters);
        },
        py::arg("step"), py::arg("parameters"));
    recipe.def(
        "_without_step",
        [&host](const Recipe& self, const py::object& step) { return recipeWithoutStep(host, self, step); },
        py::arg("step"));
    module.def(
        "edit_step",
        [&host](const py::object& step, const std::string& image, const py::dict& parameters) {
            return documentEditStep(host, step, image, parameters);
        },
        py::arg("step"), py::arg("image"), py::arg("parameters"));
    module.def(
        "remove_step",
        [&host](const py::object& step, const std::string& image) { return documentRemoveStep(host, step, image); },
        py::arg("step"), py::arg("image"));
}

} // namespace tintype
