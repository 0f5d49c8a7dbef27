// Operations that Python functions do: added to the catalogue, and taken away.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "scripting/api/Bindings.h"
#include "scripting/api/Compute.h"
#include "scripting/api/Host.h"
#include "scripting/api/OperationDescription.h"
#include "scripting/api/PyOperationFunction.h"

#include <pybind11/stl.h>

#include <set>
#include <string>

namespace py = pybind11;

namespace tintype {

namespace {

void addOperation(const Host& host, const py::dict& description, const py::object& function) {
    Operation operation = readDescription(host, description);
    const OwnerPtr owner = host.owner();
    operation.origin = owner->title();
    const auto does = std::make_shared<PyOperationFunction>(host, operation.id, PyCallable(function.ptr()), owner);
    OperationCatalog& catalog = host.workbench().catalog;
    withoutGil([&] {
        const Operation& added = catalog.add(std::move(operation), does);
        const auto vanish = [weak = std::weak_ptr(does), &catalog, &added] {
            if (const auto vanishes = weak.lock()) {
                vanishes->disconnect();
                catalog.remove(added, *vanishes);
            }
        };
        does->belong(owner->add(Owner::Kind::Operation, vanish, added.id));
    });
}

void removeOperation(const Host& host, const std::string& id) {
    OperationCatalog& catalog = host.workbench().catalog;
    const OwnerPtr owner = host.owner();
    withoutGil([&] {
        const Operation& operation = catalog.get(id);
        const OperationFunctionPtr function = operation.function ? operation.function->get() : nullptr;
        if (!function || function->owner() != owner.get())
            throw Error(ErrorCode::Parameter,
                        "operation '" + id + "' cannot be taken away by " + owner->title() + ": it is " +
                            (operation.origin.empty() ? "Tintype's own" : "of " + operation.origin));
        catalog.remove(operation, *function);
    });
}

std::set<std::string> addedOperations(const OperationCatalog& catalog, const NodeOutput& output) {
    std::set<std::string> ids;
    for (const NodePtr& node : upstream(output.node)) {
        // Only those have dots.
        if (node->operation().find('.') == std::string::npos)
            continue;
        const Operation* const operation = catalog.find(node->operation());
        if (!operation || operation->function)
            ids.insert(node->operation());
    }
    return ids;
}

} // namespace

void bindAddedOperations(py::module_& module, const Host& host) {
    // GIL: releases it, because it may wait for those that look into the catalogue.
    module.def(
        "add_operation",
        [&host](const py::dict& description, const py::object& function) { addOperation(host, description, function); },
        py::arg("description"), py::arg("function"),
        "Add an operation that `function` does, which takes a dict and gives a list.");
    // GIL: releases it, because it may wait likewise.
    module.def(
        "remove_operation", [&host](const std::string& id) { removeOperation(host, id); }, py::arg("id"),
        "Take away an operation that the code which runs here has added.");
    // GIL: keeps it, instant. Empty for Tintype's own and for what is none.
    module.def(
        "operation_origin",
        [&host](const std::string& id) {
            const Operation* const operation = host.catalog().find(id);
            return operation ? operation->origin : std::string();
        },
        py::arg("id"), "Who has added an operation.");
    // GIL: releases it, for recipes can be long.
    module.def(
        "added_operations",
        [&host](const NodeOutput& output) { return withoutGil([&] { return addedOperations(host.catalog(), output); }); },
        py::arg("output"), "The ids of the operations of a recipe that somebody has added, or that nobody knows.");
}

} // namespace tintype
