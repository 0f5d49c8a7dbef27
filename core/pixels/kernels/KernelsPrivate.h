// The kernels of our own, registered as libvips operations beside libvips' own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

namespace tintype {

/// libvips finds operations by nickname; ours begin with `tt_`, since its own win where names are equal.
void registerKernels();

} // namespace tintype
