// Turns and scales pictures with bilinear interpolation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/geometry/BilinearRunPrivate.h"
#include "core/pixels/kernels/geometry/GeometryPrivate.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <type_traits>

namespace tintype {

namespace {

template <typename T>
class Turner {
public:
    Turner(const Geometry& geometry, const Part& part) : m_geometry(geometry), m_in(part.in.front()), m_rect(part.out.rect) {
        double down = 0;
        if (m_geometry.isStraight())
            m_geometry.placeOf(0, m_rect.top, m_firstX, down);
        for (int left = 0; m_geometry.isStraight() && left < m_rect.left; ++left)
            m_firstX += m_geometry.acrossX;
    }

    void turnRow(int y, T* out) const {
        if (m_geometry.isStraight())
            return turnStraightRow(y, out);
        if (m_geometry.tilt)
            return turnTiltedRow(y, out);
        // One sum waits for the last one: those of two runs do so at the same time.
        std::array<Run, 2> runs;
        runs[1].x[0] = runs[1].y[0] = 0;
        std::size_t begun = 0;
        const int end = m_rect.left + m_rect.width;
        for (int left = m_rect.left; left < end;) {
            Run& run = runs[begun];
            run.left = left;
            run.count = std::min(TILE - left % TILE, end - left);
            left += run.count;
            findPlace(run.left, y, run.x[0], run.y[0]);
            if (isFarOutside(run.x[0], run.y[0], run.count)) {
                std::fill_n(beginOf(run, out), run.count * m_in.image->Bands, T(0));
                continue;
            }
            if (++begun < runs.size())
                continue;
            begun = 0;
            addUp(runs[0], runs[1]);
            for (const Run& both : runs)
                turn(both, out);
        }
        if (begun > 0) {
            addUp(runs[0], runs[1]);
            turn(runs[0], out);
        }
    }

private:
    /// From the first place of each run on, as libvips adds up.
    void addUp(Run& a, Run& b) const {
        const double acrossX = m_geometry.acrossX;
        const double downX = m_geometry.downX;
        for (std::size_t i = 1; i < TILE; ++i) {
            a.x[i] = a.x[i - 1] + acrossX;
            a.y[i] = a.y[i - 1] + downX;
            b.x[i] = b.x[i - 1] + acrossX;
            b.y[i] = b.y[i - 1] + downX;
        }
    }

    /// As in a tile of a whole picture, wherever the part begins.
    void findPlace(int left, int y, double& x, double& down) const {
        const int beyond = left % TILE;
        m_geometry.placeOf(left - beyond, y, x, down);
        for (int i = 0; i < beyond; ++i) {
            x += m_geometry.acrossX;
            down += m_geometry.downX;
        }
    }

    T* beginOf(const Run& run, T* row) const { return row + std::size_t(run.left - m_rect.left) * m_in.image->Bands; }

    /// Where nothing is turned libvips adds up along the whole row.
    void turnStraightRow(int y, T* out) const {
        Run run;
        double x = 0;
        double down = 0;
        m_geometry.placeOf(0, y, x, down);
        x = m_firstX;
        const int end = m_rect.left + m_rect.width;
        for (run.left = m_rect.left; run.left < end; run.left += run.count) {
            run.count = std::min(TILE, end - run.left);
            for (int i = 0; i < run.count; ++i) {
                run.x[i] = x;
                run.y[i] = down;
                x += m_geometry.acrossX;
                down += m_geometry.downX;
            }
            turn(run, out);
        }
    }

    void turnTiltedRow(int y, T* out) const {
        Run run;
        const int end = m_rect.left + m_rect.width;
        for (run.left = m_rect.left; run.left < end; run.left += run.count) {
            run.count = std::min(TILE, end - run.left);
            withWideRegisters([&]() __attribute__((always_inline)) {
                for (int i = 0; i < run.count; ++i)
                    Geometry::placeOfTilted(*m_geometry.tilt, run.left + i + 0.5, y + 0.5, run.x[i], run.y[i]);
            });
            turn(run, out);
        }
    }

