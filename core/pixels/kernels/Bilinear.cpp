// Turns and scales pictures with bilinear interpolation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/GeometryPrivate.h"
#include "core/pixels/kernels/WideRegistersPrivate.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <type_traits>

namespace tintype {

namespace {

/// libvips computes the place of the first pixel of a tile, and adds up from there: which way a place beside an edge is rounded
/// depends on it.
constexpr int TILE = 128;
constexpr int FIXED_BITS = 12;
constexpr int FIXED_ONE = 1 << FIXED_BITS;

/// Whole numbers of 8 and 16 bits are weighted in fixed point, others in 64 bits.
template <typename T>
using Weight = std::conditional_t<std::is_integral_v<T>, int, double>;

/// Where the pixels of a run lie in the source, counted from Geometry::BORDER pixels above and left of it.
struct Run {
    std::array<double, TILE> x;
    std::array<double, TILE> y;
    int count;
};

/// For each pixel of a run where the four around its place begin, and their weights.
template <typename T>
struct Weights {
    std::array<int, TILE> offset; ///< in bytes; what there is of a source in memory is at most a gigabyte
    std::array<Weight<T>, TILE> topLeft, topRight, bottomLeft, bottomRight;
};

template <typename T>
TINTYPE_INLINED void weigh(const Run& run, const PixelArea& in, Weights<T>& weights) {
    const int pixelBytes = int(VIPS_IMAGE_SIZEOF_PEL(in.image));
    const int rowBytes = int(in.stride);
    const int firstX = Geometry::BORDER + in.rect.left;
    const int firstY = Geometry::BORDER + in.rect.top;
    for (int i = 0; i < run.count; ++i) {
        const int x = int(run.x[i]);
        const int y = int(run.y[i]);
        weights.offset[i] = (y - firstY) * rowBytes + (x - firstX) * pixelBytes;
        const double right = run.x[i] - x;
        const double down = run.y[i] - y;
        if constexpr (std::is_integral_v<T>) {
            const int across = int(right * FIXED_ONE);
            const int below = int(down * FIXED_ONE);
            weights.bottomRight[i] = (below * across) >> FIXED_BITS;
            weights.topRight[i] = ((FIXED_ONE - below) * across) >> FIXED_BITS;
            weights.bottomLeft[i] = below - weights.bottomRight[i];
            weights.topLeft[i] = FIXED_ONE - below - weights.topRight[i];
        } else {
            weights.bottomRight[i] = down * right;
            weights.topRight[i] = (1 - down) * right;
            weights.bottomLeft[i] = down - weights.bottomRight[i];
            weights.topLeft[i] = 1 - down - weights.topRight[i];
        }
    }
}

template <typename T>
TINTYPE_INLINED T blend(const Weights<T>& weights, int i, T topLeft, T topRight, T bottomLeft, T bottomRight) {
    const auto sum = weights.topLeft[i] * topLeft + weights.topRight[i] * topRight + weights.bottomLeft[i] * bottomLeft +
                     weights.bottomRight[i] * bottomRight;
    if constexpr (std::is_integral_v<T>)
        return T((sum + FIXED_ONE / 2) >> FIXED_BITS);
    else
        return T(sum);
}

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
        Run run;
        Weights<T> weights;
        double x = 0;
        double down = 0;
        const int end = m_rect.left + m_rect.width;
        for (int left = m_rect.left; left < end; left += run.count, out += std::size_t(run.count) * m_in.image->Bands) {
            const int beyond = left % TILE;
            if (left == m_rect.left || !m_geometry.isStraight())
                findPlace(left, beyond, y, x, down);
            run.count = std::min(TILE - beyond, end - left);
            if (isFarOutside(x, down, run.count)) {
                x += m_geometry.acrossX * run.count;
                down += m_geometry.downX * run.count;
                std::fill_n(out, run.count * m_in.image->Bands, T(0));
                continue;
            }
            for (int i = 0; i < run.count; ++i) {
                run.x[i] = x;
                run.y[i] = down;
                x += m_geometry.acrossX;
                down += m_geometry.downX;
            }
            withWideRegisters([&]() __attribute__((always_inline)) { weigh<T>(run, m_in, weights); });
            if (isInside(run))
                turnInside(run, weights, out);
            else
                turnAtEdge(run, weights, out);
        }
    }

private:
    /// As in a tile of a whole picture, wherever the part begins.
    void findPlace(int left, int beyond, int y, double& x, double& down) const {
        if (m_geometry.isStraight()) {
            m_geometry.placeOf(0, y, x, down);
            x = m_firstX;
            return;
        }
        m_geometry.placeOf(left - beyond, y, x, down);
        for (int i = 0; i < beyond; ++i) {
            x += m_geometry.acrossX;
            down += m_geometry.downX;
        }
    }

    /// By more than rounding could be off, so that nothing of the image shows in the whole run.
    bool isFarOutside(double x, double y, int count) const {
        if (m_geometry.isStraight())
            return false;
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
            if constexpr (sizeof(T) == 1)
                return turnBytes(run, weights, out);
            else
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
    void turnBytes(const Run& run, const Weights<T>& weights, T* out) const {
        std::array<std::uint32_t, TILE> fours;
        for (int i = 0; i < run.count; ++i) {
            const VipsPel* const top = m_in.pixels + weights.offset[i];
            std::uint16_t above = 0;
            std::uint16_t below = 0;
            std::memcpy(&above, top, sizeof above);
            std::memcpy(&below, top + m_in.stride, sizeof below);
            fours[i] = above | std::uint32_t(below) << 16;
        }
        withWideRegisters([&]() __attribute__((always_inline)) {
            constexpr bool LEFT_FIRST = std::endian::native == std::endian::little;
            const auto& first = LEFT_FIRST ? weights.topLeft : weights.topRight;
            const auto& second = LEFT_FIRST ? weights.topRight : weights.topLeft;
            const auto& third = LEFT_FIRST ? weights.bottomLeft : weights.bottomRight;
            const auto& fourth = LEFT_FIRST ? weights.bottomRight : weights.bottomLeft;
            for (int i = 0; i < run.count; ++i) {
                const int sum = first[i] * int(fours[i] & 255) + second[i] * int(fours[i] >> 8 & 255) +
                                third[i] * int(fours[i] >> 16 & 255) + fourth[i] * int(fours[i] >> 24);
                out[i] = T((sum + FIXED_ONE / 2) >> FIXED_BITS);
            }
        });
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
    default:
        return {};
    }
}

} // namespace tintype
