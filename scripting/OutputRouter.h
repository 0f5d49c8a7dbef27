// The C++ half of the runtime package: which script the calling thread belongs to, and where its text goes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

#include <string>

namespace tintype {

/// Makes the module `_tintype_runtime` that tintype/_runtime is written against; with the GIL, once.
void installOutputRouter();

/// Loads and installs the package tintype/_runtime from its files, under a name of its own: as a part of `tintype` it would
/// bring the whole API, and the window would show later. With the GIL, once, after installOutputRouter().
void installRuntimePackage(const std::string& packageFolder);

/// tintype.Cancelled, or KeyboardInterrupt where the package could not be imported.
pybind11::object cancelledType();

} // namespace tintype
