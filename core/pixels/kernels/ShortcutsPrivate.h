// Quicker ways to the pixels of libvips' own operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/PartwisePrivate.h"

#include <optional>

namespace tintype {

/// Problem: some of libvips' operations take several times as long as they need to, although their pixels are right. They stay
/// what they are, and a kernel computes the same ones, or only those of whole pictures in memory where tiles are libvips' strength.
/// Gives an image that does so in place of `made`, which comes from the built operation, if there is one for its parameters;
/// otherwise a new reference to `made`. Null with libvips' error set on failure.
VipsImage* quickerImage(VipsOperation* operation, VipsImage* made);

// One for each operation; nothing where libvips itself must do it.
std::optional<PartKernel> affineShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> colourShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> compareShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> convolveShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> enlargeShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> sharpenShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);
std::optional<PartKernel> turnShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out);

} // namespace tintype
