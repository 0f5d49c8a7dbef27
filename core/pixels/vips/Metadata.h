// Reads what an image file says about itself.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/vips/VipsRef.h"
#include "core/recipe/Value.h"

#include <string>
#include <vector>

namespace tintype {

/// Throws NotFound, which lists the fields.
Value metadataOf(const VipsImageRef& image, const std::string& field);
std::vector<std::string> metadataFieldsOf(const VipsImageRef& image);

} // namespace tintype
