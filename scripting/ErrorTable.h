// The one table between core's error codes and Python's exceptions, read in both directions.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"

#include <span>

namespace tintype {

/// One code and its class in the package. From Python to C++ the class, its subclasses and `builtin` become the code; from
/// C++ to Python the code becomes the class, which is a `builtin` as well, so that `except OSError` catches what an OSError
/// became on its way through C++.
struct ErrorRow {
    ErrorCode code;
    const char* name;    ///< of the class, in the module `tintype`
    const char* builtin; ///< Python's own class; null for none
    const char* doc;
};

/// Every code once. Subclasses stand before what they are derived from.
std::span<const ErrorRow> errorTable();
const ErrorRow& errorRow(ErrorCode code);

} // namespace tintype
