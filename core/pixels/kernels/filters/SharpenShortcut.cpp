// Sharpens sRGB of 8 bits as libvips does, without its way through seven pictures.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <memory>
#include <vector>

namespace tintype {

namespace {

constexpr int LEVELS = 256;
/// The CIE's L, a and b as libvips keeps them in 16 bits: L from 0 to 32767, the others from -32768 to 32767.
constexpr double LIGHTNESS_STEPS = 32767.0 / 100.0;
constexpr double COLOUR_STEPS = 32768.0 / 128.0;

struct Lab {
    std::int16_t lightness;
    std::int16_t a;
    std::int16_t b;
};

std::int16_t inSteps(float value, double steps) {
    return std::int16_t(std::clamp(value * steps, -32768.0, 32767.0));
}

Lab toLab(const VipsPel* pixel) {
    float red, green, blue, x, y, z, lightness, a, b;
    vips_col_sRGB2scRGB_8(pixel[0], pixel[1], pixel[2], &red, &green, &blue);
    vips_col_scRGB2XYZ(red, green, blue, &x, &y, &z);
    vips_col_XYZ2Lab(x, y, z, &lightness, &a, &b);
    return {inSteps(lightness, LIGHTNESS_STEPS), inSteps(a, COLOUR_STEPS), inSteps(b, COLOUR_STEPS)};
}

void toRgb(const Lab& lab, VipsPel* pixel) {
    float x, y, z, red, green, blue;
    std::array<int, 3> levels;
    int outOfGamut = 0;
    vips_col_Lab2XYZ(float(lab.lightness / LIGHTNESS_STEPS), float(lab.a / COLOUR_STEPS), float(lab.b / COLOUR_STEPS), &x, &y, &z);
    vips_col_XYZ2scRGB(x, y, z, &red, &green, &blue);
    vips_col_scRGB2sRGB_8(red, green, blue, &levels[0], &levels[1], &levels[2], &outOfGamut);
    std::copy(levels.begin(), levels.end(), pixel);
}

/// toLab's lightness alone, for many pixels: the same digits, over a table of cube roots with straight lines between them.
class Lightness {
public:
    Lightness() {
        for (int i = 0; i < LEVELS; ++i) {
            float linear, same, again;
            vips_col_sRGB2scRGB_8(i, i, i, &linear, &same, &again);
            m_red[i] = VIPS_D65_Y0 * 0.2126 * linear;
            m_green[i] = VIPS_D65_Y0 * 0.7152 * linear;
            m_blue[i] = VIPS_D65_Y0 * 0.0722 * linear;
        }
        for (int i = 0; i < ENTRIES; ++i) {
            const float y = float(double(i) / ENTRIES);
            m_roots[i] = float(y < 0.008856 ? 7.787 * y + (16.0 / 116.0) : std::cbrt(double(y)));
        }
    }

    void of(const VipsPel* pixels, int count, std::int16_t* lightness) const {
        for (int x = 0; x < count; ++x, pixels += 3) {
            const float luminance = float(m_red[pixels[0]] + m_green[pixels[1]] + m_blue[pixels[2]]);
            const float place = float(ENTRIES * luminance / VIPS_D65_Y0);
            const int entry = std::clamp(int(place), 0, ENTRIES - 2);
            const float root = m_roots[entry] + (place - float(entry)) * (m_roots[entry + 1] - m_roots[entry]);
            lightness[x] = inSteps(float(116.0 * root - 16.0), LIGHTNESS_STEPS);
        }
    }

private:
    static constexpr int ENTRIES = 100000;
    std::array<double, LEVELS> m_red;
    std::array<double, LEVELS> m_green;
    std::array<double, LEVELS> m_blue;
    std::array<float, ENTRIES> m_roots;
};

/// Problem: a pixel whose lightness stays the same still goes to Lab and back, which rounds some colours, most of them dark, to
/// their neighbours. Which they are is found out for a cube of colours when the first pixel in it is met. Any thread.
class RoundTrips {
public:
    bool keep(const VipsPel* pixel) {
        std::atomic<std::uint8_t>& cube = m_cubes[std::size_t((pixel[0] >> SHIFT) * SIDE + (pixel[1] >> SHIFT)) * SIDE + (pixel[2] >> SHIFT)];
        std::uint8_t known = cube.load(std::memory_order_relaxed);
        if (known == UNKNOWN) {
            known = keepsAll(pixel) ? KEEPS : CHANGES;
            cube.store(known, std::memory_order_relaxed);
        }
        return known == KEEPS;
    }

private:
    enum : std::uint8_t { UNKNOWN, KEEPS, CHANGES };
    static constexpr int SHIFT = 3;
    static constexpr int SIDE = LEVELS >> SHIFT;

