// A kernel that makes any part of its result from parts of its sources, in libvips' tiles or in bands of a whole picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <vips/vips.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace tintype {

/// A rectangle of an image whose pixels are in memory.
struct PixelArea {
    const VipsImage* image; ///< for its format, bands and size
    VipsRect rect;          ///< where it lies in the image; empty where nothing of it is needed
    VipsPel* pixels;        ///< the first one of the rectangle
    std::size_t stride;     ///< bytes from one row to the next

    /// The part of the image's row `y` that is in the rectangle.
    template <typename T>
    T* row(int y) const {
        return reinterpret_cast<T*>(pixels + std::size_t(y - rect.top) * stride);
    }
};

/// Memory for pixels of the image's kind, between two steps.
class BetweenPixels {
public:
    BetweenPixels(const VipsImage* image, const VipsRect& rect)
        : m_memory(new VipsPel[std::size_t(rect.width) * std::size_t(rect.height) * VIPS_IMAGE_SIZEOF_PEL(image)]),
          m_area{image, rect, m_memory.get(), std::size_t(rect.width) * VIPS_IMAGE_SIZEOF_PEL(image)} {}
    const PixelArea& area() const { return m_area; }

private:
    std::unique_ptr<VipsPel[]> m_memory;
    PixelArea m_area;
};

/// What a kernel is given.
struct Part {
    std::vector<PixelArea> in; ///< of each source what the kernel needs
    PixelArea out;
    const CancelToken* token = nullptr; ///< null where nothing stops it; when it is cancelled `out` may be anything
};

struct PartKernel {
    /// Fills `out`. Called on any thread, on several at once.
    std::function<void(const Part& part)> run;
    /// What of the source `index` the rectangle of the result depends on; it may reach over the source's edges, which are then
    /// cut off. None: the same rectangle, as it is with operations that look at one pixel at a time.
    std::function<VipsRect(const VipsRect& rect, int index)> needs = {};
    int leastRows = 16; ///< that are worth to be computed at once
    bool wholeOnly = false; ///< slower than libvips in tiles
    /// Where the first source says how opaque its pixels are, the result says the same, whatever `run` makes of that band.
    bool keepsAlpha = false;
};

inline VipsRect grown(const VipsRect& rect, int across, int down) {
    return {rect.left - across, rect.top - down, rect.width + 2 * across, rect.height + 2 * down};
}

/// One that depends on the pixels up to so many columns and rows away from the one that it makes.
PartKernel reachingKernel(int across, int down, std::function<void(const Part& part)> run);

/// Problem: libvips asks for tiles, on several threads, and pays for the overlap of each; a whole picture in memory is computed
/// quicker in wide bands. A kernel that says what it needs for a part can do both, with the same pixels. The result is a new
/// reference and keeps the sources; it has the header of the first one, until `describe` changes size, format or bands. -1
/// with libvips' error set on failure.
int computePartwise(const std::vector<VipsImage*>& sources, PartKernel kernel, VipsImage** out,
                    const std::function<void(VipsImage& header)>& describe = {});

/// As above in place of `made`, an image that libvips computes from the source, with its header. The kernel must give the same
/// pixels; where it is for whole pictures only the tiles stay libvips'.
int computeInstead(VipsImage* made, VipsImage* source, PartKernel kernel, VipsImage** out);

/// The kernel of an image that was made so, for use within another one; it is the image's.
const PartKernel& partKernelOf(VipsImage* image);

} // namespace tintype
