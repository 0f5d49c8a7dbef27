// Computes all pixels of a libvips image, with progress and a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/pixels/Evaluation.h"
#include "core/pixels/vips/VipsRef.h"

#include <functional>
#include <string>

namespace tintype {

/// Runs `evaluate` on a private copy of the image that reports progress and is killed when the token says so; the image
/// itself, which others may use, is never killed. `context` begins the error message.
void runWatched(const VipsImageRef& image, const EvaluationWatch& watch, ErrorCode code, const std::string& context,
                const std::function<int(VipsImage*)>& evaluate);

/// The pixels in memory, or in a temporary file where they are larger than `mostBytes`.
VipsImageRef materialised(const VipsImageRef& image, const EvaluationWatch& watch, const std::string& context,
                          std::size_t mostBytes);

} // namespace tintype
