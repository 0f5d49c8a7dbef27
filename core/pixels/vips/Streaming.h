// Tells whether an image can be computed in one pass from top to bottom.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/OperationCatalog.h"
#include "core/recipe/Image.h"

#include <string>
#include <vector>

namespace tintype {

/// True for a plain chain from one file through operations that libvips marks as sequential. Each pixel of the source is
/// then needed once, and nothing must be kept.
bool canStream(const Image& image, const OperationCatalog& catalog);

} // namespace tintype
