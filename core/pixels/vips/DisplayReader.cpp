// Hands out pixels for the screen: by rectangles, or all in one pass.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/vips/DisplayReader.h"

#include "core/pixels/vips/EvaluationScope.h"
#include "core/pixels/vips/PixelSink.h"
#include "core/pixels/vips/RowAverager.h"
#include "core/pixels/vips/VipsErrors.h"

#include <algorithm>
#include <exception>
#include <vector>

namespace tintype {

namespace {

// Of the source, at a time: large enough that overlaps cost little, small enough to stop soon.
constexpr int MOST_SOURCE_ROWS = 256;

int shrunkSize(int size, int level) {
    return int((std::int64_t(size) + (std::int64_t(1) << level) - 1) >> level);
}

/// To QImage's RGB32 order, alpha blended on a checkerboard.
void packRow(const std::uint8_t* from, int bands, std::uint32_t* to, int left, int y, int width) {
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
    DisplayReader(const DisplayPixels& pixels, const EvaluationWatch& watch) : m_watch(watch), m_scope(watch.token), m_level(pixels.level) {
        // A private copy, which can be killed while others go on with the image.
        VipsImage* copy = nullptr;
        if (vips_copy(pixels.image.get(), &copy, nullptr))
            throwVipsError(ErrorCode::Operation, {});
        m_image = VipsImageRef::take(copy);
        m_shape = {shrunkSize(copy->Xsize, m_level), shrunkSize(copy->Ysize, m_level), 4, PixelFormat::UChar, "srgb"};
        m_kill = watch.token.onCancel([image = m_image] { vips_image_set_kill(image.get(), TRUE); });
        m_region = VipsRef<VipsRegion>::take(vips_region_new(copy));
    }

    const ImageShape& shape() const override { return m_shape; }

    void read(const PixelRect& rect, void* target, std::size_t stride) override {
        const VipsRect source = sourceOf(rect);
        RowAverager averager(source.width, m_image.get()->Bands, m_level);
        int y = rect.top;
        const auto write = [&](const std::uint8_t* row) {
            auto* to = reinterpret_cast<std::uint32_t*>(static_cast<std::uint8_t*>(target) + (y - rect.top) * stride);
            packRow(row, m_image.get()->Bands, to, rect.left, y, rect.width);
            ++y;
        };
        for (int done = 0; done < source.height; done += MOST_SOURCE_ROWS) {
            const VipsRect part = {source.left, source.top + done, source.width,
                                   std::min(MOST_SOURCE_ROWS, source.height - done)};
            m_watch.token.check();
            prepare(part);
            for (int row = 0; row < part.height; ++row)
                if (averager.add(VIPS_REGION_ADDR(m_region.get(), part.left, part.top + row)))
                    write(averager.take());
        }
        if (averager.isPending())
            write(averager.take());
    }

private:
    void prepare(const VipsRect& part) {
        const EvaluationScope::Use use(m_scope);
        if (!vips_region_prepare(m_region.get(), &part))
            return;
        if (const std::exception_ptr error = m_scope.takeError()) {
            takeVipsError();
            std::rethrow_exception(error);
        }
        throwVipsError(ErrorCode::Operation, {}, &m_watch.token);
    }

    VipsRect sourceOf(const PixelRect& rect) const {
        const VipsImage* image = m_image.get();
        const int left = rect.left << m_level;
        const int top = rect.top << m_level;
        return {left, top, std::min(rect.width << m_level, image->Xsize - left),
                std::min(rect.height << m_level, image->Ysize - top)};
    }

    EvaluationWatch m_watch;
    EvaluationScope m_scope;
    int m_level;
    ImageShape m_shape;
    VipsImageRef m_image;
    CancelToken::Registration m_kill;
    VipsRef<VipsRegion> m_region;
};

/// One run of runDisplayPass, as libvips' writing thread sees it.
class Pass {
public:
    Pass(const DisplayPixels& pixels, const Evaluation::DisplayStrip& strip)
        : m_strip(strip), m_bands(pixels.image.get()->Bands), m_height(pixels.image.get()->Ysize),
          m_averager(pixels.image.get()->Xsize, m_bands, pixels.level) {}

    static int write(VipsRegion* region, VipsRect* area, void* data) {
        auto& pass = *static_cast<Pass*>(data);
        // An exception must not cross libvips; it waits until the pass has ended.
        try {
            pass.add(region, *area);
            return 0;
        } catch (...) {
            pass.m_thrown = std::current_exception();
            return -1;
        }
    }

    void rethrow() const {
        if (m_thrown)
            std::rethrow_exception(m_thrown);
    }

private:
    void add(VipsRegion* region, const VipsRect& area) {
        m_pixels.clear();
        int rows = 0;
        for (int y = area.top; y < area.top + area.height; ++y) {
            const bool full = m_averager.add(VIPS_REGION_ADDR(region, area.left, y));
            if (!full && y + 1 < m_height)
                continue;
            const int width = m_averager.outputWidth();
            m_pixels.resize(m_pixels.size() + width);
            packRow(m_averager.take(), m_bands, &m_pixels[std::size_t(rows) * width], 0, m_top + rows, width);
            ++rows;
        }
        if (rows == 0)
            return;
        const int width = m_averager.outputWidth();
        m_strip({0, m_top, width, rows}, m_pixels.data(), std::size_t(width) * sizeof(std::uint32_t));
        m_top += rows;
    }

    const Evaluation::DisplayStrip& m_strip;
    const int m_bands;
    const int m_height;
    RowAverager m_averager;
    std::vector<std::uint32_t> m_pixels;
    int m_top = 0; ///< of the next strip
    std::exception_ptr m_thrown;
};

} // namespace

std::unique_ptr<RegionReader> makeDisplayReader(const DisplayPixels& pixels, const EvaluationWatch& watch) {
    return std::make_unique<DisplayReader>(pixels, watch);
}

void runDisplayPass(const DisplayPixels& pixels, const Evaluation::DisplayStrip& strip, const EvaluationWatch& watch) {
    Pass pass(pixels, strip);
    try {
        runWatched(pixels.image, watch, ErrorCode::Operation, {},
                   [&](VipsImage* copy) { return vips_sink_disc(copy, Pass::write, &pass); });
    } catch (const Error&) {
        pass.rethrow();
        throw;
    }
    watch.token.check();
    pass.rethrow();
}

} // namespace tintype
