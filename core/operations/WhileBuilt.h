// Which operations read pixels while they are built, where all others wait until pixels of their result are asked for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/operations/Operation.h"

namespace tintype {

/// Building it takes as long as its pixels do, and can be stopped.
bool computesWhileBuilt(const Operation& operation);

/// Engines that read images while they are built; all but those that need one whole.
bool readsWhileBuilt(const Operation& operation);
/// Of those the ones that read all pixels once, where others read a mask or a table.
bool readsAllWhileBuilt(const Operation& operation);

/// An engine that keeps the tiles that it was asked for.
bool keepsTiles(const Operation& operation);

/// An engine of ours has all pixels of this input in memory while it is built: what it finds has no limited reach.
bool isNeededWhole(const Operation& operation, const ParameterInfo& input);

} // namespace tintype
