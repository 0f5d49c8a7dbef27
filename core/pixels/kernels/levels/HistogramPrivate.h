// The histogram of a one-band image, and the levels that are found on it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <vector>

namespace tintype {

/// Bin i holds the pixels with a value in [first + i * width, first + (i + 1) * width); for images of 8 and 16 bits
/// each value has a bin of its own.
struct Histogram {
    std::vector<double> counts;
    double first = 0;
    double width = 1;
    bool wholeNumbers = true;

    /// The level at which `pixel > level` puts bins up to this one on the dark side.
    double levelAfter(std::size_t bin) const;
};

/// Reads all pixels. Images that are not 8 or 16 bits unsigned get 256 bins over their range, without NaN and
/// infinities. Returns -1 with libvips' error set.
int scanHistogram(const char* domain, VipsImage* in, Histogram& histogram);

/// Otsu (1979), "A threshold selection method from gray-level histograms", IEEE Trans. SMC 9(1), 62-66: the level that
/// makes the variance between the two classes largest; the lowest of equals.
double otsuLevel(const Histogram& histogram);

/// Zack, Rogers and Latt (1977), "Automatic measurement of sister chromatid exchange frequency", J. Histochem.
/// Cytochem. 25(7), 741-753: the bin farthest from the line between the peak and the far end of the histogram.
double triangleLevel(const Histogram& histogram);

} // namespace tintype
