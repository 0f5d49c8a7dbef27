// Enlarges pictures with bicubic interpolation.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/geometry/GeometryPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <opencv2/core/hal/intrin.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

namespace tintype {

namespace {

constexpr int FIXED_BITS = 12;
constexpr int FIXED_ONE = 1 << FIXED_BITS;
constexpr int PHASES = 64;
constexpr int TAPS = 4;
/// Pixels that a line is continued by on each side.
constexpr int PAD = 4;

template <typename T>
using Coefficient = std::conditional_t<std::is_integral_v<T>, int, double>;
/// What is between the two passes: whole numbers over- and undershoot their format.
template <typename T>
using Between = std::conditional_t<std::is_integral_v<T>, std::int16_t, T>;
template <typename T>
using Taps = std::array<Coefficient<T>, TAPS>;

/// Catmull and Rom (1974), "A class of local interpolating splines", for a place between the second and the third of four.
template <typename T>
std::array<Taps<T>, PHASES + 1> allTaps() {
    std::array<Taps<T>, PHASES + 1> all;
    for (int phase = 0; phase <= PHASES; ++phase) {
        const double x = double(phase) / PHASES;
        const double rest = 1 - x;
        const double common = rest * (-.5 * x);
        const double first = rest * common;
        const double last = x * common;
        const double slope = last - first;
        const std::array<double, TAPS> exact{first, rest - first + slope, x - last - slope, last};
        const double one = std::is_integral_v<T> ? FIXED_ONE : 1;
        std::ranges::transform(exact, all[phase].begin(), [one](double tap) { return Coefficient<T>(tap * one); });
    }
    return all;
}

/// To the nearest phase.
int phaseOf(double place) {
    return ((int(place * PHASES * 2) & (PHASES * 2 - 1)) + 1) >> 1;
}

template <typename T, typename R>
TINTYPE_INLINED R rounded(Coefficient<T> sum) {
    if constexpr (std::is_integral_v<T>)
        return R((sum + FIXED_ONE / 2) >> FIXED_BITS);
    else
        return R(sum);
}

using ShortTaps = std::array<short, TAPS>;

/// Eight pixels at once: `from` says where the four begin that each depends on. Returns how many were computed.
std::size_t widenBytes(const VipsPel* line, const std::vector<int>& from, const std::vector<ShortTaps>& taps, short* out) {
    constexpr std::size_t AT_ONCE = 8;
    const auto sumsOfFour = [&](std::size_t i) {
        std::array<std::uint32_t, TAPS> fours;
        for (std::size_t k = 0; k < fours.size(); ++k)
            std::memcpy(&fours[k], line + from[i + k], sizeof fours[k]);
        cv::v_uint16x8 a, b;
        cv::v_expand(cv::v_load(reinterpret_cast<const uchar*>(fours.data())), a, b);
        const cv::v_int32x4 c = cv::v_dotprod(cv::v_reinterpret_as_s16(a), cv::v_load(taps[i].data()));
        const cv::v_int32x4 d = cv::v_dotprod(cv::v_reinterpret_as_s16(b), cv::v_load(taps[i + 2].data()));
        cv::v_int32x4 e, f, left, right;
        cv::v_zip(c, d, e, f);
        cv::v_zip(e, f, left, right);
        return left + right;
    };
    std::size_t i = 0;
    for (; i + AT_ONCE <= from.size(); i += AT_ONCE)
        cv::v_store(out + i, cv::v_rshr_pack<FIXED_BITS>(sumsOfFour(i), sumsOfFour(i + TAPS)));
    return i;
}

/// Eight pixels at once. Returns how many were computed.
std::size_t joinShorts(const std::array<const short*, TAPS>& lines, const Taps<VipsPel>& taps, std::size_t count, VipsPel* out) {
    constexpr std::size_t AT_ONCE = 8;
    const auto pair = [&](int i) {
        const std::array<short, 2> both{short(taps[i]), short(taps[i + 1])};
        std::int32_t bits = 0;
        std::memcpy(&bits, both.data(), sizeof bits);
        return cv::v_reinterpret_as_s16(cv::v_setall_s32(bits));
    };
    const cv::v_int16x8 upper = pair(0);
    const cv::v_int16x8 lower = pair(2);
    std::size_t i = 0;
    for (; i + AT_ONCE <= count; i += AT_ONCE) {
        cv::v_int16x8 a, b, c, d;
        cv::v_zip(cv::v_load(lines[0] + i), cv::v_load(lines[1] + i), a, b);
        cv::v_zip(cv::v_load(lines[2] + i), cv::v_load(lines[3] + i), c, d);
        const cv::v_int32x4 first = cv::v_dotprod(c, lower, cv::v_dotprod(a, upper));
        const cv::v_int32x4 second = cv::v_dotprod(d, lower, cv::v_dotprod(b, upper));
        cv::v_pack_u_store(out + i, cv::v_rshr_pack<FIXED_BITS>(first, second));
    }
    return i;
}

template <typename T>
class Enlarger {
public:
    Enlarger(const Geometry& geometry, const PixelArea& in, int width)
        : m_geometry(geometry), m_in(in), m_numbers(std::size_t(width) * std::size_t(in.image->Bands)),
          m_padded((std::size_t(in.image->Xsize) + 2 * PAD) * std::size_t(in.image->Bands)) {
        double x = 0;
        double y = 0;
        m_geometry.placeOf(0, 0, x, y);
        for (int i = 0; i < width; ++i, x += m_geometry.acrossX) {
            m_from.push_back((int(x) - Geometry::BORDER - 1 + PAD) * in.image->Bands);
            const Taps<T>& taps = m_taps.emplace_back(m_allTaps[phaseOf(x)]);
            if constexpr (std::is_integral_v<T>)
                m_shortTaps.push_back({short(taps[0]), short(taps[1]), short(taps[2]), short(taps[3])});
        }
        for (auto& line : m_lines)
            line.resize(m_numbers);
    }

