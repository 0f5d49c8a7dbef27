// The window around a pixel that filters look at: its shape, its size, and what lies in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/kernels/machinery/PartwisePrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <vips/vips.h>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace tintype {

enum WindowShape { WINDOW_DISC, WINDOW_SQUARE, WINDOW_CROSS };
GType windowShapeType();

constexpr int MOST_RADIUS = 500;
/// Of a `vradius` that was not given: the same as `radius`.
constexpr int SAME_RADIUS = -1;

/// Symmetric, and each of its rows is a run of pixels around the middle.
struct Window {
    std::vector<int> reaches; ///< of each row, from the top: how far it reaches to either side

    /// An ellipse holds the pixels whose centre is at most half a pixel outside of the one with the radii as its half axes.
    Window(int shape, int radius, int vradius);

    int across() const { return *std::ranges::max_element(reaches); }
    int down() const { return int(reaches.size()) / 2; }
    bool isRectangle() const { return std::ranges::count(reaches, reaches.front()) == std::ptrdiff_t(reaches.size()); }
};

inline VipsRect insideOf(const VipsRect& rect, const VipsImage* image) {
    const VipsRect all{0, 0, image->Xsize, image->Ysize};
    VipsRect inside;
    vips_rect_intersectrect(&rect, &all, &inside);
    return inside;
}

/// Cuts the area into strips, so narrow that what is needed at once of `bytes` a column stays in the cache, and wide beside the
/// `across` pixels at both sides that are read twice.
template <typename F>
void forEachStrip(const PixelArea& area, std::int64_t bytes, int across, F&& work) {
    constexpr std::int64_t CACHE_BYTES = 192 << 10;
    constexpr std::int64_t LEAST_WIDTH = 64;
    const int width = int(std::max({CACHE_BYTES / bytes, std::int64_t(across), LEAST_WIDTH}));
    for (int x = 0; x < area.rect.width; x += width) {
        PixelArea strip = area;
        strip.rect.left += x;
        strip.rect.width = std::min(width, area.rect.width - x);
        strip.pixels += std::size_t(x) * VIPS_IMAGE_SIZEOF_PEL(area.image);
        work(strip);
    }
}

template <typename T, typename B>
TINTYPE_INLINED void convertRow(const T* from, int count, B* to) {
#pragma GCC ivdep
    for (int x = 0; x < count; ++x)
        to[x] = B(from[x]);
}

template <typename T, typename B>
TINTYPE_WIDE void convertRowWide(const T* from, int count, B* to) {
    convertRow(from, count, to);
}

/// Copies `width` pixels of the row from the column `left` on; where the area ends, its last pixels count as repeated.
template <typename T, typename B>
void readRepeated(const PixelArea& area, int left, int width, int y, B* to) {
    const int bands = area.image->Bands;
    const int last = area.rect.left + area.rect.width - 1;
    const T* const row = area.row<T>(std::clamp(y, area.rect.top, area.rect.top + area.rect.height - 1));
    const int begin = std::clamp(area.rect.left - left, 0, width);
    const int end = std::clamp(last + 1 - left, begin, width);
    for (int x = 0; x < begin; ++x)
        std::copy(row, row + bands, to + x * bands);
    const T* const from = row + (left + begin - area.rect.left) * bands;
    const auto convert = hasWideRegisters() ? convertRowWide<T, B> : convertRow<T, B>;
    convert(from, (end - begin) * bands, to + begin * bands);
    for (int x = end; x < width; ++x)
        std::copy(row + (last - area.rect.left) * bands, row + (last + 1 - area.rect.left) * bands, to + x * bands);
}

} // namespace tintype
