// A function from outside core that makes pixels of pixels, tile by tile, as a part of recipes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/recipe/TileFunction.h"

namespace tintype {

namespace {

/// A node holds values only; this one's owner holds the function beside it, for as long as anybody has the node.
struct FunctionOwner {
    NodePtr node;
    std::shared_ptr<const TileFunction> function;
    void operator()(const Node*) {
        node.reset();
        function.reset();
    }
};

std::int64_t integer(const Node& step, const char* name) {
    const Value* value = step.parameter(name);
    return value && value->as<std::int64_t>() ? *value->as<std::int64_t>() : 0;
}

} // namespace

NodePtr mapTilesNode(const std::vector<NodeOutput>& images, std::shared_ptr<const TileFunction> function,
                     const TileMapping& mapping) {
    const NodePtr described = Node::create(FUNCTION, {{"name", function->name()}});
    const NodePtr source(described.get(), FunctionOwner{described, std::move(function)});
    Parameters parameters{{"in", images.front()}};
    if (images.size() > 1)
        parameters.emplace_back("others", List(images.begin() + 1, images.end()));
    parameters.insert(parameters.end(), {{"function", NodeOutput{source, "function"}},
                                         {"overlap", mapping.overlap},
                                         {"edge", mapping.edge},
                                         {"format", std::int64_t(mapping.format)},
                                         {"bands", mapping.bands}});
    return Node::create(MAP_TILES, std::move(parameters));
}

std::vector<NodeOutput> mappedImages(const Node& step) {
    std::vector<NodeOutput> images;
    for (const char* name : {"in", "others"})
        if (const Value* value = step.parameter(name))
            forEachInput(*value, [&images](const NodeOutput& image) { images.push_back(image); });
    return images;
}

std::shared_ptr<const TileFunction> tileFunctionOf(const Node& step) {
    const Value* value = step.parameter("function");
    const NodeOutput* source = value ? value->as<NodeOutput>() : nullptr;
    const auto* owner = source ? std::get_deleter<FunctionOwner>(source->node) : nullptr;
    return owner ? owner->function : nullptr;
}

TileMapping tileMappingOf(const Node& step) {
    TileMapping mapping;
    mapping.overlap = int(integer(step, "overlap"));
    mapping.format = PixelFormat(integer(step, "format"));
    mapping.bands = int(integer(step, "bands"));
    if (const Value* edge = step.parameter("edge"); edge && edge->as<std::string>())
        mapping.edge = *edge->as<std::string>();
    return mapping;
}

} // namespace tintype
