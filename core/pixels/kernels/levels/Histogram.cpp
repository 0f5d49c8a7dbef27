// Scans histograms with libvips' threads and finds levels on them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/levels/HistogramPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>

namespace tintype {

namespace {

constexpr std::size_t BINS = 256;

struct Range {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
};

/// What the threads of one scan share; each gathers on its own and adds to the sum when it ends.
template <typename Part>
struct Scan {
    Part sum;
    std::mutex mutex;
};

template <typename F>
void forEachFinite(VipsRegion* region, F&& f) {
    const VipsRect& rect = region->valid;
    for (int y = 0; y < rect.height; ++y) {
        const auto* line = reinterpret_cast<const double*>(VIPS_REGION_ADDR(region, rect.left, rect.top + y));
        for (int x = 0; x < rect.width; ++x) {
            if (std::isfinite(line[x]))
                f(line[x]);
        }
    }
}

int gatherRange(VipsRegion* region, void* part, void*, void*, gboolean*) {
    auto& range = *static_cast<Range*>(part);
    forEachFinite(region, [&range](double value) {
        range.lowest = std::min(range.lowest, value);
        range.highest = std::max(range.highest, value);
    });
    return 0;
}

void* startRange(VipsImage*, void*, void*) {
    return new Range;
}

int stopRange(void* part, void* a, void*) {
    const std::unique_ptr<Range> range(static_cast<Range*>(part));
    auto& scan = *static_cast<Scan<Range>*>(a);
    const std::lock_guard lock(scan.mutex);
    scan.sum.lowest = std::min(scan.sum.lowest, range->lowest);
    scan.sum.highest = std::max(scan.sum.highest, range->highest);
    return 0;
}

int gatherCounts(VipsRegion* region, void* part, void*, void* b, gboolean*) {
    auto& counts = *static_cast<std::vector<double>*>(part);
    const auto& shape = *static_cast<const Histogram*>(b);
    forEachFinite(region, [&](double value) {
        // The highest value of all belongs to the last bin.
        counts[std::min(std::size_t(value / shape.width - shape.first / shape.width), BINS - 1)] += 1;
    });
    return 0;
}

void* startCounts(VipsImage*, void*, void*) {
    return new std::vector<double>(BINS);
}

int stopCounts(void* part, void* a, void*) {
    const std::unique_ptr<std::vector<double>> counts(static_cast<std::vector<double>*>(part));
    auto& scan = *static_cast<Scan<std::vector<double>>*>(a);
    const std::lock_guard lock(scan.mutex);
    std::ranges::transform(*counts, scan.sum, scan.sum.begin(), std::plus<>());
    return 0;
}

int scanRange(const char* domain, VipsImage* in, Histogram& histogram) {
    VipsImage* cast = nullptr;
    if (vips_cast(in, &cast, VIPS_FORMAT_DOUBLE, nullptr))
        return -1;
    const ImagePointer numbers(cast);
    Scan<Range> range;
    if (vips_sink(cast, startRange, gatherRange, stopRange, &range, nullptr))
        return -1;
    if (range.sum.lowest > range.sum.highest) {
        vips_error(domain, "the image has no finite pixel");
        return -1;
    }
    histogram.wholeNumbers = false;
    histogram.first = range.sum.lowest;
    // Halved first: the range itself may be larger than a double.
    histogram.width = 2 * (range.sum.highest / (2 * BINS) - range.sum.lowest / (2 * BINS));
    if (histogram.width == 0) {
        histogram.counts.assign(1, 1);
        return 0;
    }
    Scan<std::vector<double>> counts;
    counts.sum.resize(BINS);
    if (vips_sink(cast, startCounts, gatherCounts, stopCounts, &counts, &histogram))
        return -1;
    histogram.counts = std::move(counts.sum);
    return 0;
}

int scanWholeNumbers(VipsImage* in, Histogram& histogram) {
    VipsImage* found = nullptr;
    if (vips_call("tt_hist_find", in, &found, nullptr))
        return -1;
    const ImagePointer image(found);
    size_t size = 0;
    const std::unique_ptr<void, decltype(&g_free)> memory(vips_image_write_to_memory(found, &size), g_free);
    if (!memory)
        return -1;
    const auto* counts = static_cast<const unsigned*>(memory.get());
    histogram.counts.assign(counts, counts + size / sizeof(unsigned));
    return 0;
}

} // namespace

double Histogram::levelAfter(std::size_t bin) const {
    // Of whole numbers the bin's own value is the last dark one; otherwise it is the bin's upper end.
    return wholeNumbers ? first + double(bin) : first + (double(bin) + 1) * width;
}

int scanHistogram(const char* domain, VipsImage* in, Histogram& histogram) {
    if (vips_check_mono(domain, in) || vips_check_uncoded(domain, in) || vips_check_noncomplex(domain, in))
        return -1;
    const bool wholeNumbers = in->BandFmt == VIPS_FORMAT_UCHAR || in->BandFmt == VIPS_FORMAT_USHORT;
    return wholeNumbers ? scanWholeNumbers(in, histogram) : scanRange(domain, in, histogram);
}

double otsuLevel(const Histogram& histogram) {
    const std::vector<double>& counts = histogram.counts;
    double total = 0;
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        total += counts[i];
        sum += counts[i] * double(i);
    }
    double darkTotal = 0;
    double darkSum = 0;
    double best = 0;
    // An image of one value alone is dark throughout.
    std::size_t bestBin = std::size_t(std::ranges::max_element(counts) - counts.begin());
    for (std::size_t i = 0; i + 1 < counts.size(); ++i) {
        darkTotal += counts[i];
        darkSum += counts[i] * double(i);
        const double brightTotal = total - darkTotal;
        if (darkTotal == 0 || brightTotal == 0)
            continue;
        const double apart = darkSum / darkTotal - (sum - darkSum) / brightTotal;
        const double between = darkTotal * brightTotal * apart * apart;
        if (between > best) {
            best = between;
            bestBin = i;
        }
    }
    return histogram.levelAfter(bestBin);
}

double triangleLevel(const Histogram& histogram) {
    const std::vector<double>& counts = histogram.counts;
    const auto isFilled = [](double count) { return count > 0; };
    const auto filled = std::ranges::find_if(counts, isFilled) - counts.begin();
    const auto last = counts.rend() - std::ranges::find_if(counts.rbegin(), counts.rend(), isFilled) - 1;
    const auto peak = std::ranges::max_element(counts) - counts.begin();
    const bool brightTail = last - peak >= peak - filled;
    const auto end = brightTail ? last : filled;
    double farthest = 0;
    auto level = peak;
    for (auto i = std::min(peak, end); i <= std::max(peak, end) && peak != end; ++i) {
        const double line = counts[peak] + (counts[end] - counts[peak]) * double(i - peak) / double(end - peak);
        // How far the bin lies below the line is in proportion to its distance from it.
        if (line - counts[i] > farthest) {
            farthest = line - counts[i];
            level = i;
        }
    }
    // On a dark tail the level itself belongs to the bright side.
    return histogram.levelAfter(std::size_t(brightTail || level == 0 ? level : level - 1));
}

} // namespace tintype
