// One argument of a libvips operation as a ParameterInfo.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <vips/vips.h>

namespace tintype {

/// False when the argument has a type that a recipe cannot hold. `object` is a fresh instance: libvips sets some
/// defaults in the instance only (gamma's exponent is 2.4 by its description and 1/2.4 in fact), others are not what is
/// described.
bool describeArgument(VipsObject* object, GParamSpec* spec, const VipsArgumentClass& argument, ParameterInfo& info);

/// "min-ampl" becomes "min_ampl".
std::string pythonName(const char* engineName);
/// "b-w" becomes "B w", "find image average" "Find image average".
std::string sentence(std::string text);

} // namespace tintype
