// The wish to apply an operation with these parameters.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

namespace tintype {

/// A type of its own, since Qt's meta objects cannot look into a bare list of values, which may hold lists of values.
struct OperationRequest {
    const Operation* operation = nullptr;
    Parameters parameters;
};

} // namespace tintype
