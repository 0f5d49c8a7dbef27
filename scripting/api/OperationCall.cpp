// A call of an operation from Python: its arguments to parameters, its outputs to Python values.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/OperationCall.h"

#include "core/Error.h"
#include "core/document/Commands.h"
#include "core/operations/ColourMaps.h"
#include "core/operations/WhileBuilt.h"
#include "scripting/PythonText.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Convert.h"
#include "scripting/api/Host.h"

#include <algorithm>

namespace py = pybind11;

namespace tintype {

namespace {

/// Sorts arguments into parameters and wanted outputs.
class Binder {
public:
    Binder(const Host& host, const Operation& operation, std::string caller)
        : m_host(host), m_operation(operation), m_caller(std::move(caller)) {}

    Parameters given;
    std::vector<const ParameterInfo*> wanted; ///< optional outputs that were asked for

    /// Positional arguments go to `image` first, if there is one, then to the required inputs in their order; a function that
    /// does the operation has its parameters in an order of its own, and those with a default come after the others.
    void bindPositional(const PythonArguments& arguments, const ParameterInfo* image, bool imageIsPassed) {
        std::vector<const ParameterInfo*> places;
        if (imageIsPassed)
            places.push_back(image);
        for (const ParameterInfo& info : m_operation.inputs)
            if ((info.required || m_operation.function) && &info != image)
                places.push_back(&info);
        if (arguments.positional > places.size())
            refuseCount(places, arguments.positional, imageIsPassed);
        for (std::size_t i = 0; i < arguments.positional; ++i)
            add(*places[i], arguments.values[i]);
    }

    void bindNamed(const std::string& name, py::handle object) {
        const ParameterInfo* input = m_operation.input(name);
        const ParameterInfo* output = m_operation.output(name);
        if (!input && output) {
            if (PyObject_IsTrue(object.ptr()) == 1)
                wanted.push_back(output);
        } else if (input) {
            if (findParameter(given, name))
                throw Error(ErrorCode::Parameter, m_caller + ": " + name + " was given twice");
            add(*input, object);
        } else {
            // The catalogue says which names there are.
            given.emplace_back(name, Value());
        }
    }

private:
    void add(const ParameterInfo& info, py::handle object) {
        if (object.is_none() && !info.required)
            return;
        given.emplace_back(info.name, toValue(m_host, object, m_caller, info.name, &info));
        if (info.engineType == COLOUR_MAP_TYPE)
            waitForMap(given.back().second);
    }

    /// Add-ons that are not loaded yet may bring it.
    void waitForMap(const Value& value) {
        const auto* const name = value.as<std::string>();
        if (!name || !m_host.catalog().colourMaps().resolved(*name).empty())
            return;
        const CallWatch call;
        withoutGil([&] { m_host.catalog().formats().waitForMore(call.watch().token); });
    }

    [[noreturn]] void refuseCount(const std::vector<const ParameterInfo*>& places, std::size_t count, bool method) const {
        std::string names;
        for (std::size_t i = method ? 1 : 0; i < places.size(); ++i)
            names += (names.empty() ? "" : ", ") + places[i]->name;
        const std::size_t taken = places.size() - (method ? 1 : 0);
        throw Error(ErrorCode::Parameter,
                    m_caller + " takes " + (taken ? std::to_string(taken) + " values without a name (" + names + ")"
                                                  : std::string("no values without a name")) +
                        ", not " + std::to_string(count - (method ? 1 : 0)) + "; name the others, as in " + m_caller +
                        "(" + exampleName() + "=…)");
    }

    std::string exampleName() const {
        for (const ParameterInfo& info : m_operation.inputs)
            if (!info.required && !info.hidden)
                return info.name;
        return "name";
    }

