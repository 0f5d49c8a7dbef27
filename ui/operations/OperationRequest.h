// The wish to apply an operation with these parameters, or to give them to a step.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/StepCommands.h"
#include "core/operations/Operation.h"

namespace tintype {

/// A type of its own, since Qt's meta objects cannot look into a bare list of values, which may hold lists of values.
struct OperationRequest {
    const Operation* operation = nullptr;
    Parameters parameters; ///< of a step those that change
    SeenStep step = {};    ///< to be edited; without a node when the operation is to be applied anew
};

} // namespace tintype
