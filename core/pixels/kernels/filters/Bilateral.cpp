// A blur that stops at edges, as an operation: the bilateral filter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/filters/BilateralRowPrivate.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/RoundedPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"

#include <cmath>
#include <limits>
#include <type_traits>

namespace tintype {

namespace {

struct Bilateral {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    double sigma;
    double tolerance;
    int radius;
};

/// Each pixel costs as much as its window has: a tile of a larger one takes so long that nobody could stop it in time.
constexpr int MOST_BILATERAL_RADIUS = 100;

/// The pixels within the radius, without the middle one.
std::vector<BilateralNeighbour> neighbours(int radius, double sigma) {
    std::vector<BilateralNeighbour> found;
    for (int y = -radius; y <= radius; ++y) {
        for (int x = -radius; x <= radius; ++x) {
            const int distance = x * x + y * y;
            if (distance > 0 && distance <= radius * radius)
                found.push_back({x, y, -distance / (2 * sigma * sigma * std::log(2))});
        }
    }
    return found;
}

/// Rows of the source by bands, in decimal numbers, each wide enough for whole blocks.
template <typename T, typename D>
void filter(const Part& part, const BilateralWork& work) {
    const PixelArea& in = part.in.front();
    const VipsRect& rect = part.out.rect;
    const int bands = in.image->Bands;
    const int radius = work.radius;
    const int width = rect.width + 2 * radius;
    const int blocks = (rect.width + BILATERAL_BLOCK - 1) / BILATERAL_BLOCK * BILATERAL_BLOCK;
    const int stride = blocks + 2 * radius;
    const int length = 2 * radius + 1;
    Rows<D> rows(length, stride * bands);
    std::vector<D> line(std::size_t(width) * std::size_t(bands));
    std::vector<D> result(std::size_t(blocks) * std::size_t(bands));
    std::vector<const D*> around(std::size_t(length), nullptr);
    for (int index = 0; index < rect.height + 2 * radius; ++index) {
        if (part.token && part.token->isCancelled())
            return;
        D* const planes = rows.row(index);
        readRepeated<T>(in, rect.left - radius, width, rect.top - radius + index, line.data());
        for (int band = 0; band < bands; ++band) {
            D* const plane = planes + band * stride;
            for (int x = 0; x < width; ++x)
                plane[x] = line[std::size_t(x * bands + band)];
            std::fill(plane + width, plane + stride, D(0));
        }
        const int y = index - 2 * radius;
        if (y < 0)
            continue;
        for (int i = 0; i < length; ++i)
            around[std::size_t(i)] = rows.row(y + i) + radius;
        filterBilateralRow(around.data() + radius, stride, bands, blocks, work, result.data());
        T* const out = part.out.row<T>(rect.top + y);
        for (int band = 0; band < bands; ++band) {
            for (int x = 0; x < rect.width; ++x)
                out[x * bands + band] = rounded<T>(result[std::size_t(band * blocks + x)]);
        }
    }
}

void run(const Part& part, const BilateralWork& work) {
    withNumberType(part.out.image->BandFmt, [&]<typename T>() {
        filter<T, std::conditional_t<sizeof(T) <= 2 || std::is_same_v<T, float>, float, double>>(part, work);
    });
}

/// The window beyond which OpenCV cuts the bell curve off.
int reachFor(double sigma) {
    constexpr double SIGMAS = 1.5;
    return std::clamp(int(std::lround(SIGMAS * sigma)), 1, MOST_BILATERAL_RADIUS);
}

/// Between two pixels, all bands together.
double largestDifference(const VipsImage* in) {
    return withNumberType(in->BandFmt, [in]<typename T>() {
        if constexpr (std::is_floating_point_v<T>)
            return std::numeric_limits<double>::infinity();
        else
            return (double(std::numeric_limits<T>::max()) - double(std::numeric_limits<T>::min())) * in->Bands;
    });
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto* bilateral = reinterpret_cast<Bilateral*>(object);
    const ImagePointer in = decoded(bilateral->in);
    if (!in || vips_check_noncomplex("tt_bilateral", in.get()))
        return -1;
    return withoutExceptions(object, [&] {
        const int radius = bilateral->radius == SAME_RADIUS ? reachFor(bilateral->sigma) : bilateral->radius;
        const double tolerance = bilateral->tolerance;
        BilateralWork work{neighbours(radius, bilateral->sigma), radius, -1 / (2 * tolerance * tolerance * std::log(2)), 0};
        const double apart = largestDifference(in.get());
        work.leastExponent = apart * apart * work.perDifference - radius * radius / (2 * bilateral->sigma * bilateral->sigma * std::log(2));
        PartKernel kernel = reachingKernel(radius, radius, [work](const Part& part) { run(part, work); });
        VipsImage* smooth = nullptr;
        if (computePartwise({in.get()}, std::move(kernel), &smooth))
            return -1;
        g_object_set(object, "out", smooth, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_bilateral", "replace each pixel by the mean of those around it that are like it", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Bilateral, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Output", "Output image", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(Bilateral, out));
    VIPS_ARG_DOUBLE(kernel, "sigma", 3, "Sigma", "Sigma of the bell curve over the distance",
                    VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Bilateral, sigma), 0.01, 1000, 3);
    VIPS_ARG_DOUBLE(kernel, "tolerance", 4, "Tolerance",
                    "Sigma of the bell curve over the difference of the values, the sum of all bands",
                    VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Bilateral, tolerance), 1e-6, 1e12, 30);
    VIPS_ARG_INT(kernel, "radius", 5, "Radius", "How far the window reaches, where that is not 1.5 sigma",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Bilateral, radius), 1, MOST_BILATERAL_RADIUS, 1);
}

void initInstance(Bilateral* bilateral) {
    bilateral->sigma = 3;
    bilateral->tolerance = 30;
    bilateral->radius = SAME_RADIUS;
}

} // namespace

void registerBilateral() {
    registerKernel<Bilateral, initClass, initInstance>("TtBilateral");
}

} // namespace tintype
