// What may be an image of labels.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/PixelBuffer.h"

#include <string>

namespace tintype {

/// Throws Error(Parameter), which begins with `caller`, where labels have several bands or complex numbers.
void checkLabelFormat(const std::string& caller, int bands, PixelFormat format);

} // namespace tintype
