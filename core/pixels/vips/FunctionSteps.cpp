// What a step becomes whose operation, or whose file's format, is a function: the recipe that it gives, built in the step's place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/FileLoader.h"
#include "core/pixels/vips/PipelineWalk.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {

/// Functions that use operations by functions nest on the stack.
constexpr int DEEPEST = 50;

/// Counts the functions that this thread is in.
class Nesting {
public:
    explicit Nesting(const std::string& id) {
        if (depth >= DEEPEST)
            throw Error(ErrorCode::Operation, id + ": functions of operations and formats use one another more than " +
                                                  std::to_string(DEEPEST) + " deep here; does one of them use itself?");
        ++depth;
    }
    ~Nesting() { --depth; }
    Nesting(const Nesting&) = delete;

private:
    static inline thread_local int depth = 0;
};

/// What was found on a picture is a double in most cases; a parameter may want something else.
Value asKind(ParameterKind kind, const Value& found) {
    double number = 0;
    if (const auto* list = found.as<List>()) {
        List items;
        for (const Value& item : *list)
            items.push_back(asKind(kind, item));
        return items;
    }
    if (!found.toNumber(number) || !std::isfinite(number))
        return found;
    if (kind == ParameterKind::Integer || kind == ParameterKind::IntegerList)
        return std::int64_t(std::llround(number));
    return kind == ParameterKind::Boolean ? Value(number != 0) : found;
}

template <typename F>
Value withLinks(const Value& value, const F& resolved) {
    if (const auto* link = value.as<NodeOutput>())
        return resolved(*link);
    const auto* list = value.as<List>();
    if (!list)
        return value;
    List items;
    for (const Value& item : *list)
        items.push_back(withLinks(item, resolved));
    return items;
}

std::vector<NodeOutput> imagesOf(const Value& value) {
    std::vector<NodeOutput> images;
    forEachInput(value, [&](const NodeOutput& image) { images.push_back(image); });
    return images;
}

/// What the function of a format says of its planes.
std::vector<Axis> axesOf(const std::vector<Value>& values, int planes) {
    const auto* const name = values[1].as<std::string>();
    Axis axis{name ? *name : "page", planes, {}};
    if (const auto* const labels = values[2].as<List>(); labels && int(labels->size()) == planes)
        for (const Value& label : *labels)
            axis.labels.push_back(label.as<std::string>() ? *label.as<std::string>() : label.toText());
    return {axis};
}

} // namespace

Parameters Pipelines::givenTo(const Operation& operation, const Step& step, const Walk& walk) const {
    Parameters given = step.node->parameters();
    for (auto& [name, value] : given) {
        const ParameterInfo* const info = operation.input(name);
        value = withLinks(value, [&](const NodeOutput& link) -> Value {
            const BuiltOutput& found = walk.output(step, link);
            if (!found.image)
                return info ? asKind(info->kind, found.value) : found.value;
            if (step.key.plane == 0 && walk.from(step, link).axes.empty())
                return link;
            // So that what the function finds is that plane's.
            return NodeOutput{Node::create(Node::PLANE, {{"in", link}, {"index", step.key.plane}}), "out"};
        });
    }
    // A found number may be out of range, and a recipe older than the operation.
    return m_catalog.makeNode(operation, std::move(given))->parameters();
}

FunctionResults::Values Pipelines::functionResults(const Step& step, const Operation& operation, const Walk& walk,
                                                   const EvaluationWatch& watch) {
    const OperationFunctionPtr function = operation.function->get();
    if (!function)
        throw Error(ErrorCode::Recipe, operation.id + ": the add-on or the script that brings this operation was just taken away");
    if (FunctionResults::Values known = m_results.find(*step.node, step.key.plane, *function))
        return known;
    Parameters given = givenTo(operation, step, walk);
    std::vector<Value> values = function->call(given, watch.token);
    watch.token.check();
    if (values.size() != operation.outputs.size())
        throw Error(ErrorCode::Operation, operation.id + ": its function gave " + std::to_string(values.size()) +
                                              " results, not " + std::to_string(operation.outputs.size()));
    return m_results.insert(step.node, step.key.plane, function, std::move(values));
}

