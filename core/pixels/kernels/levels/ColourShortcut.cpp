// From sRGB of 8 bits to grey, to CIE Lab and to hue, saturation and value.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace tintype {

namespace {

constexpr int LEVELS = 256;

/// IEC 61966-2-1, rounded as libvips does.
std::array<float, LEVELS> linearLevels() {
    std::array<float, LEVELS> linear;
    for (int i = 0; i < LEVELS; ++i) {
        const float f = float(i) / (LEVELS - 1);
        linear[i] = float(f <= 0.04045 ? f / 12.92 : std::pow((f + 0.055) / (1 + 0.055), 2.4));
    }
    return linear;
}

/// Problem: libvips adds the linear levels up and looks for the grey level of the sum, in decimal numbers. That is a staircase
/// of 256 steps; a sum of three whole numbers says on which step a pixel is, except close to an edge, where it is computed
/// as libvips does.
class GreyLevels {
public:
    GreyLevels() : m_linear(linearLevels()) {
        for (int i = 0; i < LEVELS; ++i) {
            const float f = float(i) / (LEVELS - 1);
            const float v = float(f <= 0.0031308 ? 12.92 * f : (1.0 + 0.055) * std::pow(f, 1.0 / 2.4) - 0.055);
            m_steps[i] = int(std::rint((LEVELS - 1) * v));
            m_red[i] = std::uint32_t(std::lround(0.2 * m_linear[i] * ONE));
            m_green[i] = std::uint32_t(std::lround(0.7 * m_linear[i] * ONE));
            m_blue[i] = std::uint32_t(std::lround(0.1 * m_linear[i] * ONE));
        }
        m_steps[LEVELS] = m_steps[LEVELS - 1];
        for (std::uint32_t i = 0; i < m_levels.size(); ++i) {
            const double first = (double(i << SHIFT) - UNSURE) / ONE;
            const double last = (double((i + 1) << SHIFT) + UNSURE) / ONE;
            const VipsPel level = levelOf(float(first));
            m_levels[i] = level == levelOf(float(last)) ? level : EDGE;
        }
    }

    void convert(const VipsPel* in, int count, VipsPel* out) const {
        for (int x = 0; x < count; ++x, in += 3) {
            const std::uint16_t level = m_levels[(m_red[in[0]] + m_green[in[1]] + m_blue[in[2]]) >> SHIFT];
            out[x] = VipsPel(level != EDGE ? level : levelOf(in));
        }
    }

private:
    static constexpr double ONE = 1 << 30;
    static constexpr int SHIFT = 16;
    /// More than a number of 32 bits may be off.
    static constexpr double UNSURE = 512;
    static constexpr std::uint16_t EDGE = 256;

    VipsPel levelOf(const VipsPel* pixel) const {
        return levelOf(float(0.2 * m_linear[pixel[0]] + 0.7 * m_linear[pixel[1]] + 0.1 * m_linear[pixel[2]]));
    }

    VipsPel levelOf(float luminance) const {
        const float place = std::clamp(luminance * (LEVELS - 1), 0.f, float(LEVELS - 1));
        const int step = int(place);
        const float level = m_steps[step] + (m_steps[step + 1] - m_steps[step]) * (place - step);
        return VipsPel(std::rint(level));
    }

