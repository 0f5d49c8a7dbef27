// A mask of the pixels that are brighter than those around them, as an operation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/filters/WindowSumsPrivate.h"
#include "core/pixels/kernels/machinery/WholePicturePrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace tintype {

namespace {

enum Method { MEAN, GAUSSIAN };

struct AdaptiveThreshold {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    int radius;
    double offset;
    int method;
};

GType methodType() {
    static const GEnumValue values[] = {{MEAN, "TT_ADAPTIVE_METHOD_MEAN", "mean"},
                                        {GAUSSIAN, "TT_ADAPTIVE_METHOD_GAUSSIAN", "gaussian"},
                                        {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtAdaptiveMethod", values);
    return type;
}

/// More than any sum of 8-bit numbers in a window.
constexpr double NONE_ABOVE = 1e9;

/// 255 where pixel > sum / numbers - offset. Nothing is divided, so that whole numbers are compared exactly: in `D`.
template <typename D, typename T, typename S>
TINTYPE_INLINED void compareRow(const T* pixels, const S* sums, int numbers, double offset, std::uint8_t* mask, int count) {
    // Of whole numbers the difference is one, and so is above what it is above when that is rounded down.
    double level = -offset * numbers;
    if constexpr (std::is_integral_v<D>)
        level = std::isnan(level) ? NONE_ABOVE : std::clamp(std::floor(level), -NONE_ABOVE, NONE_ABOVE);
    const D above = D(level);
    for (int x = 0; x < count; ++x)
        mask[x] = D(pixels[x]) * D(numbers) - D(sums[x]) > above ? 255 : 0;
}

template <typename D, typename T, typename S>
TINTYPE_WIDE void compareWide(const T* pixels, const S* sums, int numbers, double offset, std::uint8_t* mask, int count) {
    compareRow<D>(pixels, sums, numbers, offset, mask, count);
}

template <typename T, typename S>
void compare(const T* pixels, const S* sums, int numbers, double offset, std::uint8_t* mask, int count) {
    using D = std::conditional_t<sizeof(T) == 1, std::int32_t, double>;
    if (hasWideRegisters())
        compareWide<D>(pixels, sums, numbers, offset, mask, count);
    else
        compareRow<D>(pixels, sums, numbers, offset, mask, count);
}

void compareWithMean(const Part& part, int radius, double offset) {
    const PixelArea& in = part.in.front();
    const int numbers = (2 * radius + 1) * (2 * radius + 1);
    withSumType(in.image->BandFmt, numbers, [&]<typename T, typename S>() {
        const auto row = [&](const PixelArea& strip, int y, const S* sums) {
            const int bands = in.image->Bands;
            compare(in.row<T>(y) + (strip.rect.left - in.rect.left) * bands, sums, numbers, offset,
                    strip.row<std::uint8_t>(y), strip.rect.width * bands);
        };
        sumWindows<T, S>(in, part.out, radius, radius, part.token, row);
    });
}

/// `D` is the format of `blurred`: that of decimal numbers.
template <typename D>
void compareWithBlurred(const Part& part, VipsImage* blurred, double offset) {
    const PixelArea& in = part.in.front();
    const VipsRect& rect = part.out.rect;
    const int bands = in.image->Bands;
    // What is blurred has the source's size and the result's format.
    const BetweenPixels decimals(blurred, in.rect);
    const BetweenPixels mean(blurred, rect);
    withNumberType(in.image->BandFmt, [&]<typename T>() {
        for (int y = in.rect.top; y < in.rect.top + in.rect.height; ++y)
            std::transform(in.row<T>(y), in.row<T>(y) + in.rect.width * bands, decimals.area().row<D>(y),
                           [](T number) { return D(number); });
        partKernelOf(blurred).run({{decimals.area()}, mean.area(), part.token});
        for (int y = rect.top; y < rect.top + rect.height; ++y)
            compareRow<double>(in.row<T>(y) + (rect.left - in.rect.left) * bands, mean.area().row<D>(y), 1, offset,
                               part.out.row<std::uint8_t>(y), rect.width * bands);
    });
}

void describeMask(VipsImage& header) {
    const bool hasAlpha = vips_image_hasalpha(&header);
    header.BandFmt = VIPS_FORMAT_UCHAR;
    if (header.Bands == 1 || (hasAlpha && header.Bands == 2))
        header.Type = VIPS_INTERPRETATION_B_W;
    else
        header.Type = hasAlpha ? VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_MULTIBAND;
}

int buildMean(VipsImage* in, const AdaptiveThreshold& threshold, VipsImage** mask) {
    const int radius = threshold.radius;
    PartKernel kernel = reachingKernel(radius, radius, [radius, offset = threshold.offset](const Part& part) {
        compareWithMean(part, radius, offset);
    });
    kernel.keepsAlpha = true;
    return computePartwise({in}, std::move(kernel), mask, describeMask);
}

/// The deviation that OpenCV gives to a Gaussian window of that size.
double sigmaFor(int radius) {
    return 0.3 * (radius - 1) + 0.8;
}

int buildGaussian(VipsImage* in, const AdaptiveThreshold& threshold, VipsImage** mask) {
    VipsImage* step = nullptr;
    if (vips_cast(in, &step, isWide(in->BandFmt) ? VIPS_FORMAT_DOUBLE : VIPS_FORMAT_FLOAT, nullptr))
        return -1;
    const ImagePointer decimal(step);
    if (vips_call("tt_gaussblur", decimal.get(), &step, sigmaFor(threshold.radius), "min_ampl", 0.001, "precision",
                  VIPS_PRECISION_FLOAT, nullptr))
        return -1;
    const std::shared_ptr<VipsImage> blurred(step, Unreference());
    if (wholePictureSources(step).empty()) {
        vips_error("tt_adaptive_threshold", "%d bands are too many for method=gaussian", in->Bands);
        return -1;
    }
    // The source is read once, for the numbers and for their mean.
    PartKernel kernel = partKernelOf(step);
    kernel.run = [blurred, offset = threshold.offset](const Part& part) {
        if (blurred->BandFmt == VIPS_FORMAT_FLOAT)
            compareWithBlurred<float>(part, blurred.get(), offset);
        else
            compareWithBlurred<double>(part, blurred.get(), offset);
    };
    kernel.keepsAlpha = true;
    return computePartwise({in}, std::move(kernel), mask, describeMask);
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& threshold = *reinterpret_cast<AdaptiveThreshold*>(object);
    const ImagePointer in = decoded(threshold.in);
    if (!in || vips_check_noncomplex("tt_adaptive_threshold", in.get()))
        return -1;
    return withoutExceptions(object, [&] {
        VipsImage* mask = nullptr;
        if (threshold.method == MEAN ? buildMean(in.get(), threshold, &mask) : buildGaussian(in.get(), threshold, &mask))
            return -1;
        g_object_set(object, "out", mask, nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_adaptive_threshold", "make a mask of the pixels above the mean of those around them", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(AdaptiveThreshold, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Mask", "255 where the pixel is above the level, 0 elsewhere",
                   VIPS_ARGUMENT_REQUIRED_OUTPUT, G_STRUCT_OFFSET(AdaptiveThreshold, out));
    VIPS_ARG_INT(kernel, "radius", 3, "Radius", "How far the window reaches from its centre",
                 VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(AdaptiveThreshold, radius), 1, MOST_RADIUS, 15);
    VIPS_ARG_DOUBLE(kernel, "offset", 4, "Offset", "How far below the mean the level lies",
                    VIPS_ARGUMENT_OPTIONAL_INPUT, G_STRUCT_OFFSET(AdaptiveThreshold, offset), -G_MAXDOUBLE, G_MAXDOUBLE, 0);
    VIPS_ARG_ENUM(kernel, "method", 5, "Method", "Which mean of those around it", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(AdaptiveThreshold, method), methodType(), MEAN);
}

void initInstance(AdaptiveThreshold* threshold) {
    threshold->radius = 15;
    threshold->method = MEAN;
}

} // namespace

void registerAdaptiveThreshold() {
    registerKernel<AdaptiveThreshold, initClass, initInstance>("TtAdaptiveThreshold");
}

} // namespace tintype
