// Measures the objects of a labelled libvips image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/measure/ObjectTable.h"
#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

namespace tintype {

/// See Evaluation::measureObjects.
ObjectTable measureObjects(const VipsImageRef& labels, const VipsImageRef& intensity, const EvaluationWatch& watch);

} // namespace tintype
