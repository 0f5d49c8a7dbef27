// Tells whether an image can be computed in one pass from top to bottom.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/Streaming.h"

#include "core/pixels/vips/Pipelines.h"

#include <vips/vips.h>

namespace tintype {

namespace {

bool isSequential(const Operation& operation) {
    if (operation.function)
        return false;
    const GType type = vips_type_find("VipsOperation", operation.engine.c_str());
    if (!type)
        return false;
    auto* operationClass = static_cast<VipsOperationClass*>(g_type_class_ref(type));
    const bool sequential = operationClass->flags & VIPS_OPERATION_SEQUENTIAL;
    g_type_class_unref(operationClass);
    return sequential;
}

} // namespace

bool canStream(const Image& image, const OperationCatalog& catalog) {
    NodePtr node = image.node();
    if (node->depth() >= Pipelines::STEPS_BETWEEN_CUTS)
        return false;
    while (!node->isSource()) {
        const Operation* operation = catalog.find(node->operation());
        const std::vector<NodePtr> inputs = node->inputs();
        if (!operation || inputs.size() != 1 || !isSequential(*operation))
            return false;
        node = inputs.front();
    }
    return node->operation() == Node::FILE;
}

} // namespace tintype