    static bool keepsAll(const VipsPel* within) {
        constexpr int COLOURS = 1 << (3 * SHIFT);
        constexpr int LAST = (1 << SHIFT) - 1;
        for (int i = 0; i < COLOURS; ++i) {
            const std::array<VipsPel, 3> colour{VipsPel((within[0] & ~LAST) | (i >> (2 * SHIFT))),
                                                VipsPel((within[1] & ~LAST) | ((i >> SHIFT) & LAST)),
                                                VipsPel((within[2] & ~LAST) | (i & LAST))};
            std::array<VipsPel, 3> back;
            toRgb(toLab(colour.data()), back.data());
            if (back != colour)
                return false;
        }
        return true;
    }

    std::array<std::atomic<std::uint8_t>, SIDE * SIDE * SIDE> m_cubes{};
};

/// How lightness is blurred, and what is added to it for each difference to the blurred one.
struct Sharpening {
    static constexpr int MIDDLE = 32768;
    std::vector<int> weights; ///< across and down
    int scale = 1;
    std::vector<int> gain;
};

/// What all kernels share; made with the first picture.
struct Colours {
    Lightness lightness;
    RoundTrips roundTrips;
};

/// One part of a picture, row by row.
class Sharpener {
public:
    Sharpener(const Sharpening& how, Colours& colours, const Part& part)
        : m_how(how), m_colours(colours), m_in(part.in.front()), m_rect(part.out.rect), m_size(int(how.weights.size())),
          m_width(m_rect.width + m_size - 1), m_pixels(std::size_t(m_width) * 3), m_lightness(m_size, m_width),
          m_across(m_size, m_rect.width), m_rows(std::size_t(m_size), -1), m_sums(std::size_t(m_rect.width)) {}

    void sharpenRow(int y, VipsPel* out) {
        std::fill(m_sums.begin(), m_sums.end(), 0);
        for (int i = 0; i < m_size; ++i)
            addRow(rowAcross(std::clamp(y + i - m_size / 2, 0, m_in.image->Ysize - 1)), m_how.weights[std::size_t(i)], m_sums.data());
        const std::int16_t* const lightness = m_lightness.row(y) + m_size / 2;
        const VipsPel* in = m_in.row<VipsPel>(y) + std::ptrdiff_t(m_rect.left - m_in.rect.left) * 3;
        for (int x = 0; x < m_rect.width; ++x, in += 3, out += 3) {
            const int was = lightness[x];
            const int is = std::clamp(was + m_how.gain[std::size_t(was - blurred(m_sums[std::size_t(x)]) + Sharpening::MIDDLE)], 0, 32767);
            if (is == was && m_colours.roundTrips.keep(in)) {
                std::copy(in, in + 3, out);
                continue;
            }
            Lab lab = toLab(in);
            lab.lightness = std::int16_t(is);
            toRgb(lab, out);
        }
    }

private:
    int blurred(int sum) const { return std::min(32767, (sum + m_how.scale / 2) / m_how.scale); }

    void addRow(const std::int16_t* from, int weight, int* sums) const {
        const int count = m_rect.width;
        withWideRegisters([=]() __attribute__((always_inline)) {
            for (int x = 0; x < count; ++x)
                sums[x] += weight * from[x];
        });
    }

