// The nodes that lead to an image: saved, read as Python, and used on other pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/Recipe.h"

#include "core/Error.h"
#include "core/recipe/JsonFormat.h"
#include "core/recipe/NodeReader.h"
#include "core/recipe/NodeReplacements.h"
#include "core/recipe/NodeWriter.h"
#include "core/recipe/RecipeScript.h"
#include "core/recipe/RecipeSources.h"

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

void checkNames(const std::map<std::string, Image>& sources, const std::vector<RecipeInput>& inputs) {
    for (const auto& [name, image] : sources) {
        std::string known;
        bool exists = false;
        for (const RecipeInput& input : inputs) {
            exists = exists || input.name == name;
            known += (known.empty() ? "" : ", ") + input.name;
        }
        if (!exists)
            throw Error(ErrorCode::Recipe, "this recipe has no input \"" + name + "\"; " +
                                               (inputs.empty() ? "it has none" : "its inputs are: " + known));
        if (!image)
            throw Error(ErrorCode::Recipe, "the image for the input \"" + name + "\" is empty");
    }
}

void requireResult(const Image& result) {
    if (!result)
        throw Error(ErrorCode::Recipe, "an empty image has no recipe");
}

} // namespace

std::vector<RecipeInput> Recipe::inputs() const {
    return RecipeSources(upstream(m_result.node())).inputs();
}

Image Recipe::apply(const std::map<std::string, Image>& sources) const {
    requireResult(m_result);
    const std::vector<NodePtr> nodes = upstream(m_result.node());
    const RecipeSources places(nodes);
    checkNames(sources, places.inputs());
    Replacements replacements;
    for (const NodePtr& node : nodes) {
        const int place = places.indexOf(node.get());
        const auto source = place < 0 ? sources.end() : sources.find(places.inputs()[std::size_t(place)].name);
        // A source gives way to any output of another node.
        if (source != sources.end())
            replacements[node.get()] = {source->second.node(), source->second.output().name};
    }
    return withReplacements(m_result, nodes, std::move(replacements));
}

QByteArray Recipe::toJson() const {
    requireResult(m_result);
    NodeWriter writer;
    const QJsonObject result = writer.add(m_result.output());
    return writeFormat({{u"nodes"_s, writer.nodes()}, {u"result"_s, result}});
}

Recipe Recipe::fromJson(const QByteArray& json, const OperationCatalog& catalog) {
    const QJsonObject object = readFormat(json, "recipe");
    if (!object["nodes"_L1].isArray() || !object["result"_L1].isObject())
        throw Error(ErrorCode::Recipe, "this is not a recipe: it lacks the keys nodes and result");
    const NodeReader reader(object["nodes"_L1].toArray(), catalog);
    return Recipe(Image(reader.link(object["result"_L1].toObject())));
}

std::string Recipe::toScript(const OperationCatalog& catalog) const {
    requireResult(m_result);
    return RecipeScript(m_result, catalog).text();
}

} // namespace tintype
