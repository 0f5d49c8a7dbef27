// Quicker ways to whole pictures of libvips' own operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/PartwisePrivate.h"

#include <optional>

namespace tintype {

/// Problem: some of libvips' operations take several times as long as they need to, although their pixels are right. They stay
/// what they are; where all pixels of a picture in memory are asked for, a kernel computes the same ones. Gives `out`, the
/// image that the built operation has made, such a kernel if there is one for its parameters.
void addShortcut(VipsOperation* operation, VipsImage* out);

// One for each operation; nothing where libvips itself must do it.
std::optional<PartKernel> affineShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> colourShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> compareShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> enlargeShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> turnShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);

} // namespace tintype
