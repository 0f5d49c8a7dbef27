// How often each value of 8 or 16 bits occurs, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/PixelScanPrivate.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

namespace tintype {

namespace {

struct HistFind {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int band;
};

/// Of neighbouring pixels, which often have equal values, each counts in a table of its own: the next count of a value need not
/// wait for the last one.
template <typename T>
class Counter : public PixelGatherer {
public:
    static constexpr std::size_t VALUES = std::size_t(std::numeric_limits<T>::max()) + 1;

    Counter(int bands, int band) : m_bands(std::size_t(bands)), m_band(band) {
        for (Table& table : m_tables)
            table.resize(VALUES * (band < 0 ? m_bands : 1));
    }

    void add(const PixelArea& area) override {
        for (int y = area.rect.top; y < area.rect.top + area.rect.height; ++y) {
            const T* const row = area.row<T>(y);
            if (m_bands == 1)
                count(row, area.rect.width);
            else if (m_band >= 0)
                countBand(row + m_band, area.rect.width, 0);
            else
                for (std::size_t band = 0; band < m_bands; ++band)
                    countBand(row + band, area.rect.width, band * VALUES);
        }
    }

    /// One band after the other.
    void addTo(std::vector<unsigned>& counts) const {
        for (const Table& table : m_tables)
            std::ranges::transform(counts, table, counts.begin(), std::plus<>());
    }

private:
    using Table = std::vector<unsigned>;

    void count(const T* row, int width) {
        const auto [a, b, c, d] = std::array{m_tables[0].data(), m_tables[1].data(), m_tables[2].data(), m_tables[3].data()};
        int x = 0;
        for (; x + 4 <= width; x += 4) {
            ++a[row[x]];
            ++b[row[x + 1]];
            ++c[row[x + 2]];
            ++d[row[x + 3]];
        }
        for (; x < width; ++x)
            ++a[row[x]];
    }
    void countBand(const T* row, int width, std::size_t first) {
        for (int x = 0; x < width; ++x)
            ++m_tables[std::size_t(x) % m_tables.size()][first + row[std::size_t(x) * m_bands]];
    }

    const std::size_t m_bands;
    const int m_band;
    std::array<Table, 4> m_tables;
};

/// Tables of 16 bits, and of one band by itself, end with the highest value that occurs, as libvips' do.
template <typename T>
int find(const HistFind& histogram, VipsImage** out) {
    VipsImage* const in = histogram.in;
    const int bands = histogram.band < 0 ? in->Bands : 1;
    constexpr std::size_t VALUES = Counter<T>::VALUES;
    std::vector<unsigned> counts(VALUES * std::size_t(bands));
    if (scanPixels(
            in, [&] { return std::make_unique<Counter<T>>(in->Bands, histogram.band); },
            [&](PixelGatherer& part) { static_cast<Counter<T>&>(part).addTo(counts); }))
        return -1;
    std::size_t used = VALUES;
    const auto isUsed = [&](std::size_t value) {
        for (int band = 0; band < bands; ++band) {
            if (counts[std::size_t(band) * VALUES + value] > 0)
                return true;
        }
        return false;
    };
    const bool endsAtHighest = sizeof(T) > 1 || histogram.band >= 0;
    while (endsAtHighest && used > 1 && !isUsed(used - 1))
        --used;
    ImagePointer image(vips_image_new_memory());
    if (vips_image_pipelinev(image.get(), VIPS_DEMAND_STYLE_ANY, in, nullptr))
        return -1;
    vips_image_init_fields(image.get(), int(used), 1, bands, VIPS_FORMAT_UINT, VIPS_CODING_NONE,
                           VIPS_INTERPRETATION_HISTOGRAM, in->Xres, in->Yres);
    if (vips_image_write_prepare(image.get()))
        return -1;
    auto* const pixels = reinterpret_cast<unsigned*>(VIPS_IMAGE_ADDR(image.get(), 0, 0));
    for (std::size_t value = 0; value < used; ++value) {
        for (std::size_t band = 0; band < std::size_t(bands); ++band)
            pixels[value * std::size_t(bands) + band] = counts[band * VALUES + value];
    }
    *out = image.release();
    return 0;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        const auto& histogram = *reinterpret_cast<HistFind*>(object);
        const VipsImage* const in = histogram.in;
        VipsImage* out = nullptr;
        // Many tables would leave no room in the caches, and packed or wide numbers are turned into others first.
        constexpr int MOST_BANDS = 4;
        const bool isOurs = in->Coding == VIPS_CODING_NONE && in->Bands <= MOST_BANDS && histogram.band < in->Bands;
        int failed = 0;
        if (isOurs && in->BandFmt == VIPS_FORMAT_UCHAR)
            failed = find<std::uint8_t>(histogram, &out);
        else if (isOurs && in->BandFmt == VIPS_FORMAT_USHORT)
            failed = find<std::uint16_t>(histogram, &out);
        else
            failed = vips_hist_find(histogram.in, &out, "band", histogram.band, nullptr);
        if (failed)
            return -1;
        g_object_set(object, "out", out, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_hist_find", "find image histogram", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(HistFind, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output histogram", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(HistFind, out));
    VIPS_ARG_INT(kernel, "band", 3, "Band", "Find histogram of band", VIPS_ARGUMENT_OPTIONAL_INPUT,
                 G_STRUCT_OFFSET(HistFind, band), -1, 100000, -1);
}

void initInstance(HistFind* histogram) {
    histogram->band = -1;
}

} // namespace

void registerHistFind() {
    registerKernel<HistFind, initClass, initInstance>("TtHistFind");
}

} // namespace tintype
