// The C++ half of the runtime package: which script the calling thread belongs to, and where its text goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

namespace tintype {

/// Makes the module `_tintype_runtime` that tintype/_runtime is written against; with the GIL, once.
void installOutputRouter();

/// tintype.Cancelled, or KeyboardInterrupt where the package could not be imported.
pybind11::object cancelledType();

} // namespace tintype
