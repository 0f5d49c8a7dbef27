// What Python code says of an operation that a function of its does, as the catalogue has it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <pybind11/pybind11.h>

namespace tintype {

class Host;

/// Reads the dict that tintype/_operation.py makes of a function. Throws Error(Parameter) for what is no description. GIL: keeps it.
Operation readDescription(const Host& host, const pybind11::dict& description);

} // namespace tintype
