// Makes the exception classes of the package, by the table of errors.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

namespace tintype {

/// Makes the classes in the module, and lets what bindings throw become one of them.
void bindErrors(pybind11::module_& module);

} // namespace tintype
