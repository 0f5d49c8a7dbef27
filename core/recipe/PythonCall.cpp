// One step of a recipe as a Python call, and where its outputs stand in what the call returns.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/PythonCall.h"

#include "core/Error.h"
#include "core/operations/OperationCatalog.h"
#include "core/pixels/FileFormats.h"
#include "core/recipe/EncodedSource.h"
#include "core/recipe/Node.h"
#include "core/recipe/PythonText.h"
#include "core/recipe/TileFunction.h"

#include <algorithm>

namespace tintype {

namespace {

std::string join(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return text;
}

bool isNodeWithoutOperation(const std::string& id) {
    return id == Node::FILE || id == Node::ARRAY || id == Node::INPUT || id == Node::PLANE || id == ENCODED;
}

bool flag(const Parameters& parameters, const char* name) {
    const Value* value = findParameter(parameters, name);
    return value && value->as<bool>() && *value->as<bool>();
}

} // namespace

bool isDefault(const ParameterInfo& info, const Value& value) {
    if (value == info.defaultValue)
        return true;
    double number = 0;
    double standard = 0;
    return value.toNumber(number) && info.defaultValue.toNumber(standard) && number == standard;
}

PythonCall::PythonCall(const std::string& operation, const std::set<std::string>& wanted,
                       const OperationCatalog& catalog)
    : m_id(operation), m_operation(isNodeWithoutOperation(operation) ? nullptr : catalog.find(operation)) {
    if (operation == FUNCTION || operation == MAP_TILES)
        throw Error(ErrorCode::Recipe, "the step \"map_tiles\" calls a Python function, which cannot be written down; "
                                       "save the image to a file first");
    if (!m_operation && !isNodeWithoutOperation(operation))
        throw Error(ErrorCode::Recipe, "the step \"" + operation + "\" is an operation that does not exist here");
    if (!m_operation) {
        m_required = {"out"};
        return;
    }
    for (const ParameterInfo& info : m_operation->outputs) {
        if (info.required)
            m_required.push_back(info.name);
        else if (wanted.contains(info.name))
            m_optional.push_back(info.name);
    }
}

std::string PythonCall::text(const Parameters& parameters, const OutputText& outputText) const {
    if (!m_operation)
        return sourceText(parameters, outputText);
    const ParameterInfo* self = m_operation->firstImage();
    const Value* selfValue = self ? findParameter(parameters, self->name) : nullptr;
    const bool isMethod = selfValue && selfValue->as<NodeOutput>();
    std::vector<std::string> arguments;
    for (const ParameterInfo& info : m_operation->inputs) {
        const Value* value = findParameter(parameters, info.name);
        if (!value || value->isNone() || (isMethod && &info == self))
            continue;
        const std::string literal = pythonLiteral(*value, outputText);
        if (info.required)
            arguments.push_back(literal);
        else if (!isDefault(info, *value))
            arguments.push_back(pythonKeyword(info.name, literal));
    }
    for (const std::string& output : m_optional)
        arguments.push_back(pythonKeyword(output, "True"));
    return (isMethod ? outputText(*selfValue->as<NodeOutput>()) : std::string("tt.Image")) + "." + m_id + "(" +
           join(arguments) + ")";
}

std::string PythonCall::sourceText(const Parameters& parameters, const OutputText& outputText) const {
    if (m_id == Node::FILE)
        return fileText(parameters);
    if (m_id == Node::PLANE) {
        const Value* image = findParameter(parameters, "in");
        const Value* index = findParameter(parameters, "index");
        if (!image || !image->as<NodeOutput>() || !index)
            throw Error(ErrorCode::Recipe, "the step \"plane\" lacks its image or its index");
        return outputText(*image->as<NodeOutput>()) + ".plane(index=" + pythonLiteral(*index) + ")";
    }
    throw Error(ErrorCode::Recipe, "the source " + sourceTitle(m_id, parameters) +
                                       (m_id == Node::INPUT ? std::string(" has no picture yet; apply the recipe to one first")
                                                            : whyNotWritten(m_id)));
}

std::string PythonCall::fileText(const Parameters& parameters) const {
    std::vector<std::string> arguments;
    for (const auto& [name, value] : parameters) {
        if (name == "filename")
            arguments.insert(arguments.begin(), pythonLiteral(value));
        else if (name != "size" && name != "modified" && name != "planes" && name != BROUGHT_BY && !value.isNone())
            arguments.push_back(pythonKeyword(name, pythonLiteral(value)));
    }
    return (flag(parameters, "planes") ? "tt.open(" : "tt.Image.new_from_file(") + join(arguments) + ")";
}

bool PythonCall::isOptional(const std::string& output) const {
    return std::find(m_optional.begin(), m_optional.end(), output) != m_optional.end();
}

std::string PythonCall::access(const std::string& output) const {
    if (isOptional(output))
        return (returnsOne() ? "" : "[" + std::to_string(m_required.size()) + "]") + "[" + pythonString(output) + "]";
    const auto place = std::find(m_required.begin(), m_required.end(), output);
    if (place == m_required.end())
        throw Error(ErrorCode::Recipe, "the step \"" + m_id + "\" has no output \"" + output + "\"");
    return returnsOne() ? "" : "[" + std::to_string(place - m_required.begin()) + "]";
}

bool PythonCall::isImage(const std::string& output) const {
    if (!m_operation)
        return true;
    const ParameterInfo* info = m_operation->output(output);
    return info && info->kind == ParameterKind::Image;
}

std::string whyNotWritten(const std::string& operation) {
    return operation == ENCODED ? " holds an encoded picture in memory and cannot be written down; save it to a file first"
                                : " holds pixels in memory and cannot be written down; save it to a file first";
}

std::string sourceTitle(const std::string& operation, const Parameters& parameters) {
    const auto text = [&](const char* name) {
        const Value* value = findParameter(parameters, name);
        if (!value)
            return std::string("?");
        return value->as<std::string>() ? *value->as<std::string>() : value->toText();
    };
    if (operation == Node::ARRAY)
        return "\"array " + text("width") + "x" + text("height") + "\"";
    return "\"" + text(operation == Node::FILE ? "filename" : "name") + "\"";
}

} // namespace tintype
