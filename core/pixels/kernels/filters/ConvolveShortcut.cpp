// Convolves numbers of up to 32 bits with a mask.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/ShortcutsPrivate.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <type_traits>
#include <vector>

namespace tintype {

namespace {

struct Tap {
    int across; ///< in the mask, from its left edge
    int down;   ///< from the pixel that is computed
    double weight;
};

struct Mask {
    std::vector<Tap> taps; ///< without those that weigh nothing
    int width;
    int height;
    double scale;
    double offset;
};

/// Sums are computed in registers for so many numbers at once; lines are longer than needed by as many.
constexpr int BLOCK_BYTES = 128;
constexpr int REGISTER_BYTES = 32;
constexpr int REGISTERS = BLOCK_BYTES / REGISTER_BYTES;
using Floats = float __attribute__((vector_size(REGISTER_BYTES)));
using Doubles = double __attribute__((vector_size(REGISTER_BYTES)));

/// Sums are exact as A, whichever order they are added in, or as exact as libvips'.
template <typename T, typename A>
class Convolver {
public:
    Convolver(const Mask& mask, const Part& part)
        : m_mask(mask), m_in(part.in.front()), m_rect(part.out.rect), m_count(m_rect.width * m_in.image->Bands),
          m_lineCount((m_rect.width + mask.width - 1) * m_in.image->Bands + BLOCK), m_lines(mask.height, m_lineCount),
          m_rows(std::size_t(mask.height), -1), m_from(mask.taps.size()), m_sums(std::size_t(m_count) + BLOCK) {}

    void convolveRow(int y, float* out) {
        for (std::size_t i = 0; i < m_from.size(); ++i) {
            const Tap& tap = m_mask.taps[i];
            const int row = std::clamp(y + tap.down, 0, m_in.image->Ysize - 1);
            m_from[i] = line(row) + tap.across * m_in.image->Bands;
        }
        withWideRegisters([&]() __attribute__((always_inline)) {
            add();
            for (int i = 0; i < m_count; ++i)
                out[i] = float(double(m_sums[std::size_t(i)]) / m_mask.scale + m_mask.offset);
        });
    }

private:
    static constexpr int BLOCK = BLOCK_BYTES / int(sizeof(A));
    static constexpr int AT_ONCE = REGISTER_BYTES / int(sizeof(A));
    using Register = std::conditional_t<std::is_same_v<A, float>, Floats, Doubles>;

    /// A row of the source with its edges repeated, from the mask's reach before the first pixel on.
    const A* line(int y) {
        A* const line = m_lines.row(y);
        int& kept = m_rows[std::size_t(y % m_mask.height)];
        if (kept == y)
            return line;
        kept = y;
        readRepeated<T>(m_in, m_rect.left - m_mask.width / 2, m_rect.width + m_mask.width - 1, y, line);
        std::fill(line + m_lineCount - BLOCK, line + m_lineCount, A(0));
        return line;
    }

    TINTYPE_INLINED void add() {
        for (int x = 0; x < m_count; x += BLOCK) {
            Register sums[REGISTERS] = {};
            for (std::size_t i = 0; i < m_from.size(); ++i) {
                const A weight = A(m_mask.taps[i].weight);
                for (int k = 0; k < REGISTERS; ++k) {
                    Register numbers;
                    std::memcpy(&numbers, m_from[i] + x + k * AT_ONCE, sizeof numbers);
                    sums[k] += weight * numbers;
                }
            }
            std::memcpy(m_sums.data() + x, sums, sizeof sums);
        }
    }

    const Mask& m_mask;
    const PixelArea& m_in;
    const VipsRect m_rect;
    const int m_count; ///< numbers in a row of the result
    const int m_lineCount;
    Rows<A> m_lines;
    std::vector<int> m_rows; ///< which row of the source each line is
    std::vector<const A*> m_from; ///< for each tap: the numbers that it weighs
    std::vector<A> m_sums;
};

template <typename T, typename A>
PartKernel convolver(Mask mask) {
    const int across = mask.width / 2;
    const int down = mask.height / 2;
    return reachingKernel(across, down, [mask = std::move(mask)](const Part& part) {
        Convolver<T, A> convolver(mask, part);
        const VipsRect& rect = part.out.rect;
        for (int y = rect.top; y < rect.top + rect.height && !(part.token && part.token->isCancelled()); ++y)
            convolver.convolveRow(y, part.out.row<float>(y));
    });
}

/// Whether all sums of numbers of the type are whole and exact in 32 bits.
template <typename T>
bool isExact(const Mask& mask) {
    constexpr double EXACT = 1 << 24;
    double most = 0;
    for (const Tap& tap : mask.taps) {
        most += std::fabs(tap.weight) * (double(std::numeric_limits<T>::max()) + 1);
        if (std::rint(tap.weight) != tap.weight)
            return false;
    }
    return std::is_integral_v<T> && most < EXACT;
}

Mask maskOf(VipsImage* matrix) {
    Mask mask{{}, matrix->Xsize, matrix->Ysize, vips_image_get_scale(matrix), vips_image_get_offset(matrix)};
    for (int y = 0; y < mask.height; ++y) {
        for (int x = 0; x < mask.width; ++x) {
            const double weight = *VIPS_MATRIX(matrix, x, y);
            if (weight != 0)
                mask.taps.push_back({x, y - mask.height / 2, weight});
        }
    }
    return mask;
}

bool isFinite(const Mask& mask) {
    return std::isfinite(mask.scale) && mask.scale != 0 && std::isfinite(mask.offset) &&
           std::ranges::all_of(mask.taps, [](const Tap& tap) { return std::isfinite(tap.weight); });
}

} // namespace

std::optional<PartKernel> convolveShortcut(VipsOperation* operation, VipsImage* in, VipsImage* out) {
    VipsPrecision precision = VIPS_PRECISION_INTEGER;
    VipsImage* given = nullptr;
    g_object_get(operation, "precision", &precision, "mask", &given, nullptr);
    const ImagePointer matrix(given);
    if (precision != VIPS_PRECISION_FLOAT || out->BandFmt != VIPS_FORMAT_FLOAT || !matrix || matrix->BandFmt != VIPS_FORMAT_DOUBLE ||
        matrix->Bands != 1 || vips_image_wio_input(matrix.get()))
        return {};
    Mask mask = maskOf(matrix.get());
    if (!isFinite(mask))
        return {};
    return withNumberType(in->BandFmt, [&]<typename T>() {
        return isExact<T>(mask) ? convolver<T, float>(std::move(mask)) : convolver<T, double>(std::move(mask));
    });
}

} // namespace tintype
