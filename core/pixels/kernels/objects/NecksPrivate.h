// Finds the parts of an object that hang together by necks only.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/objects/SparseObjectPrivate.h"

#include <functional>
#include <vector>

namespace tintype {

/// `object` has a row after the other: not zero in the object, zero around it. Its distances from the background have
/// peaks; from each a part grows downwards, and where two meet at a height that is at most `depth` below the lower
/// peak, they are one (the persistence of the peaks decides, so that a rough outline cuts nothing). Each pixel becomes
/// the number of its part, from 1 on. Returns how many parts there are, or 0 when `isStopped` said so. Pixels are numbered
/// by ints: there may be no more of them.
int cutNecks(std::vector<int>& object, int width, int height, double depth, const std::function<bool()>& isStopped);
/// The same for each pixel of an object that fills little of its box.
int cutNecks(const SparseObject& object, std::vector<int>& parts, double depth, const std::function<bool()>& isStopped);

} // namespace tintype
