// Makes nodes of their flat list in JSON.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/NodeReader.h"

#include "core/Error.h"
#include "core/operations/OperationCatalog.h"
#include "core/recipe/EncodedSource.h"
#include "core/recipe/ValueJson.h"

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

[[noreturn]] void refuse(const std::string& reason) {
    throw Error(ErrorCode::Recipe, reason);
}

template <typename T>
const T& require(const Parameters& parameters, const char* name, const char* kind) {
    const Value* value = findParameter(parameters, name);
    if (!value || !value->as<T>())
        refuse(std::string(name) + " must be " + kind);
    return *value->as<T>();
}

/// The order of file nodes that were just opened; JSON keeps none.
Parameters fileParameters(Parameters parameters) {
    require<std::string>(parameters, "filename", "a text");
    Parameters ordered;
    for (const char* name : {"filename", "size", "modified", "planes"}) {
        if (const Value* value = findParameter(parameters, name)) {
            ordered.emplace_back(name, *value);
            std::erase_if(parameters, [name](const auto& parameter) { return parameter.first == name; });
        }
    }
    ordered.insert(ordered.end(), parameters.begin(), parameters.end());
    return ordered;
}

Parameters planeParameters(const Parameters& parameters) {
    const NodeOutput& image = require<NodeOutput>(parameters, "in", "an image");
    const std::int64_t index = require<std::int64_t>(parameters, "index", "a whole number");
    if (index < 0)
        refuse("index is " + std::to_string(index) + ", and must be 0 or more");
    return {{"in", image}, {"index", index}};
}

/// Tintype's own have no dots in their ids.
bool isAdded(const std::string& operation) {
    return operation.find('.') != std::string::npos;
}

NodePtr makeNode(const std::string& operation, Parameters parameters, const OperationCatalog& catalog, bool keepsMissing) {
    if (operation == Node::FILE)
        return Node::create(operation, fileParameters(std::move(parameters)));
    if (operation == Node::PLANE)
        return Node::create(operation, planeParameters(parameters));
    if (operation == Node::INPUT)
        return Node::create(operation, {{"name", require<std::string>(parameters, "name", "a text")}});
    if (operation == Node::ARRAY || operation == ENCODED)
        refuse("pixels in memory cannot be read from a file");
    const Operation* known = catalog.find(operation);
    if (!known && keepsMissing && isAdded(operation))
        return Node::create(operation, std::move(parameters));
    if (!known)
        refuse("there is no operation of that name here; an add-on may be missing, or the file comes from a newer "
               "version");
    // Nothing means "left out", which the catalogue may not take for a value.
    std::erase_if(parameters, [](const auto& parameter) { return parameter.second.isNone(); });
    return catalog.makeNode(*known, std::move(parameters));
}

bool hasOutput(const Node& node, const std::string& output, const OperationCatalog& catalog) {
    const Operation* operation = catalog.find(node.operation());
    return operation ? operation->output(output) != nullptr : output == "out" || isAdded(node.operation());
}

} // namespace

NodeReader::NodeReader(const QJsonArray& nodes, const OperationCatalog& catalog, Special special, Missing missing)
    : m_catalog(catalog), m_special(std::move(special)), m_missing(missing) {
    m_nodes.reserve(std::size_t(nodes.size()));
    for (const QJsonValue& json : nodes) {
        std::string step = "step " + std::to_string(m_nodes.size() + 1);
        try {
            if (!json.isObject())
                refuse("a step must be an object");
            const QJsonObject object = json.toObject();
            if (object["operation"_L1].isString())
                step += " (" + object["operation"_L1].toString().toStdString() + ")";
            m_nodes.push_back(read(object));
        } catch (const Error& error) {
            refuse(step + ": " + error.what());
        }
    }
}

NodePtr NodeReader::read(const QJsonObject& json) const {
    if (NodePtr special = m_special ? m_special(json) : nullptr)
        return special;
    const std::string operation = textFromJson(json["operation"_L1], "the operation");
    if (!json["parameters"_L1].isObject())
        refuse("the parameters must be an object");
    const QJsonObject object = json["parameters"_L1].toObject();
    Parameters parameters;
    for (auto entry = object.begin(); entry != object.end(); ++entry)
        parameters.emplace_back(entry.key().toStdString(),
                                valueFromJson(entry.value(), [this](const QJsonObject& found) { return link(found); }));
    return makeNode(operation, std::move(parameters), m_catalog, m_missing == Missing::Kept);
}

NodeOutput NodeReader::link(const QJsonObject& json) const {
    const qint64 index = json["node"_L1].toInteger(-1);
    if (index < 0 || index >= qint64(m_nodes.size()))
        refuse("a link goes to step " + std::to_string(index + 1) + ", but only the steps before, 1 to " +
               std::to_string(m_nodes.size()) + ", can be used");
    NodeOutput output{m_nodes[std::size_t(index)], textFromJson(json["output"_L1], "the output of a link")};
    if (!hasOutput(*output.node, output.name, m_catalog))
        refuse("a link asks step " + std::to_string(index + 1) + " (" + output.node->operation() + ") for \"" +
               output.name + "\", which it does not give");
    return output;
}

} // namespace tintype
