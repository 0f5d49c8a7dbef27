// Floods a relief from markers, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/MemoryPrivate.h"
#include "core/pixels/kernels/machinery/StripsPrivate.h"
#include "core/pixels/kernels/objects/FloodPrivate.h"
#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <limits>
#include <sstream>

namespace tintype {

namespace {

struct Watershed {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    VipsImage* markers;
    VipsImage* mask;
    int connectivity;
};

int checkInput(const char* domain, const VipsImage* in, VipsImage* image, const char* name) {
    if (!isOneRealBand(domain, image, name))
        return -1;
    if (image->Xsize == in->Xsize && image->Ysize == in->Ysize)
        return 0;
    vips_error(domain, "%s: %d x %d pixels, the image: %d x %d; they must be of one size", name, image->Xsize,
               image->Ysize, in->Xsize, in->Ysize);
    return -1;
}

/// Calls f(index in the padded memory, value) for each pixel, on several threads.
template <typename F>
int forEachPixel(VipsImage* image, const PaddedSize& size, F&& f) {
    return forEachStrip({{image}}, stripRows(image), [&](const Strip& strip) {
        const PixelRows pixels = rowsOf(strip.regions.front(), strip.kept);
        withNumberType(pixels.format, [&](auto* type) {
            for (int y = 0; y < pixels.height; ++y) {
                const auto* bytes = static_cast<const unsigned char*>(pixels.first) + std::size_t(y) * pixels.stride;
                const auto* row = reinterpret_cast<decltype(type)>(bytes);
                const std::size_t first = size.index(0, strip.kept.top + y);
                for (int x = 0; x < pixels.width; ++x)
                    f(first + std::size_t(x), row[x]);
            }
        });
    });
}

/// 16 bits hold every value of the short formats in its order.
template <typename Level, typename T>
Level levelOf(T value) {
    if constexpr (std::is_same_v<Level, double>)
        return std::isnan(double(value)) ? std::numeric_limits<double>::infinity() : double(value);
    else
        return Level(std::is_signed_v<T> ? int(value) - std::numeric_limits<short>::min() : int(value));
}

template <typename Level>
int flood(const Watershed& watershed, Basins& basins) {
    Relief<Level> relief(basins.size);
    if (forEachPixel(watershed.in, basins.size,
                     [&](std::size_t index, auto value) { relief.levels[index] = levelOf<Level>(value); }))
        return -1;
    return floodFromMarkers(relief, basins, watershed.connectivity == EIGHT,
                            [in = watershed.in] { return isStopped(in); })
               ? 0
               : -1;
}

/// BLOCKED is the least int, so it is no marker.
template <typename T>
int markerOf(T value) {
    constexpr auto LARGEST = std::numeric_limits<int>::max();
    const bool isMarker = double(value) >= -double(LARGEST) && double(value) <= double(LARGEST) &&
                          double(value) == std::floor(double(value));
    if (isMarker)
        return int(value);
    std::ostringstream text;
    text << std::setprecision(10) << "the markers must be whole numbers from -" << LARGEST << " to " << LARGEST
         << ", 0 where there is none, not " << +value;
    throw Error(ErrorCode::Parameter, text.str());
}

int readMarkers(const Watershed& watershed, Basins& basins) {
    if (forEachPixel(watershed.markers, basins.size,
                     [&](std::size_t index, auto value) { basins.labels[index] = markerOf(value); }))
        return -1;
    return watershed.mask ? forEachPixel(watershed.mask, basins.size,
                                         [&](std::size_t index, auto value) {
                                             if (value == 0)
                                                 basins.labels[index] = Basins::BLOCKED;
                                         })
                          : 0;
}

bool isShort(VipsBandFormat format) {
    return vips_band_format_isint(format) && vips_format_sizeof(format) <= sizeof(short);
}

int run(const Watershed& watershed, ImagePointer& out) {
    Basins basins({watershed.in->Xsize, watershed.in->Ysize});
    if (readMarkers(watershed, basins))
        return -1;
    if (isShort(watershed.in->BandFmt) ? flood<std::uint16_t>(watershed, basins) : flood<double>(watershed, basins))
        return -1;
    out = newMemory(watershed.in, VIPS_FORMAT_INT);
    if (!out)
        return -1;
    for (int y = 0; y < out->Ysize; ++y) {
        const int* const row = basins.labels.data() + basins.size.index(0, y);
        std::transform(row, row + out->Xsize, rowAt<int>(out.get(), y),
                       [](int label) { return label == Basins::BLOCKED ? 0 : label; });
    }
    return 0;
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& watershed = *reinterpret_cast<Watershed*>(object);
    const char* domain = VIPS_OBJECT_GET_CLASS(object)->nickname;
    if (checkInput(domain, watershed.in, watershed.in, "the image") ||
        checkInput(domain, watershed.in, watershed.markers, "the markers") ||
        (watershed.mask && checkInput(domain, watershed.in, watershed.mask, "the mask")))
        return -1;
    return withoutExceptions(object, [&] {
        ImagePointer out;
        if (run(watershed, out))
            return -1;
        g_object_set(object, "out", out.release(), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_watershed", "flood an image from markers, until the basins meet", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "One-band image, low where basins are", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(Watershed, in));
    VIPS_ARG_IMAGE(kernel, "markers", 2, "Markers", "The number of its basin where the flood begins, 0 elsewhere",
                   VIPS_ARGUMENT_REQUIRED_INPUT, G_STRUCT_OFFSET(Watershed, markers));
    VIPS_ARG_IMAGE(kernel, "out", 3, "Labels", "The number of its basin at each pixel, 0 where no flood came",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(Watershed, out));
    VIPS_ARG_IMAGE(kernel, "mask", 4, "Mask", "Only pixels where it is not zero are flooded",
                   VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Watershed, mask));
    VIPS_ARG_ENUM(kernel, "connectivity", 5, "Connectivity",
                  "Neighbours that the flood goes to: 4 at the sides, or 8 with the corners",
                  VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(Watershed, connectivity), connectivityType(), EIGHT);
}

void initInstance(Watershed* watershed) {
    watershed->connectivity = EIGHT;
}

} // namespace

void registerWatershed() {
    registerKernel<Watershed, initClass, initInstance>("TtWatershed");
}

} // namespace tintype