    std::array<float, LEVELS> m_linear;
    std::array<int, LEVELS + 1> m_steps;
    std::array<std::uint32_t, LEVELS> m_red;
    std::array<std::uint32_t, LEVELS> m_green;
    std::array<std::uint32_t, LEVELS> m_blue;
    std::array<std::uint16_t, (1 << (30 - SHIFT)) + 2> m_levels;
};

/// The CIE's definition over a table of cube roots with straight lines between them, as in libvips.
class LabValues {
public:
    LabValues() {
        const std::array<float, LEVELS> linear = linearLevels();
        for (int i = 0; i < LEVELS; ++i) {
            // To X, Y and Z of a white of 100.
            m_red[i] = {WHITE * 0.4124 * linear[i], WHITE * 0.2126 * linear[i], WHITE * 0.0193 * linear[i]};
            m_green[i] = {WHITE * 0.3576 * linear[i], WHITE * 0.7152 * linear[i], WHITE * 0.1192 * linear[i]};
            m_blue[i] = {WHITE * 0.18056 * linear[i], WHITE * 0.07220 * linear[i], WHITE * 0.9505 * linear[i]};
        }
        for (int i = 0; i < ENTRIES; ++i) {
            const float y = float(i) / ENTRIES;
            m_roots[i] = float(y < 0.008856 ? 7.787 * y + (16.0 / 116.0) : std::cbrt(y));
        }
    }

    void convert(const VipsPel* in, int count, float* out) const {
        for (int x = 0; x < count; x += PIECE)
            convertPiece(in + 3 * x, std::min(PIECE, count - x), out + 3 * x);
    }

private:
    using Three = std::array<double, 3>;
    static constexpr double WHITE = VIPS_D65_Y0;
    static constexpr int ENTRIES = 100000;
    static constexpr int PIECE = 512;

    TINTYPE_INLINED float root(float share) const {
        const float place = float(ENTRIES) * share;
        const int entry = std::clamp(int(place), 0, ENTRIES - 2);
        return m_roots[entry] + (place - float(entry)) * (m_roots[entry + 1] - m_roots[entry]);
    }

    void convertPiece(const VipsPel* in, int count, float* out) const {
        std::array<std::array<float, PIECE>, 3> xyz;
        for (int i = 0; i < count; ++i, in += 3) {
            for (int axis = 0; axis < 3; ++axis)
                xyz[axis][i] = float(m_red[in[0]][axis] + m_green[in[1]][axis] + m_blue[in[2]][axis]);
        }
        withWideRegisters([&]() __attribute__((always_inline)) {
            for (int i = 0; i < count; ++i) {
                xyz[0][i] = root(xyz[0][i] / float(VIPS_D65_X0));
                xyz[1][i] = root(xyz[1][i] / float(VIPS_D65_Y0));
                xyz[2][i] = root(xyz[2][i] / float(VIPS_D65_Z0));
            }
            for (int i = 0; i < count; ++i) {
                out[3 * i] = 116 * xyz[1][i] - 16;
                out[3 * i + 1] = 500 * (xyz[0][i] - xyz[1][i]);
                out[3 * i + 2] = 200 * (xyz[1][i] - xyz[2][i]);
            }
        });
    }

    std::array<Three, LEVELS> m_red;
    std::array<Three, LEVELS> m_green;
    std::array<Three, LEVELS> m_blue;
    std::array<float, ENTRIES> m_roots;
};

/// Smith (1978), "Color gamut transform pairs", SIGGRAPH 12-19, with hues from 0 to 255, fractions cut off. Divisions have few
/// different operands, so that all their results are known before.
class HsvLevels {
public:
    HsvLevels() : m_hues(std::size_t(LEVELS) * HUES), m_saturations(std::size_t(LEVELS) * LEVELS) {
        // A sixth of the circle; as libvips does, the quotient in 32 bits and the rest in 64.
        constexpr double SIXTH = 42.5;
        for (int range = 1; range < LEVELS; ++range) {
            for (int across = -range; across <= range; ++across)
                m_hues[std::size_t(hueOf(range, across))] = std::int8_t(std::floor(SIXTH * double(float(across) / float(range))));
        }
        for (int most = 1; most < LEVELS; ++most) {
            for (int range = 0; range <= most; ++range)
                m_saturations[std::size_t(most * LEVELS + range)] = VipsPel(float(range) * (LEVELS - 1) / float(most));
        }
    }