    void enlargeRow(int y, T* out) {
        double x = 0;
        double down = 0;
        m_geometry.placeOf(0, y, x, down);
        const int first = int(down) - Geometry::BORDER - 1;
        std::array<const Between<T>*, TAPS> lines;
        for (int i = 0; i < TAPS; ++i)
            lines[i] = line(std::clamp(first + i, 0, m_in.image->Ysize - 1));
        const Taps<T>& taps = m_allTaps[phaseOf(down)];
        withWideRegisters([&]() __attribute__((always_inline)) { joinLines(lines, taps, out); });
    }

private:
    TINTYPE_INLINED void joinLines(const std::array<const Between<T>*, TAPS>& lines, const Taps<T>& taps, T* out) const {
        const auto [a, b, c, d] = lines;
        std::size_t i = 0;
        if constexpr (std::is_integral_v<T>)
            i = joinShorts(lines, taps, m_numbers, out);
        for (; i < m_numbers; ++i) {
            const auto sum = taps[0] * a[i] + taps[1] * b[i] + taps[2] * c[i] + taps[3] * d[i];
            if constexpr (std::is_integral_v<T>)
                out[i] = T(std::clamp(rounded<T, int>(sum), 0, int(std::numeric_limits<T>::max())));
            else
                out[i] = T(sum);
        }
    }

    /// A row of the source, as wide as the result. Four that lie side by side are kept.
    const Between<T>* line(int y) {
        std::vector<Between<T>>& line = m_lines[y % TAPS];
        if (m_rows[y % TAPS] == y)
            return line.data();
        m_rows[y % TAPS] = y;
        const std::size_t bands = std::size_t(m_in.image->Bands);
        const T* const row = m_in.row<T>(y);
        const std::size_t count = std::size_t(m_in.image->Xsize) * bands;
        std::copy_n(row, count, m_padded.begin() + PAD * bands);
        for (std::size_t i = 0; i < PAD * bands; ++i) {
            m_padded[i] = row[i % bands];
            m_padded[PAD * bands + count + i] = row[count - bands + i % bands];
        }
        if (bands == 1)
            widen<1>(line.data());
        else
            widen<0>(line.data());
        return line.data();
    }

    /// BANDS is 0 where their number is not known before.
    template <int BANDS>
    void widen(Between<T>* out) const {
        const int bands = BANDS ? BANDS : m_in.image->Bands;
        std::size_t i = 0;
        if constexpr (BANDS == 1 && std::is_integral_v<T>) {
            i = widenBytes(m_padded.data(), m_from, m_shortTaps, out);
            out += i;
        }
        for (; i < m_from.size(); ++i) {
            const T* const from = m_padded.data() + m_from[i];
            const Taps<T>& taps = m_taps[i];
            for (int band = 0; band < bands; ++band)
                *out++ = rounded<T, Between<T>>(taps[0] * from[band] + taps[1] * from[band + bands] +
                                                taps[2] * from[band + 2 * bands] + taps[3] * from[band + 3 * bands]);
        }
    }

    const Geometry& m_geometry;
    const PixelArea& m_in;
    const std::size_t m_numbers; ///< in a row of the result
    const std::array<Taps<T>, PHASES + 1> m_allTaps = allTaps<T>();
    std::vector<int> m_from; ///< for each pixel of a row: the first number that it depends on
    std::vector<Taps<T>> m_taps;
    std::vector<ShortTaps> m_shortTaps; ///< the same, of 8 bits
    std::vector<T> m_padded;
    std::array<std::vector<Between<T>>, TAPS> m_lines;
    std::array<int, TAPS> m_rows{-1, -1, -1, -1};
};

template <typename T>
PartKernel enlarger(const Geometry& geometry) {
    PartKernel kernel;
    // Neighbouring bands compute three lines twice.
    kernel.leastRows = 64;
    kernel.wholeOnly = true;
    kernel.needs = [](const VipsRect&, int) { return VipsRect{0, 0, VIPS_MAX_COORD, VIPS_MAX_COORD}; };
    kernel.run = [geometry](const Part& part) {
        const VipsRect& rect = part.out.rect;
        Enlarger<T> enlarger(geometry, part.in.front(), rect.width);
        for (int y = rect.top; y < rect.top + rect.height && !(part.token && part.token->isCancelled()); ++y)
            enlarger.enlargeRow(y, part.out.row<T>(y));
    };
    return kernel;
}

} // namespace

std::optional<PartKernel> bicubic(const Geometry& geometry, VipsBandFormat format) {
    if (format == VIPS_FORMAT_UCHAR)
        return enlarger<std::uint8_t>(geometry);
    if (format == VIPS_FORMAT_FLOAT)
        return enlarger<float>(geometry);
    return {};
}

} // namespace tintype
