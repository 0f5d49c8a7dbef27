// How far each pixel of a mask is from the background, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/MemoryPrivate.h"
#include "core/pixels/kernels/machinery/StripsPrivate.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"
#include "core/pixels/kernels/objects/DistancesPrivate.h"
#include "core/pixels/kernels/objects/RasterDistancesPrivate.h"
#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace tintype {

namespace {

/// Columns that are gone through together: a few lines of a cache, of each row.
constexpr int BLOCK = 256;

enum class Metric { Euclidean, CityBlock, Chessboard };

struct DistanceTransform {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int metric;
};

GType metricType() {
    static const GEnumValue values[] = {{int(Metric::Euclidean), "TT_METRIC_EUCLIDEAN", "euclidean"},
                                        {int(Metric::CityBlock), "TT_METRIC_CITY_BLOCK", "city-block"},
                                        {int(Metric::Chessboard), "TT_METRIC_CHESSBOARD", "chessboard"},
                                        {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtMetric", values);
    return type;
}

/// 1 where the mask is not zero.
void readMaskRow(const void* from, VipsBandFormat format, int width, int* to) {
    withNumberType(format, [&](auto* type) {
        const auto* row = static_cast<decltype(type)>(from);
        std::transform(row, row + width, to, [](auto value) { return int(value != 0); });
    });
}

/// All of it, in the memory of the result.
int readMask(VipsImage* in, VipsImage* out) {
    return forEachStrip({{in}}, stripRows(in), [&](const Strip& strip) {
        const PixelRows pixels = rowsOf(strip.regions.front(), strip.kept);
        for (int y = 0; y < pixels.height; ++y)
            readMaskRow(static_cast<const uchar*>(pixels.first) + std::size_t(y) * pixels.stride, pixels.format, pixels.width,
                        rowAt<int>(out, strip.kept.top + y));
    });
}

template <typename F>
void inParallel(VipsImage* in, int count, F&& f) {
    cv::parallel_for_({0, count}, [&](const cv::Range& range) {
        for (int i = range.start; i < range.end && !isStopped(in); ++i)
            f(i);
    });
}

void findRow(RowDistances& rows, int* row, int width, std::vector<std::int64_t>& squares) {
    rows.find(row, width, squares.data());
    auto* const out = reinterpret_cast<float*>(row);
    for (int x = 0; x < width; ++x) {
        const std::int64_t square = squares[std::size_t(x)];
        out[x] = square >= NO_DISTANCE * NO_DISTANCE ? std::numeric_limits<float>::infinity() : float(std::sqrt(double(square)));
    }
}

void findStraight(VipsImage* in, VipsImage* out) {
    const std::size_t stride = VIPS_IMAGE_SIZEOF_LINE(out) / sizeof(int);
    inParallel(in, (out->Xsize - 1) / BLOCK + 1, [&](int block) {
        const int left = block * BLOCK;
        columnDistances(rowAt<int>(out, 0) + left, stride, std::min(BLOCK, out->Xsize - left), out->Ysize);
    });
    const int rows = stripRows(out);
    inParallel(in, stripCount(out, rows), [&](int strip) {
        RowDistances work;
        std::vector<std::int64_t> squares(std::size_t(out->Xsize));
        for (int y = strip * rows; y < std::min((strip + 1) * rows, out->Ysize); ++y)
            findRow(work, rowAt<int>(out, y), out->Xsize, squares);
    });
}

/// A mask that lies in memory is read row by row on the way down, any other has been read before.
void findInSteps(VipsImage* in, VipsImage* out, bool hasCorners, VipsImage* mask) {
    constexpr int BETWEEN_STOPS = 64;
    RasterDistances distances(out->Xsize, hasCorners);
    const auto mayGoOn = [in](int y) { return y % BETWEEN_STOPS != 0 || !isStopped(in); };
    for (int y = 0; y < out->Ysize && mayGoOn(y); ++y) {
        if (mask)
            readMaskRow(VIPS_IMAGE_ADDR(mask, 0, y), mask->BandFmt, mask->Xsize, rowAt<int>(out, y));
        distances.walkDown(rowAt<int>(out, y));
    }
    distances.turn();
    for (int y = out->Ysize; y > 0 && mayGoOn(y); --y)
        distances.walkUp(rowAt<int>(out, y - 1));
}

int transform(VipsImage* in, VipsImage* out, Metric metric) {
    VipsImage* const original = watchedPicture(in).original;
    const bool isReadLater = metric != Metric::Euclidean && hasPixels(original);
    if (!isReadLater && readMask(in, out))
        return -1;
    if (metric == Metric::Euclidean)
        findStraight(in, out);
    else
        findInSteps(in, out, metric == Metric::Chessboard, isReadLater ? original : nullptr);
    return isStopped(in);
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* distance = reinterpret_cast<DistanceTransform*>(object);
    VipsImage* const in = distance->in;
    if (!isOneRealBand(VIPS_OBJECT_GET_CLASS(object)->nickname, in))
        return -1;
    return withoutExceptions(object, [&] {
        ImagePointer out = newMemory(in, VIPS_FORMAT_FLOAT);
        if (!out || transform(in, out.get(), Metric(distance->metric)))
            return -1;
        g_object_set(object, "out", out.release(), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_distance_transform", "how far each pixel of a mask is from the background", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Mask", "One-band image, not zero where objects are", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(DistanceTransform, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Distances",
                   "The distance to the nearest pixel that is zero, as decimal numbers; infinite where there is none",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(DistanceTransform, out));
    VIPS_ARG_ENUM(kernel, "metric", 3, "Metric", "How distances are counted", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(DistanceTransform, metric), metricType(), int(Metric::Euclidean));
}

void initInstance(DistanceTransform* distance) {
    distance->metric = int(Metric::Euclidean);
}

} // namespace

void registerDistanceTransform() {
    registerKernel<DistanceTransform, initClass, initInstance>("TtDistanceTransform");
}

} // namespace tintype
