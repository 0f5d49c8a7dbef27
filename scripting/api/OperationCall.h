// A call of an operation from Python: its arguments to parameters, its outputs to Python values.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/recipe/Image.h"

#include <pybind11/pybind11.h>

#include <string>
#include <vector>

namespace tintype {

class Host;

/// What Python passed, by vectorcall.
struct PythonArguments {
    PyObject* const* values = nullptr;
    std::size_t positional = 0;
    PyObject* names = nullptr; ///< of those that follow the positional ones; null for none
};

/// An operation on values: `image.gaussblur(2)` (`method`, the image comes first) or `Image.black(8, 8)`.
/// Required parameters by position or name, others by name; an optional output is asked for with `name=True`. Returns one
/// output plain, several as a tuple, with the optional ones as a dict at its end.
/// GIL: releases it while the operation is built and its values are computed.
pybind11::object callOperation(const Host& host, const Operation& operation, const PythonArguments& arguments, bool method);

/// The same on the document, `tt.ops.gaussblur(sigma=2)`: on the current image, or the one named by `image=`.
/// GIL: releases it likewise.
pybind11::object callOnDocument(const Host& host, const Operation& operation, const PythonArguments& arguments);

} // namespace tintype
