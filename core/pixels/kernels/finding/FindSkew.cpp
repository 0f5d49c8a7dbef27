// The angle by which a scanned page must be turned for its lines to be level, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/levels/HistogramPrivate.h"
#include "core/pixels/kernels/machinery/MemoryPrivate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace tintype {

namespace {

/// Enough for a hundredth of a degree, and quick.
constexpr double LONGEST_SIDE = 1500;
constexpr double FIRST_STEP = 0.25;
constexpr double LAST_STEP = 0.005;

struct FindSkew {
    VipsOperation parent;
    VipsImage* in;
    double most;
    double out;
};

struct Point {
    float x;
    float y;
};

/// The pixels of the less frequent side of Otsu's level, in a picture that is small enough to go through many times.
int findInk(VipsImage* in, std::vector<Point>& ink) {
    VipsImage* step = nullptr;
    const double scale = std::min(1.0, LONGEST_SIDE / std::max(in->Xsize, in->Ysize));
    if (vips_resize(in, &step, scale, nullptr))
        return -1;
    const ImagePointer lazy(step);
    const ImagePointer small = inMemory(lazy.get(), VIPS_FORMAT_FLOAT);
    if (!small)
        return -1;
    Histogram histogram;
    if (scanHistogram("tt_find_skew", small.get(), histogram))
        return -1;
    const double level = otsuLevel(histogram);
    std::vector<Point> dark;
    std::vector<Point> bright;
    for (int y = 0; y < small->Ysize; ++y) {
        const float* const row = rowAt<float>(small.get(), y);
        for (int x = 0; x < small->Xsize; ++x) {
            const Point point{float(x) - float(small->Xsize) / 2, float(y) - float(small->Ysize) / 2};
            (row[x] > level ? bright : dark).push_back(point);
        }
    }
    ink = std::move(dark.size() < bright.size() ? dark : bright);
    return 0;
}

/// How unevenly the ink lies over lines at an angle: most where they follow the lines of the text.
double unevenness(const std::vector<Point>& ink, double degrees) {
    const auto down = float(std::cos(degrees * std::numbers::pi / 180));
    const auto across = float(std::sin(degrees * std::numbers::pi / 180));
    const int half = int(LONGEST_SIDE) + 2;
    std::vector<float> bins(std::size_t(2 * half), 0);
    for (const Point& point : ink) {
        const float place = point.y * down - point.x * across + float(half);
        const auto bin = std::size_t(place);
        const float share = place - float(bin);
        bins[bin] += 1 - share;
        bins[bin + 1] += share;
    }
    double sum = 0;
    for (std::size_t i = 1; i < bins.size(); ++i)
        sum += double(bins[i] - bins[i - 1]) * double(bins[i] - bins[i - 1]);
    return sum;
}

/// The best of 2 * count + 1 angles around `centre`; the one nearest to it of equals.
double bestAngle(VipsImage* in, const std::vector<Point>& ink, double centre, double step, int count) {
    std::vector<double> found(std::size_t(2 * count + 1), 0);
    cv::parallel_for_({0, int(found.size())}, [&](const cv::Range& range) {
        for (int i = range.start; i < range.end && !isStopped(in); ++i)
            found[std::size_t(i)] = unevenness(ink, centre + (i - count) * step);
    });
    int best = count;
    for (int away = 1; away <= count; ++away) {
        for (const int i : {count - away, count + away}) {
            if (found[std::size_t(i)] > found[std::size_t(best)])
                best = i;
        }
    }
    return centre + (best - count) * step;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* skew = reinterpret_cast<FindSkew*>(object);
    return withoutExceptions(object, [object, skew] {
        std::vector<Point> ink;
        if (!isOneRealBand("tt_find_skew", skew->in) || findInk(skew->in, ink))
            return -1;
        double angle = 0;
        int count = int(std::ceil(skew->most / FIRST_STEP));
        for (double step = FIRST_STEP; step >= LAST_STEP; step /= 4, count = 4)
            angle = bestAngle(skew->in, ink, angle, step, count);
        if (isStopped(skew->in))
            return -1;
        g_object_set(object, "out", -std::clamp(angle, -skew->most, skew->most), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_find_skew", "find the angle that levels the lines of a page", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "One-band image of a page", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(FindSkew, in));
    VIPS_ARG_DOUBLE(kernel, "out", 2, "Angle", "How far to rotate the page for level lines, clockwise",
                    VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(FindSkew, out), -45, 45, 0);
    VIPS_ARG_DOUBLE(kernel, "most", 3, "Most", "The largest angle that is looked for", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(FindSkew, most), 0.1, 45, 10);
}

void initInstance(FindSkew* skew) {
    skew->most = 10;
}

} // namespace

void registerFindSkew() {
    registerKernel<FindSkew, initClass, initInstance>("TtFindSkew");
}

} // namespace tintype
