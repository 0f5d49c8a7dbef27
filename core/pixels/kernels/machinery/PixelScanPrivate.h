// Reads all pixels of an image once, on all cores.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/PartwisePrivate.h"

#include <functional>
#include <memory>

namespace tintype {

/// What is found in a part of the pixels; used by one thread at a time.
class PixelGatherer {
public:
    virtual ~PixelGatherer() = default;
    virtual void add(const PixelArea& area) = 0;
};

/// Problem: libvips hands pixels to a statistic in small tiles, and copies them before. Those of an image in memory are read
/// where they are, in areas that do not depend on the number of cores, and joined in their order, so that sums are the same
/// each time; others come in libvips' tiles. `make` is called on any thread, `join` by one at a time. -1 with libvips' error
/// set on failure, or when the evaluation was stopped.
int scanPixels(VipsImage* in, const std::function<std::unique_ptr<PixelGatherer>()>& make,
               const std::function<void(PixelGatherer&)>& join);

} // namespace tintype
