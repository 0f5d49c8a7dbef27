// What Python's help() and completion show of an operation, made from the catalogue.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/OperationHelp.h"

#include "scripting/api/Convert.h"

#include <cmath>
#include <limits>

namespace py = pybind11;

namespace tintype {

namespace {

/// Ranges as wide as these say nothing.
constexpr double WIDE = 1e6;

std::string rangeText(const ParameterInfo& info) {
    const bool number = info.kind == ParameterKind::Number || info.kind == ParameterKind::Integer;
    if (!number || info.minimum >= info.maximum)
        return {};
    const bool low = std::abs(info.minimum) < WIDE;
    const bool high = std::abs(info.maximum) < WIDE;
    if (low && high)
        return "from " + Value(info.minimum).toText() + " to " + Value(info.maximum).toText();
    if (low)
        return "at least " + Value(info.minimum).toText();
    return high ? "at most " + Value(info.maximum).toText() : std::string();
}

std::string choicesText(const ParameterInfo& info) {
    std::string text;
    for (const Choice& choice : info.choices)
        text += (text.empty() ? "" : ", ") + Value(choice.value).toText();
    return text;
}

std::string parameterLine(const ParameterInfo& info) {
    std::string text = "    " + info.name + " (" + kindName(info.kind);
    if (const std::string range = rangeText(info); !range.empty())
        text += ", " + range;
    if (!info.unit.empty())
        text += ", in " + info.unit;
    if (!info.required && !info.defaultValue.isNone())
        text += ", default " + info.defaultValue.toText();
    text += "): " + (info.help.empty() ? info.title : info.help);
    if (const std::string choices = choicesText(info); !choices.empty())
        text += "; one of " + choices;
    return text + "\n";
}

void addSection(std::string& text, const char* heading, const std::string& lines) {
    if (!lines.empty())
        text += std::string("\n") + heading + ":\n" + lines;
}

} // namespace

std::string operationHelp(const Operation& operation, OperationRole role) {
    std::string text = operation.title + ".\n";
    if (!operation.help.empty())
        text += "\n" + operation.help + "\n";
    const ParameterInfo* image = operation.firstImage();
    std::string inputs;
    for (const ParameterInfo& info : operation.inputs)
        if (!info.hidden && (&info != image || role != OperationRole::Document))
            inputs += parameterLine(info);
    if (role == OperationRole::Document && image)
        inputs += "    image (name): the image of the document to work on; the current one when left out\n";
    std::string returned, optional;
    for (const ParameterInfo& info : operation.outputs)
        (info.required ? returned : optional) += parameterLine(info);
    addSection(text, "Parameters", inputs);
    addSection(text, "Returns", returned);
    addSection(text, "Also returns, in a dict at the end, when asked for with name=True", optional);
    return text;
}

py::object operationSignature(const Operation& operation, OperationRole role) {
    const py::object inspect = py::module_::import("inspect");
    const py::object isKeywordFunction = py::module_::import("keyword").attr("iskeyword");
    const auto isKeyword = [&](const std::string& name) { return isKeywordFunction(name).cast<bool>(); };
    const py::object parameter = inspect.attr("Parameter");
    const py::object byPosition = parameter.attr("POSITIONAL_OR_KEYWORD");
    const py::object byPositionOnly = parameter.attr("POSITIONAL_ONLY");
    const py::object byName = parameter.attr("KEYWORD_ONLY");
    const ParameterInfo* image = operation.firstImage();
    py::list parameters;
    if (role == OperationRole::Method)
        parameters.append(parameter("self", byPositionOnly));
    for (const ParameterInfo& info : operation.inputs)
        if (info.required && &info != image)
            parameters.append(parameter(info.name, isKeyword(info.name) ? byPositionOnly : byPosition));
    // The hidden ones are not for people, but code may name them, and type checkers look here.
    for (const bool hidden : {false, true})
        for (const ParameterInfo& info : operation.inputs)
            if (!info.required && info.hidden == hidden)
                parameters.append(parameter(info.name, operation.function ? byPosition : byName,
                                            py::arg("default") = fromValue(info.defaultValue)));
    for (const ParameterInfo& info : operation.outputs)
        if (!info.required)
            parameters.append(parameter(info.name, byName, py::arg("default") = false));
    if (role == OperationRole::Document && image)
        parameters.append(parameter("image", byName, py::arg("default") = py::none()));
    return inspect.attr("Signature")(parameters);
}

} // namespace tintype
