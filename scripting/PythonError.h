// Turns a Python exception into the Error that core understands.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"

#include <pybind11/pybind11.h>

namespace tintype {

/// The last line of the traceback, then the traceback; Error(Cancelled) for tt.Cancelled. With the GIL.
Error errorFromPython(const pybind11::error_already_set& error);

} // namespace tintype
