// The smallest and the largest value, the sum and the sum of squares of each band of an image.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <cstdint>
#include <limits>
#include <vector>

namespace tintype {

/// Of the values that are no NaN; sums have NaN where one of them is.
struct BandStatistics {
    double least = std::numeric_limits<double>::infinity();
    double most = -std::numeric_limits<double>::infinity();
    std::int64_t leastAt = -1; ///< y * width + x of the first pixel that has it; -1 where no value is finite
    std::int64_t mostAt = -1;
    double sum = 0;
    double squares = 0;
};

struct WantedStatistics {
    bool least = false;
    bool most = false;
    bool sums = false;
    bool squares = false; ///< with the sums
};

/// Whether pixelStatistics can read the image: real numbers, not packed.
bool hasPixelStatistics(const VipsImage* in);

/// Reads all pixels; one entry a band. -1 with libvips' error set on failure.
int pixelStatistics(VipsImage* in, const WantedStatistics& wanted, std::vector<BandStatistics>& found);

} // namespace tintype
