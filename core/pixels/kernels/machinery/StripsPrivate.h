// Walks over images in strips of rows, on libvips' threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <functional>
#include <vector>

namespace tintype {

struct StripInput {
    VipsImage* image;
    int overlap = 0; ///< rows above and below that the work needs as well, as far as the image has them
};

struct Strip {
    int index;
    VipsRect kept;                    ///< over the whole width
    std::vector<VipsRegion*> regions; ///< one an input, with the rows of `kept` and of the overlap
};

/// Problem: what is counted over a whole image must neither hold the image nor run on one core. Every strip is read and
/// worked on by one of libvips' threads, several at once and in any order; the last strip may have fewer rows. The
/// images have one size. Reports progress to the first image, and ends when an image is killed. Returns 0, or -1 with
/// libvips' error set; throws what the work throws.
int forEachStrip(const std::vector<StripInput>& inputs, int rows, const std::function<void(const Strip&)>& work);

/// Fills the rows of `target` that the strip keeps.
using StripMaker = std::function<void(const Strip& strip, VipsRegion* target)>;

/// An image of one band, of the size of `in`, whose strips are each made whole from that of `in`, when they are asked
/// for; the last ones are kept. A new reference; -1 with libvips' error set on failure.
int stripImage(VipsImage* in, VipsImage** out, VipsBandFormat format, int rows, StripMaker make);

/// Rows of a strip that lies well in a cache and is still long beside its overlap.
int stripRows(const VipsImage* image);
int stripCount(const VipsImage* image, int rows);

} // namespace tintype
