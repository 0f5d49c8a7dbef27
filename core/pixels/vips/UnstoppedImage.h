// A copy of an image whose pixels are computed to their end, also where the evaluation that asks for them is stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

namespace tintype {

/// Problem: our kernels leave off when their evaluation is stopped, and the tile fails. libvips' caches compute such a tile
/// again when it is asked for, but warn of it on the terminal at each stop. Behind this copy nothing is stopped; what a step
/// throws reaches the evaluation all the same. A new reference; null with libvips' error set on failure.
VipsImage* unstoppedCopy(VipsImage* image);

} // namespace tintype
