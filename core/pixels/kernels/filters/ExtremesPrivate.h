// The smallest and the largest value in a window around each pixel.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/machinery/PartwisePrivate.h"

namespace tintype {

/// Fills `out` from `in`, which has the same format and all that the window holds of the image. Of numbers beside NaN the numbers
/// count. Returns early, with anything in `out`, when the token is cancelled.
void findSmallest(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token);
void findLargest(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token);

} // namespace tintype