    void convert(const VipsPel* in, int count, VipsPel* out) const {
        const auto compare = hasWideRegisters() ? compareWide : compareLevels;
        for (int x = 0; x < count; x += PIECE) {
            Piece piece;
            const int length = std::min(PIECE, count - x);
            for (int i = 0; i < length; ++i) {
                for (int band = 0; band < 3; ++band)
                    piece.levels[band][i] = in[3 * (x + i) + band];
            }
            compare(piece);
            for (int i = 0; i < length; ++i) {
                VipsPel* const pixel = out + 3 * (x + i);
                pixel[0] = VipsPel(piece.middle[i] + m_hues[std::size_t(piece.hue[i])]);
                pixel[1] = m_saturations[std::size_t(piece.saturation[i])];
                pixel[2] = VipsPel(piece.most[i]);
            }
        }
    }

private:
    static constexpr int HUES = 2 * LEVELS;
    static constexpr int PIECE = 256;

    /// Some pixels, and where in the tables their results are.
    struct Piece {
        std::array<std::array<int, PIECE>, 3> levels{};
        std::array<int, PIECE> most;
        std::array<int, PIECE> middle;
        std::array<int, PIECE> hue;
        std::array<int, PIECE> saturation;
    };

    static TINTYPE_INLINED void compareLevels(Piece& piece) {
        constexpr int GREEN = 85;
        constexpr int BLUE = 170;
        constexpr int CIRCLE = 255;
        for (int i = 0; i < PIECE; ++i) {
            const int red = piece.levels[0][i];
            const int green = piece.levels[1][i];
            const int blue = piece.levels[2][i];
            const int most = std::max(std::max(red, green), blue);
            const int range = most - std::min(std::min(red, green), blue);
            // Blue wins over red, and green over both, where they are equally strong. Masks, as nobody can guess which it is.
            const int isGreen = -int((green >= red) & (green >= blue));
            const int isBlue = -int((blue >= red) & (blue > green));
            const int isRed = ~(isGreen | isBlue);
            const int across = (isGreen & (blue - red)) | (isBlue & (red - green)) | (isRed & (green - blue));
            const int middle = (isGreen & GREEN) | (isBlue & BLUE) | (isRed & -int(blue > green) & CIRCLE);
            piece.most[i] = most;
            piece.middle[i] = middle & -int(range > 0);
            piece.hue[i] = hueOf(range, across);
            piece.saturation[i] = most * LEVELS + range;
        }
    }

    static TINTYPE_WIDE void compareWide(Piece& piece) { compareLevels(piece); }

    static TINTYPE_INLINED int hueOf(int range, int across) { return range * HUES + across + LEVELS; }

    std::vector<std::int8_t> m_hues; ///< from the middle of the third of the circle on, for each range and difference
    std::vector<VipsPel> m_saturations;
};

/// Values are made once, with the first picture, and kept by the kernels.
template <typename Values, typename T>
PartKernel converter() {
    static const auto values = std::make_shared<const Values>();
    return {[](const Part& part) {
        const VipsRect& rect = part.out.rect;
        for (int y = rect.top; y < rect.top + rect.height; ++y)
            values->convert(part.in.front().row<VipsPel>(y), rect.width, part.out.row<T>(y));
    }};
}

} // namespace

std::optional<PartKernel> colourShortcut(VipsOperation* operation, VipsImage* in, VipsImage*) {
    VipsInterpretation space = VIPS_INTERPRETATION_ERROR;
    g_object_get(operation, "space", &space, nullptr);
    if (vips_object_argument_isset(VIPS_OBJECT(operation), "source_space") || in->Type != VIPS_INTERPRETATION_sRGB ||
        in->BandFmt != VIPS_FORMAT_UCHAR || in->Bands != 3)
        return {};
    if (space == VIPS_INTERPRETATION_B_W)
        return converter<GreyLevels, VipsPel>();
    if (space == VIPS_INTERPRETATION_LAB)
        return converter<LabValues, float>();
    if (space == VIPS_INTERPRETATION_HSV)
        return converter<HsvLevels, VipsPel>();
    return {};
}

} // namespace tintype
