// What an image says about itself, besides its pixels.
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
/// GLib's name of the type; empty when there is no such field.
std::string metadataTypeOf(const VipsImageRef& image, const std::string& field);
/// Size, format and all fields, for an image without pixels yet that is no part of the other's pipeline.
void copyHeader(const VipsImage* from, VipsImage* to);

} // namespace tintype
