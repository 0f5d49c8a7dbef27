// The catalogue as text for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/CatalogText.h"

#include "core/operations/ParameterText.h"

#include <algorithm>

namespace tintype {

namespace {

std::string padded(const std::string& text, std::size_t width) {
    return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

/// "Sigma of Gaussian", without a full stop: more follows.
std::string withoutStop(const std::string& text) {
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::string parameterLine(const ParameterInfo& info, bool isCurrentImage, std::size_t width) {
    std::string line = "  " + padded(info.name, width) + "  " + withoutStop(info.help) + ": ";
    if (isCurrentImage)
        return line + "the current image, unless given\n";
    line += allowedText(info);
    if (!info.unit.empty())
        line += ", in " + info.unit;
    if (info.required)
        line += "; must be given";
    else if (!info.defaultValue.isNone())
        line += "; " + info.defaultValue.toText() + " unless given";
    return line + "\n";
}

} // namespace

std::string catalogText(const OperationCatalog& catalog) {
    std::size_t width = 0;
    for (const Operation* operation : catalog.all())
        width = std::max(width, operation->id.size());

    std::string text;
    for (const std::string& category : catalog.categories()) {
        text += (text.empty() ? "" : "\n") + category + "\n";
        for (const Operation* operation : catalog.inCategory(category))
            text += "  " + padded(operation->id, width) + "  " + operation->title + "\n";
    }
    return text + "\nOne of them: tintype ops NAME\n";
}

std::string operationText(const Operation& operation) {
    std::string text = operation.title + " (" + operation.category + ")\n";
    if (!operation.help.empty())
        text += operation.help + "\n";
    text += "\ntt.ops." + operation.id + "(" + operation.signature() + ")\n";

    std::size_t width = 0;
    for (const ParameterInfo& info : operation.inputs)
        width = std::max(width, info.name.size());
    for (const ParameterInfo& info : operation.inputs) {
        if (!info.hidden)
            text += parameterLine(info, &info == operation.firstImage(), width);
    }
    text += "Returns\n";
    for (const ParameterInfo& info : operation.outputs)
        text += "  " + padded(info.name, width) + "  " + withoutStop(info.help) + ": " +
                kindName(info.kind) + "\n";
    for (std::size_t i = 0; i < operation.keywords.size(); ++i)
        text += (i ? ", " : "Also known as: ") + operation.keywords[i];
    text += operation.keywords.empty() ? "" : "\n";
    return text + (operation.origin.empty() ? "" : "Brought by " + operation.origin + "\n");
}

} // namespace tintype
