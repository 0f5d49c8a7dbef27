// Turns an image into what a screen shows.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/DisplayImage.h"

#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/VipsErrors.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <vector>

namespace tintype {

namespace {

constexpr int SAMPLES_PER_SIDE = 256;

/// Runs one libvips call that makes an image of an image.
template <typename Call>
VipsImageRef step(Call&& call) {
    VipsImage* out = nullptr;
    if (call(&out))
        throwVipsError(ErrorCode::Operation, "display");
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

VipsImageRef shrunk(const VipsImageRef& image, int level) {
    if (level <= 0)
        return image;
    const int factor = 1 << std::min(level, 24);
    const int across = std::min(factor, image.get()->Xsize);
    const int down = std::min(factor, image.get()->Ysize);
    if (isLabels(image.get()))
        return subsampled(image, across, down);
    return step(
        [&](VipsImage** out) { return vips_shrink(image.get(), out, across, down, "ceil", TRUE, nullptr); });
}

/// To QImage's RGB32 order, alpha blended on a checkerboard.
void packRow(const VipsImage* image, const VipsPel* from, std::uint32_t* to, int left, int y, int width) {
    const int bands = image->Bands;
    const bool grey = bands < 3;
    const bool alpha = bands == 2 || bands == 4;
    for (int x = 0; x < width; ++x, from += bands) {
        std::uint32_t red = from[0];
        std::uint32_t green = grey ? red : from[1];
        std::uint32_t blue = grey ? red : from[2];
        if (alpha) {
            const std::uint32_t opacity = from[bands - 1];
            const std::uint32_t ground = (((left + x) >> 3) + (y >> 3)) & 1 ? 0xcc : 0xff;
            const auto blend = [&](std::uint32_t c) { return (c * opacity + ground * (255 - opacity) + 127) / 255; };
            red = blend(red);
            green = blend(green);
            blue = blend(blue);
        }
        to[x] = 0xff000000u | red << 16 | green << 8 | blue;
    }
}

class DisplayReader : public RegionReader {
public:
    DisplayReader(const VipsImageRef& display, const EvaluationWatch& watch) : m_watch(watch) {
        // A private copy, which can be killed while others go on with the image.
        m_image = step([&](VipsImage** out) { return vips_copy(display.get(), out, nullptr); });
        const VipsImage* image = m_image.get();
        m_shape = {image->Xsize, image->Ysize, 4, PixelFormat::UChar, "srgb"};
        m_kill = watch.token.onCancel([copy = m_image] { vips_image_set_kill(copy.get(), TRUE); });
        m_region = VipsRef<VipsRegion>::take(vips_region_new(m_image.get()));
    }

    const ImageShape& shape() const override { return m_shape; }

    void read(const PixelRect& rect, void* target, std::size_t stride) override {
        m_watch.token.check();
        const VipsRect area = {rect.left, rect.top, rect.width, rect.height};
        if (vips_region_prepare(m_region.get(), &area))
            throwVipsError(ErrorCode::Operation, "display", &m_watch.token);
        for (int y = 0; y < rect.height; ++y) {
            const VipsPel* from = VIPS_REGION_ADDR(m_region.get(), rect.left, rect.top + y);
            auto* to = reinterpret_cast<std::uint32_t*>(static_cast<std::uint8_t*>(target) + y * stride);
            packRow(m_image.get(), from, to, rect.left, rect.top + y, rect.width);
        }
    }

private:
    EvaluationWatch m_watch;
    ImageShape m_shape;
    VipsImageRef m_image;
    CancelToken::Registration m_kill;
    VipsRef<VipsRegion> m_region;
};

/// One run of runDisplayPass, as libvips' writing thread sees it.
struct Pass {
    const Evaluation::DisplayStrip& strip;
    std::vector<std::uint32_t> pixels;
    std::exception_ptr thrown;
};

int writeStrip(VipsRegion* region, VipsRect* area, void* data) {
    auto& pass = *static_cast<Pass*>(data);
    // An exception must not cross libvips; it waits until the pass has ended.
    try {
        pass.pixels.resize(std::size_t(area->width) * area->height);
        for (int y = 0; y < area->height; ++y)
            packRow(region->im, VIPS_REGION_ADDR(region, area->left, area->top + y),
                    &pass.pixels[std::size_t(y) * area->width], area->left, area->top + y, area->width);
        pass.strip({area->left, area->top, area->width, area->height}, pass.pixels.data(),
                   std::size_t(area->width) * sizeof(std::uint32_t));
        return 0;
    } catch (...) {
        pass.thrown = std::current_exception();
        return -1;
    }
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
    const VipsImageRef sample = materialised(image, watch, "display", std::size_t(1) << 30);
    double black = 0;
    double white = 0;
    if (vips_min(sample.get(), &black, nullptr) || vips_max(sample.get(), &white, nullptr))
        throwVipsError(ErrorCode::Operation, "display");
    const bool likeBytes = black >= 0 && white <= 255 && white > 1.5 && vips_band_format_isfloat(sample.get()->BandFmt);
    if (likeBytes || !std::isfinite(black) || !std::isfinite(white))
        return {};
    return {black, white > black ? white : black + 1};
}

VipsImageRef displayImage(const VipsImageRef& source, int level, const DisplayRange& range) {
    VipsImageRef image = shrunk(plainImage(source), level);
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

void runDisplayPass(const VipsImageRef& display, const Evaluation::DisplayStrip& strip, const EvaluationWatch& watch) {
    Pass pass{strip, {}, nullptr};
    try {
        runWatched(display, watch, ErrorCode::Operation, "display",
                   [&](VipsImage* copy) { return vips_sink_disc(copy, writeStrip, &pass); });
    } catch (const Error&) {
        if (pass.thrown)
            std::rethrow_exception(pass.thrown);
        throw;
    }
}

std::unique_ptr<RegionReader> makeDisplayReader(const VipsImageRef& display, const EvaluationWatch& watch) {
    return std::make_unique<DisplayReader>(display, watch);
}

} // namespace tintype