    const Host& m_host;
    const Operation& m_operation;
    const std::string m_caller;
};

template <typename F>
void forEachNamed(const PythonArguments& arguments, F f) {
    const Py_ssize_t count = arguments.names ? PyTuple_GET_SIZE(arguments.names) : 0;
    for (Py_ssize_t i = 0; i < count; ++i)
        f(textFrom(PyTuple_GET_ITEM(arguments.names, i)),
          py::handle(arguments.values[arguments.positional + std::size_t(i)]));
}

/// One output of the node, before it becomes a Python object.
struct Found {
    const ParameterInfo* info;
    NodeOutput output;
    Value value;
};

Found find(const Evaluation& evaluation, const ParameterInfo& info, const NodePtr& node, const EvaluationWatch& watch) {
    Found found{&info, NodeOutput{node, info.name}, {}};
    if (info.kind != ParameterKind::Image)
        found.value = evaluation.value(found.output, watch);
    return found;
}

/// The required outputs and those that were asked for.
std::vector<Found> findOutputs(const Evaluation& evaluation, const Operation& operation, const NodePtr& node,
                               const std::vector<const ParameterInfo*>& wanted, const EvaluationWatch& watch) {
    std::vector<Found> found;
    for (const ParameterInfo& info : operation.outputs)
        if (info.required || std::find(wanted.begin(), wanted.end(), &info) != wanted.end())
            found.push_back(find(evaluation, info, node, watch));
    return found;
}

py::object toObject(const Found& found) {
    if (found.info->kind == ParameterKind::Image)
        return py::cast(Image(found.output));
    return fromValue(found.value, found.output);
}

py::object toResult(const std::vector<Found>& outputs) {
    py::list list;
    py::dict optional;
    for (const Found& found : outputs) {
        if (found.info->required)
            list.append(toObject(found));
        else
            optional[py::str(found.info->name)] = toObject(found);
    }
    if (!optional.empty())
        list.append(optional);
    if (list.empty())
        return py::none();
    return list.size() == 1 ? py::object(list[0]) : py::object(py::tuple(list));
}

/// Making an image is quick in most cases, finding a value takes all pixels of `image`, if there is one.
template <typename F>
auto run(const Host& host, const Operation& operation, const Value* image, F&& f) {
    const NodeOutput* source = image ? image->as<NodeOutput>() : nullptr;
    if (!operation.imageOutput() && source)
        return compute(host.signals(), Image(*source), f);
    if (computesWhileBuilt(operation))
        return compute(f);
    const CallWatch call;
    return withoutGil([&] { return f(call.watch()); });
}

/// The image of the document that is meant by a name.
Value namedImage(const Host& host, const std::string& caller, const std::string& parameter, const std::string& name) {
    const Image image = withoutGil([&] { return host.document().state()->image(name); });
    if (!image)
        throw Error(ErrorCode::NotFound,
                    caller + ": " + parameter + " names the image \"" + name + "\", but the document has none of that name");
    return Value(image.output());
}

} // namespace

py::object callOperation(const Host& host, const Operation& operation, const PythonArguments& arguments, bool method) {
    Binder binder(host, operation, operation.id);
    binder.bindPositional(arguments, operation.firstImage(), method);
    forEachNamed(arguments, [&](const std::string& name, py::handle object) { binder.bindNamed(name, object); });
    const Evaluation& evaluation = host.evaluation();
    const ParameterInfo* image = operation.firstImage();
    const Value* source = image ? findParameter(binder.given, image->name) : nullptr;
    const Value asked = source ? *source : Value();
    const std::vector<Found> outputs = run(host, operation, &asked, [&](const EvaluationWatch& watch) {
        const NodePtr node = evaluation.apply(operation, std::move(binder.given), watch);
        return findOutputs(evaluation, operation, node, binder.wanted, watch);
    });
    return toResult(outputs);
}

py::object callOnDocument(const Host& host, const Operation& operation, const PythonArguments& arguments) {
    const std::string caller = "tt.ops." + operation.id;
    Binder binder(host, operation, caller);
    const ParameterInfo* image = operation.firstImage();
    binder.bindPositional(arguments, image, false);
    std::string name;
    forEachNamed(arguments, [&](const std::string& key, py::handle object) {
        const ParameterInfo* input = operation.input(key);
        if (PyUnicode_Check(object.ptr()) && (key == "image" || input == image) && image)
            name = textFrom(object);
        else if (key == "image" && !input && image)
            binder.bindNamed(image->name, object);
        else if (input && input->kind == ParameterKind::Image && PyUnicode_Check(object.ptr()))
            binder.given.emplace_back(key, namedImage(host, caller, key, textFrom(object)));
        else
            binder.bindNamed(key, object);
    });
    if (name.empty() && image)
        name = withoutGil([&] { return host.currentImage(); });
    if (name.empty() && image && !findParameter(binder.given, image->name))
        throw Error(ErrorCode::NotFound, caller + " needs an image, and none is current: open one, set tt.active, or say "
                                                  "which with image=");
    Workbench& workbench = host.workbench();
    const std::uint64_t group = host.undoGroup();
    std::string made;
    const std::vector<Found> outputs = run(host, operation, nullptr, [&](const EvaluationWatch& watch) {
        const OperationResult result = applyOperation(workbench, operation, binder.given, name, group, watch);
        if (!image)
            made = result.name;
        const NodePtr node = result.image ? result.image.node() : result.outputs.at(0).node;
        return findOutputs(workbench.evaluation, operation, node, binder.wanted, watch);
    });
    // It is the current one of this thread, where the work may have run on another.
    if (!made.empty())
        withoutGil([&] { host.setCurrentImage(made); });
    return toResult(outputs);
}

} // namespace tintype
