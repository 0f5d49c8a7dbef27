// A function on tiles as a step of a libvips pipeline.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/vips/VipsRef.h"
#include "core/recipe/TileFunction.h"

#include <memory>
#include <vector>

namespace tintype {

/// Lazy: the function is called when pixels are asked for, on the threads that ask. Each tile comes with the overlap around
/// it, so that a function that looks no further than that joins without seams. The images must be of one size. Throws
/// OperationError.
VipsImageRef mapTiles(const std::vector<VipsImageRef>& images, std::shared_ptr<const TileFunction> function,
                      const TileMapping& mapping);

} // namespace tintype
