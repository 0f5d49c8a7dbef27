// The Python lines of what is done to the document.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/CommandText.h"
#include "core/document/Commands.h"
#include "core/recipe/PythonCall.h"
#include "core/recipe/RecipeExpression.h"

namespace tintype {

namespace {

/// An operation on an image that was given stands for itself: tt.ops would take the document's image instead.
std::string assignedLine(const Operation& operation, const Parameters& given, const std::string& imageName,
                         const DocumentState& state, const OperationCatalog& catalog) {
    const PythonCall call(operation.id, {}, catalog);
    const std::string text =
        call.text(given, [&](const NodeOutput& output) { return pythonExpression(Value(output), state, catalog); });
    const std::string name = imageName.empty() ? newImageName(operation, state) : imageName;
    return imagePlace(name) + " = " + text + call.access(operation.imageOutput()->name);
}

} // namespace

std::string pythonExpression(const Value& value, const DocumentState& state, const OperationCatalog& catalog) {
    const auto known = [&](const NodeOutput& output) {
        const std::string name = state.nameOf(output);
        return name.empty() ? name : imagePlace(name);
    };
    return pythonLiteral(value, [&](const NodeOutput& output) { return recipeExpression(output, known, catalog); });
}

std::string operationLine(const Operation& operation, const Parameters& given, const std::string& imageName,
                          const DocumentState& state, const OperationCatalog& catalog) {
    const ParameterInfo* image = operation.firstImage();
    if (image && findParameter(given, image->name) && operation.imageOutput())
        return assignedLine(operation, given, imageName, state, catalog);
    std::string arguments;
    const auto add = [&arguments](const std::string& argument) {
        arguments += (arguments.empty() ? "" : ", ") + argument;
    };
    for (const ParameterInfo& info : operation.inputs) {
        const Value* value = findParameter(given, info.name);
        if (value && !value->isNone() && (info.required || !isDefault(info, *value)))
            add(pythonKeyword(info.name, pythonExpression(*value, state, catalog)));
    }
    if (image && !findParameter(given, image->name))
        add("image=" + pythonString(imageName));
    return "tt.ops." + operation.id + "(" + arguments + ")";
}

} // namespace tintype
