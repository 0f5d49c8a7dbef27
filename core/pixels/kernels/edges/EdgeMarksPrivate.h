// Marks of pixels that are edges or could be.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <opencv2/core.hpp>

#include <cstdint>

namespace tintype {

enum EdgeMark : std::uint8_t { NONE, WEAK, STRONG, EDGE = 255 };

/// Weak edges are edges where strong ones lead to them, however far away. Leaves EDGE and NONE. Throws Cancelled.
void followEdges(cv::Mat marks, const CancelToken& token);

} // namespace tintype
