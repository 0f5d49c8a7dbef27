// Local histogram equalisation, as an operation: libvips' pixels, from histograms that slide.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/levels/LocalHistogramPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <array>

namespace tintype {

namespace {

struct HistLocal {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int width;
    int height;
    int max_slope;
};

/// Of a row of windows, each one column further than the last.
struct WindowRow {
    LocalHistogram& histogram;
    const std::uint8_t* values; ///< the pixels in the middles of the windows
    std::uint8_t* out;
    int step; ///< from pixel to pixel
    int count;
};

/// Of the values up to the middle one as many pixels as are in the window; those above the limit of a value are dealt out
/// among all values. In whole numbers, cut off, as libvips does it.
template <bool isLimited>
TINTYPE_INLINED void equalise(const WindowRow& row, int limit, int pixels) {
    for (int x = 0; x < row.count; ++x) {
        const int value = row.values[x * row.step];
        const auto [below, all] = row.histogram.slide<isLimited>(x, value, limit);
        const int sum = isLimited ? below + (value + 1) * (pixels - all) / LocalHistogram::LEVELS : below;
        row.out[x * row.step] = std::uint8_t(255 * sum / pixels);
    }
}

void equaliseRow(const WindowRow& row, int limit, int pixels) {
    if (limit > 0)
        withWideRegisters([&]() __attribute__((always_inline)) { equalise<true>(row, limit, pixels); });
    else
        withWideRegisters([&]() __attribute__((always_inline)) { equalise<false>(row, limit, pixels); });
}

/// The image is mirrored where it ends, its last pixels included.
int mirrored(int at, int size) {
    const int inside = at < 0 ? -at - 1 : at;
    return inside < size ? inside : 2 * size - 1 - inside;
}

class Equaliser {
public:
    Equaliser(const Part& part, const HistLocal& local) : m_part(part), m_in(part.in.front()), m_local(local) {}

    void run() {
        // A value's count is of 16 bits.
        const std::int64_t columnBytes = 2 * LocalHistogram::LEVELS;
        forEachStrip(m_part.out, columnBytes, m_local.width - 1, [this](const PixelArea& strip) {
            for (int band = 0; band < strip.image->Bands; ++band)
                equaliseStrip(strip, band);
        });
    }

private:
    const std::uint8_t* rowAt(int y) const { return m_in.row<std::uint8_t>(mirrored(y, m_in.image->Ysize)); }

    /// Where in a row of the part the band's pixels under the windows lie.
    std::vector<int> placesOf(const VipsRect& rect, int band) const {
        std::vector<int> places(std::size_t(rect.width + m_local.width - 1));
        for (int x = 0; x < int(places.size()); ++x) {
            const int column = mirrored(rect.left - m_local.width / 2 + x, m_in.image->Xsize);
            places[std::size_t(x)] = (column - m_in.rect.left) * m_in.image->Bands + band;
        }
        return places;
    }

    void equaliseStrip(const PixelArea& strip, int band) const {
        LocalHistogram histogram(placesOf(strip.rect, band), m_local.width);
        const int first = strip.rect.top - m_local.height / 2;
        const int bands = strip.image->Bands;
        for (int y = first; y < first + m_local.height - 1; ++y)
            histogram.add(rowAt(y));
        for (int y = 0; y < strip.rect.height; ++y) {
            if (m_part.token && m_part.token->isCancelled())
                return;
            histogram.add(rowAt(first + m_local.height - 1 + y));
            histogram.begin();
            const int at = strip.rect.top + y;
            const std::uint8_t* const values = m_in.row<std::uint8_t>(at) + (strip.rect.left - m_in.rect.left) * bands;
            equaliseRow({histogram, values + band, strip.row<std::uint8_t>(at) + band, bands, strip.rect.width},
                        m_local.max_slope, m_local.width * m_local.height);
            histogram.remove(rowAt(first + y));
        }
    }

    const Part& m_part;
    const PixelArea& m_in;
    HistLocal m_local;
};

/// The counts have 16 bits.
bool isLeftToLibvips(const VipsImage* in, const HistLocal& local) {
    constexpr std::int64_t MOST_PIXELS = 65535;
    return in->BandFmt != VIPS_FORMAT_UCHAR || local.width > in->Xsize || local.height > in->Ysize ||
           std::int64_t(local.width) * local.height > MOST_PIXELS;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& local = *reinterpret_cast<HistLocal*>(object);
    const ImagePointer in = decoded(local.in);
    if (!in)
        return -1;
    return withoutExceptions(object, [&] {
        VipsImage* out = nullptr;
        if (isLeftToLibvips(in.get(), local)) {
            if (vips_hist_local(in.get(), &out, local.width, local.height, "max_slope", local.max_slope, nullptr))
                return -1;
        } else {
            PartKernel kernel = reachingKernel(local.width / 2, local.height / 2,
                                               [local](const Part& part) { Equaliser(part, local).run(); });
            if (computePartwise({in.get()}, std::move(kernel), &out))
                return -1;
        }
        g_object_set(object, "out", out, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_hist_local", "local histogram equalisation", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(HistLocal, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(HistLocal, out));
    VIPS_ARG_INT(kernel, "width", 4, "Width", "Window width in pixels", VIPS_ARGUMENT_REQUIRED_INPUT,
                 G_STRUCT_OFFSET(HistLocal, width), 1, VIPS_MAX_COORD, 1);
    VIPS_ARG_INT(kernel, "height", 5, "Height", "Window height in pixels", VIPS_ARGUMENT_REQUIRED_INPUT,
                 G_STRUCT_OFFSET(HistLocal, height), 1, VIPS_MAX_COORD, 1);
    VIPS_ARG_INT(kernel, "max_slope", 6, "Max slope", "Maximum slope (CLAHE)", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(HistLocal, max_slope), 0, 100, 0);
}

void initInstance(HistLocal* local) {
    local->width = 1;
    local->height = 1;
}

} // namespace

void registerHistLocal() {
    registerKernel<HistLocal, initClass, initInstance>("TtHistLocal");
}

} // namespace tintype