    /// The lightness of the row, blurred across; its edges are repeated.
    const std::int16_t* rowAcross(int y) {
        std::int16_t* const across = m_across.row(y);
        int& kept = m_rows[std::size_t(y % m_size)];
        if (kept == y)
            return across;
        kept = y;
        readRepeated<VipsPel>(m_in, m_rect.left - m_size / 2, m_width, y, m_pixels.data());
        std::int16_t* const lightness = m_lightness.row(y);
        m_colours.lightness.of(m_pixels.data(), m_width, lightness);
        m_acrossSums.assign(std::size_t(m_rect.width), 0);
        for (int i = 0; i < m_size; ++i)
            addRow(lightness + i, m_how.weights[std::size_t(i)], m_acrossSums.data());
        for (int x = 0; x < m_rect.width; ++x)
            across[x] = std::int16_t(blurred(m_acrossSums[std::size_t(x)]));
        return across;
    }

    const Sharpening& m_how;
    Colours& m_colours;
    const PixelArea& m_in;
    const VipsRect m_rect;
    const int m_size; ///< of the mask
    const int m_width; ///< of a row of the result, with what the mask reaches
    std::vector<VipsPel> m_pixels;
    Rows<std::int16_t> m_lightness;
    Rows<std::int16_t> m_across;
    std::vector<int> m_rows; ///< which row of the source each line is
    std::vector<int> m_sums;
    std::vector<int> m_acrossSums;
};

/// Flat areas are left alone or little changed, edges made steeper, up to a limit to either side.
std::vector<int> gainOf(VipsOperation* operation) {
    double flat, mostUp, mostDown, flatGain, edgeGain;
    g_object_get(operation, "x1", &flat, "y2", &mostUp, "y3", &mostDown, "m1", &flatGain, "m2", &edgeGain, nullptr);
    std::vector<int> gain(std::size_t(2 * Sharpening::MIDDLE));
    for (int i = 0; i < int(gain.size()); ++i) {
        const double difference = (i - 32767) / 327.67;
        double added;
        if (difference < -flat)
            added = (difference + flat) * edgeGain + -flat * flatGain;
        else if (difference < flat)
            added = difference * flatGain;
        else
            added = (difference - flat) * edgeGain + flat * flatGain;
        gain[std::size_t(i)] = int(std::rint(std::clamp(added, -mostDown, mostUp) * 327.67));
    }
    return gain;
}

/// False where the mask cannot be made.
bool readBlur(VipsOperation* operation, Sharpening& how) {
    double sigma = 0;
    g_object_get(operation, "sigma", &sigma, nullptr);
    VipsImage* made = nullptr;
    if (vips_gaussmat(&made, sigma, 0.1, "separable", TRUE, "precision", VIPS_PRECISION_INTEGER, nullptr))
        return false;
    const ImagePointer mask(made);
    how.scale = int(std::rint(vips_image_get_scale(mask.get())));
    if (vips_image_wio_input(mask.get()) || mask->BandFmt != VIPS_FORMAT_DOUBLE || mask->Ysize != 1 || how.scale < 1)
        return false;
    for (int x = 0; x < mask->Xsize; ++x)
        how.weights.push_back(int(std::rint(*VIPS_MATRIX(mask.get(), x, 0))));
    return true;
}

} // namespace

std::optional<PartKernel> sharpenShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out) {
    if (in->Type != VIPS_INTERPRETATION_sRGB || in->BandFmt != VIPS_FORMAT_UCHAR || in->Bands != 3 || out->BandFmt != VIPS_FORMAT_UCHAR ||
        out->Bands != 3)
        return {};
    Sharpening how;
    if (!readBlur(operation, how)) {
        vips_error_clear();
        return {};
    }
    how.gain = gainOf(operation);
    static const auto colours = std::make_shared<Colours>();
    const int reach = int(how.weights.size()) / 2;
    return reachingKernel(reach, reach, [how = std::move(how)](const Part& part) {
        Sharpener sharpener(how, *colours, part);
        const VipsRect& rect = part.out.rect;
        for (int y = rect.top; y < rect.top + rect.height && !(part.token && part.token->isCancelled()); ++y)
            sharpener.sharpenRow(y, part.out.row<VipsPel>(y));
    });
}

} // namespace tintype
