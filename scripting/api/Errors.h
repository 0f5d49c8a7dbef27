// The one table from core's error codes to Python's exceptions.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"

#include <pybind11/pybind11.h>

namespace tintype {

/// Makes the exception classes in the module, and turns what bindings throw into them. Messages stay exactly those of core.
void bindErrors(pybind11::module_& module);

/// Sets Python's error for what is being handled; called in a catch block, with the GIL, by functions that Python calls
/// without pybind11.
void setPythonError();

} // namespace tintype
