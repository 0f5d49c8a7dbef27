// Says in words what a parameter may be.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

namespace tintype {

/// "a number from 0 to 1000", "one of near, far", …
std::string allowedText(const ParameterInfo& info);

/// What code may say for a choice.
std::vector<std::string> choiceValues(const ParameterInfo& info);

} // namespace tintype
