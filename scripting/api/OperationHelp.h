// What Python's help() and completion show of an operation, made from the catalogue.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "scripting/api/OperationFunction.h"

#include <pybind11/pybind11.h>

#include <string>

namespace tintype {

/// Title, sentence, parameters with ranges and units, and what comes back.
std::string operationHelp(const Operation& operation, OperationRole role);

/// An inspect.Signature. GIL: keeps it.
pybind11::object operationSignature(const Operation& operation, OperationRole role);

} // namespace tintype
