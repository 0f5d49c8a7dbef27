// Sums up the parts of objects that lie in one strip of a labelled image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/StripSumsPrivate.h"

#include "core/measure/LabelRowsPrivate.h"
#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <cmath>
#include <type_traits>

namespace tintype {

namespace {

template <typename T>
void sumUp(const T* pixels, int count, int bands, std::vector<IntensitySums>& sums) {
    for (int band = 0; band < bands; ++band) {
        using Sum = std::conditional_t<std::is_floating_point_v<T>, double, std::int64_t>;
        Sum sum = 0;
        T minimum = pixels[band];
        T maximum = pixels[band];
        bool hasNaN = false;
        for (int i = 0; i < count; ++i) {
            const T value = pixels[std::size_t(i) * std::size_t(bands) + std::size_t(band)];
            sum += Sum(value);
            // In this order the comparisons pass over NaN.
            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
            if constexpr (std::is_floating_point_v<T>)
                hasNaN |= std::isnan(value);
        }
        sums[std::size_t(band)].join({double(sum), double(minimum), double(maximum), hasNaN});
    }
}

} // namespace

StripSums::StripSums(const Strip& strip)
    : m_strip(strip), m_width(strip.kept.width), m_stride(std::size_t(m_width) + 2),
      m_labels(m_stride * (std::size_t(strip.kept.height) + 2 * OVERLAP), 0),
      m_borders(m_stride * (std::size_t(strip.kept.height) + 2), 0) {}

std::vector<ObjectSums> StripSums::take() {
    readLabels();
    findBorders();
    for (int y = 0; y < m_strip.kept.height; ++y)
        sumUpRow(y);
    return std::move(m_objects);
}

void StripSums::readLabels() {
    VipsRegion* const region = m_strip.regions.front();
    const VipsRect& there = region->valid;
    for (int y = -OVERLAP; y < m_strip.kept.height + OVERLAP; ++y) {
        const int row = m_strip.kept.top + y;
        if (row < there.top || row >= VIPS_RECT_BOTTOM(&there))
            continue;
        auto* const labels = m_labels.data() + std::size_t(y + OVERLAP) * m_stride + 1;
        readLabelRow("measure", VIPS_REGION_ADDR(region, 0, row), region->im->BandFmt, m_width, row, labels);
    }
}

void StripSums::findBorders() {
    for (int y = -1; y <= m_strip.kept.height; ++y) {
        const std::uint32_t* const here = labels(y);
        const std::uint32_t* const above = labels(y - 1);
        const std::uint32_t* const below = labels(y + 1);
        auto* const border = m_borders.data() + std::size_t(y + 1) * m_stride + 1;
        for (int x = 0; x < m_width; ++x) {
            const std::uint32_t label = here[x];
            const std::uint32_t others =
                (here[x - 1] ^ label) | (here[x + 1] ^ label) | (above[x] ^ label) | (below[x] ^ label);
            border[x] = others != 0 ? label : 0;
        }
    }
}

ObjectSums& StripSums::objectOf(std::uint32_t label) {
    Known& known = m_known[label % m_known.size()];
    if (known.label == label)
        return m_objects[known.place];
    const auto [entry, isNew] = m_places.try_emplace(label, m_objects.size());
    if (isNew) {
        ObjectSums& object = m_objects.emplace_back();
        object.label = label;
        if (m_strip.regions.size() > 1)
            object.bands.resize(std::size_t(m_strip.regions.back()->im->Bands));
    }
    known = {label, entry->second};
    return m_objects[known.place];
}

void StripSums::sumUpRow(int y) {
    const std::uint32_t* const row = labels(y);
    for (int x = 0; x < m_width;) {
        const std::uint32_t label = row[x];
        const int begin = x;
        while (x < m_width && row[x] == label)
            ++x;
        if (label == 0)
            continue;
        ObjectSums& object = objectOf(label);
        object.addRun(m_strip.kept.top + y, begin, x);
        sumUpBorder(object, y, begin, x);
        if (m_strip.regions.size() > 1)
            sumUpIntensity(object, y, begin, x);
    }
}

/// Benkrid and Crookes, "Design and FPGA implementation of a perimeter estimator": the neighbours of a border pixel
/// that lie at the border as well say which way the outline goes there.
void StripSums::sumUpBorder(ObjectSums& object, int y, int begin, int end) const {
    const std::uint32_t label = object.label;
    const std::uint32_t* const above = borders(y - 1);
    const std::uint32_t* const here = borders(y);
    const std::uint32_t* const below = borders(y + 1);
    for (int x = begin; x < end; ++x) {
        if (here[x] == 0)
            continue;
        const int sides = (here[x - 1] == label) + (here[x + 1] == label) + (above[x] == label) + (below[x] == label);
        const int corners =
            (above[x - 1] == label) + (above[x + 1] == label) + (below[x - 1] == label) + (below[x + 1] == label);
        if ((sides == 2 || sides == 3) && corners <= 2)
            object.straight += 1;
        else if ((sides == 0 && corners == 2) || (sides == 1 && corners == 3))
            object.diagonal += 1;
        else if (sides == 1 && (corners == 1 || corners == 2))
            object.mixed += 1;
    }
}

void StripSums::sumUpIntensity(ObjectSums& object, int y, int begin, int end) const {
    VipsRegion* const region = m_strip.regions.back();
    const VipsImage* const image = region->im;
    withNumberType(image->BandFmt, [&](auto* type) {
        sumUp(reinterpret_cast<decltype(type)>(VIPS_REGION_ADDR(region, begin, m_strip.kept.top + y)), end - begin,
              image->Bands, object.bands);
    });
}

} // namespace tintype
