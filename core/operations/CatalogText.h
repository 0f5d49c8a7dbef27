// The catalogue as text for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/OperationCatalog.h"

#include <string>

namespace tintype {

/// All operations that people choose from: by category, one line each.
std::string catalogText(const OperationCatalog& catalog);
/// One operation with its parameters, what they may be, and what comes back.
std::string operationText(const Operation& operation);

} // namespace tintype
