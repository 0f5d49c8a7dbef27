// Finds out from libvips which operations there are and what they take.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

#include <deque>

namespace tintype {

/// Every operation of the running libvips that can be a step of a recipe, our kernels among them, with what libvips
/// says of it: ids, kinds, ranges, defaults, choices and one-line texts. Nothing is described for people yet. Left out
/// are loaders and savers, deprecated operations and parameters, and those whose arguments cannot be written down. The
/// engine must have been started.
std::deque<Operation> introspectOperations();

} // namespace tintype