BuiltPtr Pipelines::runGiven(const NodeOutput& given, PipelineKey key, const Walk& walk, const EvaluationWatch& watch) {
    key.node = given.node->id();
    Walk inner;
    inner.outer = &walk;
    inner.isSolid = walk.isSolid;
    inner.made = walk.made;
    BuiltPtr result = run({given.node, key}, inner, watch);
    const BuiltOutput* const output = result->output(given.name);
    if (!output || (!output->image && output->value.isNone()))
        throw Error(ErrorCode::Operation, given.node->operation() + " has no output '" + given.name + "'");
    return result;
}

BuiltPtr Pipelines::buildFunction(const Step& step, const Operation& operation, const Walk& walk,
                                  const EvaluationWatch& watch) {
    const Nesting nesting(operation.id);
    const FunctionResults::Values values = functionResults(step, operation, walk, watch);
    auto built = std::make_shared<Built>();
    for (const NodePtr& input : step.node->inputs())
        if (built->axes.empty())
            built->axes = walk.built.at(inputStep(step, input).key)->axes;
    const bool axesAreGiven = !built->axes.empty();
    for (std::size_t i = 0; i < values->size(); ++i) {
        const Value& value = (*values)[i];
        const std::string& name = operation.outputs[i].name;
        const auto* const made = value.as<NodeOutput>();
        if (!made) {
            built->outputs.push_back({name, {}, value});
            continue;
        }
        const BuiltPtr result = runGiven(*made, step.key, walk, watch);
        const BuiltOutput* const output = result->output(made->name);
        built->outputs.push_back({name, output->image, output->value});
        if (output->image)
            built->standOn(*result);
        if (!axesAreGiven && built->axes.empty())
            built->axes = result->axes;
    }
    // Pixels that stand in memory, or were cut, are made all at once as they are.
    built->isNeededWhole = !operation.tilewise && built->length > 1;
    return built;
}

/// A file that was opened is read once, whatever asks for its planes, and again when that was forgotten.
FunctionResults::Values Pipelines::fileResults(const Step& step, const AddedFormat& format, const EvaluationWatch& watch) {
    if (FunctionResults::Values known = m_results.find(*step.node, 0, *format.load.function))
        return known;
    const FileLoader loader(step.node->parameters(), m_replaced, step.key.tolerant, false);
    std::vector<Value> values = format.load.function->call(loader.forFunction(), watch.token);
    watch.token.check();
    if (values.size() != 3 || imagesOf(values.front()).empty())
        throw Error(ErrorCode::File, loader.path() + ": " + format.called() + " gave no image");
    return m_results.insert(step.node, 0, format.load.function, std::move(values));
}

BuiltPtr Pipelines::buildAddedFile(const Step& step, const Walk& walk, const EvaluationWatch& watch) {
    const std::string id = addedFormatOf(*step.node);
    const FileLoader loader(step.node->parameters(), m_replaced, step.key.tolerant, false);
    const FileFormats& formats = m_catalog.formats();
    const AddedFormatPtr format = formats.orBrought(watch.token, [&] { return formats.find(id); });
    if (!format || !format->load.function) {
        const Value* const origin = step.node->parameter(BROUGHT_BY);
        const auto* const who = origin ? origin->as<std::string>() : nullptr;
        throw Error(ErrorCode::File, loader.path() + ": it is opened by the format '" + id + "'" +
                                         (who ? " of " + *who + ", which is off or missing" : ", and what brings that is off or missing"));
    }
    const Nesting nesting(format->id);
    const FunctionResults::Values values = fileResults(step, *format, watch);
    const std::vector<NodeOutput> planes = imagesOf(values->front());
    const bool hasSeveral = planes.size() > 1;
    PipelineKey key = step.key;
    // What the recipe reads may be needed more than once.
    key.sequential = false;
    key.plane = hasSeveral ? 0 : step.key.plane;
    const std::size_t plane = hasSeveral ? std::size_t(step.key.plane) : 0;
    if (plane >= planes.size())
        throw Error(ErrorCode::File, loader.path() + ": there is no plane " + std::to_string(plane) + " of " + std::to_string(planes.size()));
    const BuiltPtr result = runGiven(planes[plane], key, walk, watch);
    auto built = std::make_shared<Built>();
    built->outputs.push_back({"out", result->output(planes[plane].name)->image, {}});
    built->standOn(*result);
    if (loader.hasAllPlanes())
        built->axes = hasSeveral ? axesOf(*values, int(planes.size())) : result->axes;
    return built;
}

} // namespace tintype