    void turn(const Run& run, T* row) const {
        T* const out = beginOf(run, row);
        if constexpr (sizeof(T) == 1) {
            if (m_in.image->Bands == 1 && isInside(run) && isSmall(m_in.image))
                return turnBytes(run, out);
        }
        Weights<T> weights;
        const auto work = hasWideRegisters() ? weighWide<T> : weigh<T>;
        work(run, m_in, weights);
        if (isInside(run))
            turnInside(run, weights, out);
        else
            turnAtEdge(run, weights, out);
    }

    /// Whether there is room for its places in fixed point.
    static bool isSmall(const VipsImage* image) {
        return std::max(image->Xsize, image->Ysize) < (1 << (31 - FIXED_BITS)) - 2 * Geometry::BORDER;
    }

    /// By more than rounding could be off, so that nothing of the image shows in the whole run.
    bool isFarOutside(double x, double y, int count) const {
        constexpr double FAR = 3;
        const auto isOut = [count](double first, double step, int size) {
            const double last = first + step * count;
            return std::max(first, last) < Geometry::BORDER - FAR || std::min(first, last) > Geometry::BORDER + size + FAR;
        };
        return isOut(x, m_geometry.acrossX, m_in.image->Xsize) || isOut(y, m_geometry.downX, m_in.image->Ysize);
    }

    /// Places only grow, or only shrink, along a run.
    static bool isInside(double first, double last, int size) {
        return std::min(first, last) >= Geometry::BORDER && std::max(first, last) < Geometry::BORDER + size - 1;
    }
    bool isInside(const Run& run) const {
        const auto last = std::size_t(run.count) - 1;
        return isInside(run.x[0], run.x[last], m_in.image->Xsize) && isInside(run.y[0], run.y[last], m_in.image->Ysize);
    }

    void turnInside(const Run& run, const Weights<T>& weights, T* out) const {
        switch (m_in.image->Bands) {
        case 1:
            return turnBands<1>(run, weights, out);
        case 3:
            if constexpr (sizeof(T) == 1)
                return turnThreeBytes(run, weights, out);
            else
                return turnBands<3>(run, weights, out);
        default:
            return turnBands<0>(run, weights, out);
        }
    }

    /// BANDS is 0 where their number is not known before.
    template <int BANDS>
    void turnBands(const Run& run, const Weights<T>& weights, T* out) const {
        const int bands = BANDS ? BANDS : m_in.image->Bands;
        for (int i = 0; i < run.count; ++i) {
            const T* const top = reinterpret_cast<const T*>(m_in.pixels + weights.offset[i]);
            const T* const bottom = reinterpret_cast<const T*>(reinterpret_cast<const VipsPel*>(top) + m_in.stride);
            for (int band = 0; band < bands; ++band)
                *out++ = blend(weights, i, top[band], top[band + bands], bottom[band], bottom[band + bands]);
        }
    }

    /// Two neighbours are read at once, and many pixels computed at once.
    void turnBytes(const Run& run, T* out) const {
        std::array<int, TILE> across;
        std::array<int, TILE> down;
        std::array<int, TILE> offset;
        std::array<std::uint32_t, TILE> fours;
        const auto place = hasWideRegisters() ? placeWide : placeBytes;
        place(run, m_in, across.data(), down.data(), offset.data());
        for (int i = 0; i < run.count; ++i) {
            const VipsPel* const top = m_in.pixels + offset[i];
            std::uint16_t above = 0;
            std::uint16_t below = 0;
            std::memcpy(&above, top, sizeof above);
            std::memcpy(&below, top + m_in.stride, sizeof below);
            fours[i] = above | std::uint32_t(below) << 16;
        }
        const auto blend = hasWideRegisters() ? blendWide : blendBytes;
        blend(across.data(), down.data(), fours.data(), run.count, out);
    }

