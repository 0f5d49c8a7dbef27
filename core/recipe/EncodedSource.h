// A picture in memory, encoded as it would be in a file, as a source of recipes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <string>

namespace tintype {

/// The operation id of the node; the catalogue has it not. Its parameters: `data`, the bytes; `name`, for people; `planes`,
/// and the loader's options.
inline constexpr const char* ENCODED = "encoded";

} // namespace tintype
