// What a step becomes whose operation is a function: the recipe that the function gives, built in the step's place.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/PipelineWalk.h"

#include <cmath>

namespace tintype {

namespace {

/// Functions that use operations by functions nest on the stack.
constexpr int DEEPEST = 50;

/// Counts the functions that this thread is in.
class Nesting {
public:
    explicit Nesting(const Operation& operation) {
        if (depth >= DEEPEST)
            throw Error(ErrorCode::Operation, operation.id + ": operations by functions use one another more than " +
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

BuiltPtr Pipelines::buildFunction(const Step& step, const Operation& operation, const Walk& walk,
                                  const EvaluationWatch& watch) {
    const Nesting nesting(operation);
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
        PipelineKey key = step.key;
        key.node = made->node->id();
        Walk inner;
        inner.outer = &walk;
        inner.isSolid = walk.isSolid;
        inner.made = walk.made;
        const BuiltPtr result = run({made->node, key}, inner, watch);
        const BuiltOutput* const output = result->output(made->name);
        if (!output || (!output->image && output->value.isNone()))
            throw Error(ErrorCode::Operation, made->node->operation() + " has no output '" + made->name + "'");
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

} // namespace tintype