    /// All bands of a pixel are computed at once.
    void turnThreeBytes(const Run& run, const Weights<T>& weights, T* out) const {
        constexpr int BANDS = 3;
        constexpr int READ_AT_ONCE = 8;
        const VipsPel* const end =
            m_in.pixels + std::size_t(m_in.rect.height - 1) * m_in.stride + std::size_t(m_in.rect.width) * BANDS;
        const auto sumsOf = [](const VipsPel* left, int leftWeight, int rightWeight) {
            cv::v_uint8x16 pairs, rest;
            cv::v_zip(cv::v_load_low(left), cv::v_load_low(left + BANDS), pairs, rest);
            const cv::v_int32x4 both = cv::v_setall_s32(leftWeight | rightWeight << 16);
            return cv::v_dotprod(cv::v_reinterpret_as_s16(cv::v_expand_low(pairs)), cv::v_reinterpret_as_s16(both));
        };
        for (int i = 0; i < run.count; ++i, out += BANDS) {
            const T* const top = m_in.pixels + weights.offset[i];
            const T* const bottom = top + m_in.stride;
            if (end - bottom < BANDS + READ_AT_ONCE) {
                for (int band = 0; band < BANDS; ++band)
                    out[band] = blend(weights, i, top[band], top[band + BANDS], bottom[band], bottom[band + BANDS]);
                continue;
            }
            const cv::v_int32x4 sums = sumsOf(top, weights.topLeft[i], weights.topRight[i]) +
                                       sumsOf(bottom, weights.bottomLeft[i], weights.bottomRight[i]);
            const cv::v_int16x8 shorts = cv::v_rshr_pack<FIXED_BITS>(sums, sums);
            const std::uint32_t bytes = cv::v_reinterpret_as_u32(cv::v_pack_u(shorts, shorts)).get0();
            std::memcpy(out, &bytes, BANDS);
        }
    }

    void turnAtEdge(const Run& run, const Weights<T>& weights, T* out) const {
        const int bands = m_in.image->Bands;
        for (int i = 0; i < run.count; ++i) {
            const int x = Geometry::floorOf(run.x[i]) - Geometry::BORDER;
            const int y = Geometry::floorOf(run.y[i]) - Geometry::BORDER;
            const bool shows = x >= -1 && x <= m_in.image->Xsize && y >= -1 && y <= m_in.image->Ysize;
            for (int band = 0; band < bands; ++band)
                *out++ = !shows ? T(0)
                                : blend(weights, i, at(x, y, band), at(x + 1, y, band), at(x, y + 1, band),
                                        at(x + 1, y + 1, band));
        }
    }

    T at(int x, int y, int band) const {
        const int nearX = std::clamp(x, 0, m_in.image->Xsize - 1);
        const int nearY = std::clamp(y, 0, m_in.image->Ysize - 1);
        if (!m_geometry.repeatsEdge && (nearX != x || nearY != y))
            return 0;
        return m_in.row<T>(nearY)[(nearX - m_in.rect.left) * m_in.image->Bands + band];
    }

    const Geometry& m_geometry;
    const PixelArea& m_in;
    const VipsRect m_rect;
    double m_firstX = 0; ///< of a picture that is not turned: the place of the rectangle's left edge
};

template <typename T>
PartKernel turner(const Geometry& geometry) {
    PartKernel kernel;
    kernel.needs = [geometry](const VipsRect& rect, int) { return geometry.areaBehind(rect); };
    kernel.run = [geometry](const Part& part) {
        const Turner<T> turner(geometry, part);
        const VipsRect& rect = part.out.rect;
        for (int y = rect.top; y < rect.top + rect.height && !(part.token && part.token->isCancelled()); ++y)
            turner.turnRow(y, part.out.row<T>(y));
    };
    return kernel;
}

} // namespace

std::optional<PartKernel> bilinear(const Geometry& geometry, VipsBandFormat format) {
    switch (format) {
    case VIPS_FORMAT_UCHAR:
        return turner<std::uint8_t>(geometry);
    case VIPS_FORMAT_USHORT:
        return turner<std::uint16_t>(geometry);
    case VIPS_FORMAT_SHORT:
        return turner<std::int16_t>(geometry);
    case VIPS_FORMAT_FLOAT:
        return turner<float>(geometry);
    case VIPS_FORMAT_DOUBLE:
        return turner<double>(geometry);
    default:
        return {};
    }
}

} // namespace tintype
