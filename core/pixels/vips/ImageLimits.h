// Checks the parameters whose limits depend on the image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"
#include "core/pixels/vips/VipsRef.h"

#include <string>

namespace tintype {

/// Throws ParameterError for bands that the image does not have and areas that reach beyond it, naming the value and what
/// is allowed. libvips would only say "bad extract area".
void checkLimits(const Operation& operation, const Parameters& parameters, const VipsImageRef& image);

/// For messages: "384 x 303, 1 band, uchar".
std::string describe(const VipsImageRef& image);

} // namespace tintype
