// The Python objects that stand for operations: `Image.gaussblur`, `Image.black`, `tt.ops.gaussblur`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <pybind11/pybind11.h>

namespace tintype {

class Host;

/// Problem: some 300 operations become attributes at import, and each call of one should cost little beside the 30 us that
/// libvips takes. So these are plain CPython types: an object holds two pointers, is called by vectorcall, makes its
/// documentation and signature only when they are asked for, and is a method descriptor where the image comes first, which
/// lets Python call it without a bound method in between.
enum class OperationRole {
    Method,   ///< of Image, which becomes the first image of the operation
    Function, ///< of Image without an image of its own
    Document, ///< on the document's current image
};

/// Makes the three types; once, before makeOperationFunction.
void bindOperationFunctions(pybind11::module_& module, const Host& host);

/// GIL: keeps it. The operation lives as long as the host's catalogue.
pybind11::object makeOperationFunction(const Host& host, const Operation& operation, OperationRole role);

} // namespace tintype
