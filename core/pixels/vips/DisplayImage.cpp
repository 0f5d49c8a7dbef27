// Turns an image into what a screen shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/DisplayImage.h"

#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/VipsErrors.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {

constexpr int SAMPLES_PER_SIDE = 256;

/// Runs one libvips call that makes an image of an image.
template <typename Call>
VipsImageRef step(Call&& call) {
    VipsImage* out = nullptr;
    if (call(&out))
        throwVipsError(ErrorCode::Operation, {});
    return VipsImageRef::take(out);
}

bool isLabels(const VipsImage* image) {
    return image->BandFmt == VIPS_FORMAT_INT || image->BandFmt == VIPS_FORMAT_UINT;
}

bool needsColourConversion(const VipsImage* image) {
    switch (image->Type) {
    case VIPS_INTERPRETATION_XYZ:
    case VIPS_INTERPRETATION_LAB:
    case VIPS_INTERPRETATION_CMYK:
    case VIPS_INTERPRETATION_LABQ:
    case VIPS_INTERPRETATION_CMC:
    case VIPS_INTERPRETATION_LCH:
    case VIPS_INTERPRETATION_LABS:
    case VIPS_INTERPRETATION_YXY:
    case VIPS_INTERPRETATION_RGB16:
    case VIPS_INTERPRETATION_scRGB:
    case VIPS_INTERPRETATION_HSV:
        return vips_colourspace_issupported(image);
    default:
        return false;
    }
}

/// Without codings and colour spaces, and complex numbers as their size.
VipsImageRef plainImage(VipsImageRef image) {
    if (image.get()->Coding == VIPS_CODING_RAD)
        image = step([&](VipsImage** out) { return vips_rad2float(image.get(), out, nullptr); });
    if (vips_band_format_iscomplex(image.get()->BandFmt))
        image = step([&](VipsImage** out) { return vips_abs(image.get(), out, nullptr); });
    if (needsColourConversion(image.get()))
        image = step(
            [&](VipsImage** out) { return vips_colourspace(image.get(), out, VIPS_INTERPRETATION_sRGB, nullptr); });
    return image;
}

/// Every nth pixel, the size rounded up, which libvips rounds down.
VipsImageRef subsampled(const VipsImageRef& image, int across, int down) {
    const auto roundedUp = [](int size, int factor) { return (size + factor - 1) / factor * factor; };
    const int width = roundedUp(image.get()->Xsize, across);
    const int height = roundedUp(image.get()->Ysize, down);
    const VipsImageRef whole = step([&](VipsImage** out) {
        return vips_embed(image.get(), out, 0, 0, width, height, "extend", VIPS_EXTEND_COPY, nullptr);
    });
    return step([&](VipsImage** out) { return vips_subsample(whole.get(), out, across, down, nullptr); });
}

/// What a level of a label image holds, where an average would name an object that does not exist.
VipsImageRef everyNth(const VipsImageRef& image, int level) {
    const int factor = 1 << std::min(level, 24);
    return subsampled(image, std::min(factor, image.get()->Xsize), std::min(factor, image.get()->Ysize));
}

/// One to four uchar bands.
VipsImageRef inRange(VipsImageRef image, const DisplayRange& range) {
    const int bands = image.get()->Bands;
    if (bands > 4 || (bands == 4 && !vips_image_hasalpha(image.get())))
        image = step([&](VipsImage** out) { return vips_extract_band(image.get(), out, 0, "n", 3, nullptr); });
    if (image.get()->BandFmt == VIPS_FORMAT_UCHAR)
        return image;
    const double factor = 255.0 / (range.white - range.black);
    if (factor == 1 && range.black == 0)
        return step([&](VipsImage** out) { return vips_cast_uchar(image.get(), out, nullptr); });
    return step([&](VipsImage** out) {
        return vips_linear1(image.get(), out, factor, -range.black * factor, "uchar", TRUE, nullptr);
    });
}

} // namespace

DisplayRange displayRange(const VipsImageRef& source, const EvaluationWatch& watch) {
    VipsImageRef image = plainImage(source);
    if (image.get()->BandFmt == VIPS_FORMAT_UCHAR)
        return {};
    const int across = std::max(1, image.get()->Xsize / SAMPLES_PER_SIDE);
    const int down = std::max(1, image.get()->Ysize / SAMPLES_PER_SIDE);
    if (across > 1 || down > 1)
        image = step([&](VipsImage** out) { return vips_subsample(image.get(), out, across, down, nullptr); });
    const VipsImageRef sample = materialised(image, watch, {}, std::size_t(1) << 30);
    double black = 0;
    double white = 0;
    if (vips_min(sample.get(), &black, nullptr) || vips_max(sample.get(), &white, nullptr))
        throwVipsError(ErrorCode::Operation, {});
    const bool likeBytes = black >= 0 && white <= 255 && white > 1.5 && vips_band_format_isfloat(sample.get()->BandFmt);
    if (likeBytes || !std::isfinite(black) || !std::isfinite(white))
        return {};
    return {black, white > black ? white : black + 1};
}

DisplayPixels displayPixels(const VipsImageRef& source, int level, const DisplayRange& range) {
    const VipsImageRef image = plainImage(source);
    if (level > 0 && isLabels(image.get()))
        return {inRange(everyNth(image, level), range), 0};
    return {inRange(image, range), level};
}

} // namespace tintype
