// Walks libvips' classes and makes an Operation of each that can be a step of a recipe.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/operations/Introspection.h"

#include "core/operations/IntrospectionPrivate.h"

#include <algorithm>
#include <array>
#include <set>

namespace tintype {

namespace {

constexpr std::string_view OUR_PREFIX = "tt_";

/// A recipe from somebody else must not run programs; no recipe could repeat a random surface that takes no seed; and the
/// approximate convolutions end the process for masks such as [[0.001, 0.002]], or give other sums than the mask says.
constexpr std::array<std::string_view, 4> LEFT_OUT = {"system", "fractsurf", "conva", "convasep"};

struct Walk {
    std::deque<Operation> operations;
    std::set<std::string> ids;
};

struct ArgumentWalk {
    Operation* operation;
    FreshInstance instance;
    bool expressible = true;
};

void* addArgument(VipsObjectClass*, GParamSpec* spec, VipsArgumentClass* argument, void* a, void*) {
    auto& walk = *static_cast<ArgumentWalk*>(a);
    const int flags = argument->flags;
    if (!(flags & VIPS_ARGUMENT_CONSTRUCT) || (flags & VIPS_ARGUMENT_DEPRECATED))
        return nullptr;
    ParameterInfo info;
    if (!describeArgument(walk.instance, spec, *argument, info))
        walk.expressible = false;
    else if (info.output)
        walk.operation->outputs.push_back(std::move(info));
    else
        walk.operation->inputs.push_back(std::move(info));
    return nullptr;
}

/// The engine draws on the image it is given; the recipe sees a new image.
void addDrawnImage(Operation& operation) {
    const auto drawn = std::ranges::find_if(operation.inputs, &ParameterInfo::modified);
    if (drawn == operation.inputs.end())
        return;
    ParameterInfo out = *drawn;
    out.name = "out";
    out.title = "Result";
    out.help = "The image with the drawing on it";
    out.output = true;
    out.modified = false;
    operation.outputs.insert(operation.outputs.begin(), std::move(out));
}

void requiredFirst(std::vector<ParameterInfo>& infos) {
    std::ranges::stable_partition(infos, &ParameterInfo::required);
}

/// Two classes may share a nickname ("extract_area" is "crop" as well); the second goes by its class name.
std::string engineName(GType type, const VipsObjectClass& objectClass, const std::set<std::string>& taken) {
    std::string nickname = objectClass.nickname;
    return taken.contains(nickname) ? g_type_name(type) : nickname;
}

void addOperation(GType type, VipsObjectClass& objectClass, Walk& walk) {
    Operation operation;
    operation.engine = engineName(type, objectClass, walk.ids);
    operation.id =
        operation.engine.starts_with(OUR_PREFIX) ? operation.engine.substr(OUR_PREFIX.size()) : operation.engine;
    operation.family = g_type_name(g_type_parent(type));
    operation.title = sentence(objectClass.description);
    operation.help = sentence(objectClass.description);

    ArgumentWalk arguments{&operation, FreshInstance(type)};
    vips_argument_class_map(&objectClass, addArgument, &arguments, nullptr);
    if (!arguments.expressible)
        return;
    requiredFirst(operation.inputs);
    requiredFirst(operation.outputs);
    addDrawnImage(operation);
    // Ours come last, and take the place of one of libvips' that they put right or outrun.
    if (!walk.ids.insert(operation.id).second) {
        const auto replaced = std::ranges::find(walk.operations, operation.id, &Operation::id);
        operation.family = replaced->family;
        walk.operations.erase(replaced);
    }
    walk.operations.push_back(std::move(operation));
}

void* visitType(GType type, void* a) {
    if (G_TYPE_IS_ABSTRACT(type) || g_type_is_a(type, VIPS_TYPE_FOREIGN))
        return nullptr;
    auto* operationClass = static_cast<VipsOperationClass*>(g_type_class_ref(type));
    VipsObjectClass& objectClass = *VIPS_OBJECT_CLASS(operationClass);
    if (!(operationClass->flags & VIPS_OPERATION_DEPRECATED) &&
        std::ranges::find(LEFT_OUT, objectClass.nickname) == LEFT_OUT.end())
        addOperation(type, objectClass, *static_cast<Walk*>(a));
    g_type_class_unref(operationClass);
    return nullptr;
}

} // namespace

std::deque<Operation> introspectOperations() {
    Walk walk;
    vips_type_map_all(VIPS_TYPE_OPERATION, visitType, &walk);
    return std::move(walk.operations);
}

} // namespace tintype
