// Mean, deviation, smallest and largest value of an image, and all of them at once, as operations.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/levels/PixelStatisticsPrivate.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {

struct Mean {
    VipsOperation parent;
    VipsImage* in;
    double out;
};

/// Of `count` numbers, as libvips computes it.
double deviation(double sum, double squares, double count) {
    return std::sqrt(std::fabs(squares - sum * sum / count) / (count - 1));
}

/// All bands as one.
struct Total {
    double sum = 0;
    double squares = 0;
    double count = 0;
};

int readTotal(VipsImage* in, bool squares, Total& total) {
    std::vector<BandStatistics> bands;
    if (pixelStatistics(in, {.sums = true, .squares = squares}, bands))
        return -1;
    for (const BandStatistics& band : bands) {
        total.sum += band.sum;
        total.squares += band.squares;
    }
    total.count = double(VIPS_IMAGE_N_PELS(in)) * in->Bands;
    return 0;
}

int buildAverage(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        VipsImage* const in = reinterpret_cast<Mean*>(object)->in;
        double mean = 0;
        if (hasPixelStatistics(in)) {
            Total total;
            if (readTotal(in, false, total))
                return -1;
            mean = total.sum / total.count;
        } else if (vips_avg(in, &mean, nullptr)) {
            return -1;
        }
        g_object_set(object, "out", mean, nullptr);
        return 0;
    });
}

int buildDeviation(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        VipsImage* const in = reinterpret_cast<Mean*>(object)->in;
        double found = 0;
        if (hasPixelStatistics(in)) {
            Total total;
            if (readTotal(in, true, total))
                return -1;
            found = deviation(total.sum, total.squares, total.count);
        } else if (vips_deviate(in, &found, nullptr)) {
            return -1;
        }
        g_object_set(object, "out", found, nullptr);
        return 0;
    });
}

struct Stats {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
};

/// libvips' columns.
void writeRow(double* row, const BandStatistics& band, double count, int width) {
    row[0] = band.least;
    row[1] = band.most;
    row[2] = band.sum;
    row[3] = band.squares;
    row[4] = band.sum / count;
    row[5] = deviation(band.sum, band.squares, count);
    row[6] = double(band.leastAt % width);
    row[7] = double(band.leastAt / width);
    row[8] = double(band.mostAt % width);
    row[9] = double(band.mostAt / width);
}

VipsImage* statisticsMatrix(const VipsImage* in, const std::vector<BandStatistics>& bands) {
    constexpr int COLUMNS = 10;
    VipsImage* const matrix = vips_image_new_matrix(COLUMNS, in->Bands + 1);
    if (!matrix)
        return nullptr;
    const double count = double(VIPS_IMAGE_N_PELS(in));
    BandStatistics all = bands.front();
    for (std::size_t i = 0; i < bands.size(); ++i) {
        const BandStatistics& band = bands[i];
        writeRow(VIPS_MATRIX(matrix, 0, i + 1), band, count, in->Xsize);
        if (i == 0)
            continue;
        all.sum += band.sum;
        all.squares += band.squares;
        if (band.least < all.least) {
            all.least = band.least;
            all.leastAt = band.leastAt;
        }
        if (band.most > all.most) {
            all.most = band.most;
            all.mostAt = band.mostAt;
        }
    }
    writeRow(VIPS_MATRIX(matrix, 0, 0), all, count * in->Bands, in->Xsize);
    return matrix;
}

int buildStats(VipsObject* object) {
    if (buildParent(object))
        return -1;
    return withoutExceptions(object, [object] {
        VipsImage* const in = reinterpret_cast<Stats*>(object)->in;
        VipsImage* out = nullptr;
        std::vector<BandStatistics> bands;
        if (hasPixelStatistics(in) &&
            pixelStatistics(in, {.least = true, .most = true, .sums = true, .squares = true}, bands))
            return -1;
        // Where a number is not finite, libvips has rules of its own.
        const auto isFinite = [](const BandStatistics& band) { return std::isfinite(band.squares); };
        if (!bands.empty() && std::ranges::all_of(bands, isFinite))
            out = statisticsMatrix(in, bands);
        else if (vips_stats(in, &out, nullptr))
            return -1;
        if (!out)
            return -1;
        g_object_set(object, "out", out, nullptr);
        return 0;
    });
}

/// As VIPS_ARG_DOUBLE does, but a NaN is an answer too: GLib takes it for out of range.
void addNumber(VipsObjectClass* kernel) {
    GParamSpec* const spec = g_param_spec_double("out", "Output", "Output value", -INFINITY, INFINITY, 0,
                                                 GParamFlags(G_PARAM_READWRITE | G_PARAM_LAX_VALIDATION));
    g_object_class_install_property(G_OBJECT_CLASS(kernel), vips_argument_get_id(), spec);
    vips_object_class_install_argument(kernel, spec, VipsArgumentFlags(VIPS_ARGUMENT_REQUIRED_OUTPUT), 2,
                                       G_STRUCT_OFFSET(Mean, out));
}

void initAverage(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_avg", "find image average", buildAverage);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Mean, in));
    addNumber(kernel);
}

void initDeviation(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_deviate", "find image standard deviation", buildDeviation);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Mean, in));
    addNumber(kernel);
}

void initStats(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_stats", "find many image stats", buildStats);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Stats, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output array of statistics", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Stats, out));
}

} // namespace

void registerStatistics() {
    registerKernel<Mean, initAverage>("TtAverage");
    registerKernel<Mean, initDeviation>("TtDeviation");
    registerKernel<Stats, initStats>("TtStats");
}

} // namespace tintype
