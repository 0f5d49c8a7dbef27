// From sRGB of 8 bits to grey and to CIE Lab.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/kernels/WideRegistersPrivate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <memory>

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
    return {};
}

} // namespace tintype
