// Finds out in which directions a file has several planes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"

#include <string>
#include <vector>

namespace tintype {

/// The axes of an OME-XML description (the Open Microscopy Environment's data model, 2016-06): SizeZ, SizeC, SizeT and the
/// channels' names, slowest first as DimensionOrder has it. Empty when the text is none, or does not account for `planes`.
std::vector<Axis> omeAxes(const std::string& description, int planes);

/// One axis of pages.
std::vector<Axis> pageAxes(int planes);

} // namespace tintype
