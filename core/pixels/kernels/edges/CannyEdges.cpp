// Edges by two thresholds, as an operation: Canny's detector as OpenCV has it, for all real formats.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/edges/EdgeMarksPrivate.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"
#include "core/pixels/kernels/machinery/WholeSourcePrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace tintype {

namespace {

struct CannyEdges {
    VipsOperation parent;
    VipsImage* in;
    VipsImage* out;
    double low;
    double high;
    gboolean euclidean;
};

struct Thresholds {
    double low;
    double high;
    bool euclidean; ///< compared are squares then
};

/// What holds slopes exactly where the format has 8 bits, and what holds how steep they are.
template <typename T>
using Slope = std::conditional_t<sizeof(T) == 1, std::int16_t, double>;
template <typename T, bool isSquare>
using Size = std::conditional_t<sizeof(T) == 1, std::conditional_t<isSquare, std::int32_t, std::int16_t>, double>;

/// The slopes of one row and how steep they are, in one band, from one pixel before the part to one behind it.
template <typename S, typename Z>
struct SlopeRow {
    S* across;
    S* down;
    Z* size;
};

template <bool isSquare, typename T, typename S, typename Z>
TINTYPE_INLINED void findSlopes(const T* above, const T* row, const T* below, int bands, int count, S* across, S* down,
                                Z* size) {
#pragma GCC ivdep
    for (int x = 0; x < count; ++x) {
        const int r = x + 2 * bands;
        const int m = x + bands;
        const auto a = S((S(above[r]) + 2 * S(row[r]) + S(below[r])) - (S(above[x]) + 2 * S(row[x]) + S(below[x])));
        const auto d = S((S(below[x]) + 2 * S(below[m]) + S(below[r])) - (S(above[x]) + 2 * S(above[m]) + S(above[r])));
        across[x] = a;
        down[x] = d;
        size[x] = isSquare ? Z(Z(a) * Z(a) + Z(d) * Z(d)) : Z(S(a < 0 ? -a : a) + S(d < 0 ? -d : d));
    }
}

template <bool isSquare, typename T, typename S, typename Z>
TINTYPE_WIDE void findSlopesWide(const T* above, const T* row, const T* below, int bands, int count, S* across, S* down,
                                 Z* size) {
    findSlopes<isSquare>(above, row, below, bands, count, across, down, size);
}

/// Of each pixel the steepest band; the first of equals.
template <typename S, typename Z>
void keepSteepest(const SlopeRow<S, Z>& slopes, int width, int bands) {
    for (int x = 0; x < width; ++x) {
        int best = x * bands;
        for (int i = best + 1; i < (x + 1) * bands; ++i)
            best = slopes.size[i] > slopes.size[best] ? i : best;
        slopes.across[x] = slopes.across[best];
        slopes.down[x] = slopes.down[best];
        slopes.size[x] = slopes.size[best];
    }
}

template <typename Z>
bool isAnyAbove(const Z* sizes, int count, Z level) {
    int above = 0;
    for (int x = 0; x < count; ++x)
        above |= sizes[x] > level;
    return above != 0;
}

/// Where the slope goes: more along the row than down, or more down than along it, by the tangent of 22.5 degrees; that of 67.5
/// degrees is 2 more.
template <typename S>
TINTYPE_INLINED void compareWithTangent(S across, S down, bool& isFlat, bool& isSteep) {
    if constexpr (std::is_integral_v<S>) {
        // In 15 binary places, of which none is left over: no product but that with 0 is a whole number then.
        constexpr int TANGENT = 13573;
        const auto part = S((int(S(2 * across)) * TANGENT) >> 16);
        isFlat = down <= part;
        isSteep = down > S(part + 2 * across);
    } else {
        constexpr S TANGENT = 0.41421356237309503;
        isFlat = down < across * TANGENT;
        isSteep = down > across * TANGENT + 2 * across;
    }
}

/// Marks the pixels that are steeper than their neighbours along the slope, whose direction is one of four.
template <typename S, typename Z>
TINTYPE_INLINED void markRidges(const SlopeRow<S, Z>& row, const Z* above, const Z* below, int begin, int end, Z low, Z high,
                                std::uint8_t* marks) {
    const S* const across = row.across;
    const S* const down = row.down;
    const Z* const sizes = row.size;
#pragma GCC ivdep
    for (int x = begin; x < end; ++x) {
        const Z size = sizes[x];
        bool isFlat = false;
        bool isSteep = false;
        compareWithTangent(S(across[x] < 0 ? -across[x] : across[x]), S(down[x] < 0 ? -down[x] : down[x]), isFlat, isSteep);
        const bool isFalling = (across[x] < 0) != (down[x] < 0);
        const bool isAcross = (size > sizes[x - 1]) & (size >= sizes[x + 1]);
        const bool isDown = (size > above[x]) & (size >= below[x]);
        const bool isUpwards = (size > above[x + 1]) & (size > below[x - 1]);
        const bool isDownwards = (size > above[x - 1]) & (size > below[x + 1]);
        const bool isSlanting = (isFalling & isUpwards) | (!isFalling & isDownwards);
        const bool isRidge = (isFlat & isAcross) | (!isFlat & isSteep & isDown) | (!isFlat & !isSteep & isSlanting);
        const int mark = size > high ? STRONG : WEAK;
        marks[x] = std::uint8_t((size > low) & isRidge ? mark : NONE);
    }
}

template <typename S, typename Z>
TINTYPE_WIDE void markRidgesWide(const SlopeRow<S, Z>& row, const Z* above, const Z* below, int begin, int end, Z low, Z high,
                                 std::uint8_t* marks) {
    markRidges(row, above, below, begin, end, low, high, marks);
}

template <typename T, bool isSquare>
class MarkFinder {
public:
    using S = Slope<T>;
    using Z = Size<T, isSquare>;

    MarkFinder(const Part& part, const Thresholds& thresholds)
        : m_part(part), m_low(level(thresholds.low)), m_high(level(thresholds.high)), m_bands(part.in.front().image->Bands),
          m_width(part.out.rect.width + 2), m_pixels(3, (m_width + 2) * m_bands), m_across(3, m_width * m_bands),
          m_down(3, m_width * m_bands), m_size(3, m_width * m_bands) {}

    void run() {
        const VipsRect& rect = m_part.out.rect;
        readPixels(rect.top - 2);
        readPixels(rect.top - 1);
        for (int y = rect.top - 1; y <= rect.top + rect.height; ++y) {
            if (m_part.token && m_part.token->isCancelled())
                return;
            readPixels(y + 1);
            find(y);
            if (y > rect.top)
                mark(y - 1);
        }
    }

private:
    /// Whole numbers are above a level where they are above it rounded down.
    static Z level(double number) {
        if constexpr (std::is_integral_v<Z>)
            return Z(std::min(std::floor(number), double(std::numeric_limits<Z>::max())));
        else
            return number;
    }

    /// Rows are counted from the first one that is read.
    int indexOf(int y) const { return y - (m_part.out.rect.top - 2); }
    SlopeRow<S, Z> slopes(int y) { return {m_across.row(indexOf(y)), m_down.row(indexOf(y)), m_size.row(indexOf(y))}; }

    void readPixels(int y) {
        readRepeated<T>(m_part.in.front(), m_part.out.rect.left - 2, m_width + 2, y, m_pixels.row(indexOf(y)));
    }

    void find(int y) {
        const VipsImage* image = m_part.in.front().image;
        const SlopeRow<S, Z> row = slopes(y);
        // Outside of the image nothing is steep.
        if (y < 0 || y >= image->Ysize) {
            std::fill(row.size, row.size + m_width, Z(0));
            return;
        }
        const auto work = hasWideRegisters() ? findSlopesWide<isSquare, T, S, Z> : findSlopes<isSquare, T, S, Z>;
        work(m_pixels.row(indexOf(y - 1)), m_pixels.row(indexOf(y)), m_pixels.row(indexOf(y + 1)), m_bands,
             m_width * m_bands, row.across, row.down, row.size);
        if (m_bands > 1)
            keepSteepest(row, m_width, m_bands);
        if (m_part.out.rect.left == 0)
            row.size[0] = 0;
        if (m_part.out.rect.left + m_part.out.rect.width == image->Xsize)
            row.size[m_width - 1] = 0;
    }

    void mark(int y) {
        constexpr int BLOCK = 64;
        const SlopeRow<S, Z> row = slopes(y);
        std::uint8_t* const marks = m_part.out.row<std::uint8_t>(y) - 1;
        std::fill(marks + 1, marks + m_width - 1, NONE);
        const auto work = hasWideRegisters() ? markRidgesWide<S, Z> : markRidges<S, Z>;
        for (int begin = 1; begin < m_width - 1; begin += BLOCK) {
            const int end = std::min(begin + BLOCK, m_width - 1);
            if (isAnyAbove(row.size + begin, end - begin, m_low))
                work(row, m_size.row(indexOf(y - 1)), m_size.row(indexOf(y + 1)), begin, end, m_low, m_high, marks);
        }
    }

    const Part& m_part;
    Z m_low;
    Z m_high;
    int m_bands;
    int m_width;
    Rows<T> m_pixels;
    Rows<S> m_across;
    Rows<S> m_down;
    Rows<Z> m_size;
};

void findMarks(const Part& part, const Thresholds& thresholds) {
    withNumberType(part.in.front().image->BandFmt, [&]<typename T>() {
        if (thresholds.euclidean)
            MarkFinder<T, true>(part, thresholds).run();
        else
            MarkFinder<T, false>(part, thresholds).run();
    });
}

Thresholds thresholdsOf(const CannyEdges& canny) {
    const bool euclidean = canny.euclidean != 0;
    const auto [low, high] = std::minmax(canny.low, canny.high);
    return {euclidean ? low * low : low, euclidean ? high * high : high, euclidean};
}

int build(VipsObject* object) {
    if (buildParent(object))
        return -1;
    const auto& canny = *reinterpret_cast<CannyEdges*>(object);
    const ImagePointer in = wholeSource(canny.in);
    if (!in || vips_check_noncomplex("tt_canny_edges", in.get()))
        return -1;
    return withoutExceptions(object, [&] {
        PartKernel kernel;
        kernel.run = [thresholds = thresholdsOf(canny)](const Part& part) { findMarks(part, thresholds); };
        kernel.needs = [](const VipsRect& rect, int) { return grown(rect, 2, 2); };
        VipsImage* lazy = nullptr;
        if (computePartwise({in.get()}, std::move(kernel), &lazy, [](VipsImage& header) {
                header.BandFmt = VIPS_FORMAT_UCHAR;
                header.Bands = 1;
                header.Type = VIPS_INTERPRETATION_B_W;
            }))
            return -1;
        const ImagePointer steps(lazy);
        ImagePointer edges = computedWhole(lazy);
        followEdges(matrixOnPixels(edges.get()), tokenOfBuild());
        g_object_set(object, "out", edges.release(), nullptr);
        return 0;
    });
}

void initClass(VipsObjectClass* kernel) {
    describeKernel(kernel, "tt_canny_edges", "canny edge detector with two thresholds", build);
    VIPS_ARG_IMAGE(kernel, "in", 1, "Input", "Input image", VIPS_ARGUMENT_REQUIRED_INPUT,
                   G_STRUCT_OFFSET(CannyEdges, in));
    VIPS_ARG_IMAGE(kernel, "out", 2, "Edges", "255 where an edge is, 0 elsewhere", VIPS_ARGUMENT_REQUIRED_OUTPUT,
                   G_STRUCT_OFFSET(CannyEdges, out));
    VIPS_ARG_DOUBLE(kernel, "low", 3, "Low", "The slope above which an edge goes on", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(CannyEdges, low), 0, 1e6, 50);
    VIPS_ARG_DOUBLE(kernel, "high", 4, "High", "The slope above which an edge begins", VIPS_ARGUMENT_OPTIONAL_INPUT,
                    G_STRUCT_OFFSET(CannyEdges, high), 0, 1e6, 100);
    VIPS_ARG_BOOL(kernel, "euclidean", 5, "Euclidean",
                  "Take the length of the slope, not the sum of what it is across and down", VIPS_ARGUMENT_OPTIONAL_INPUT,
                  G_STRUCT_OFFSET(CannyEdges, euclidean), FALSE);
}

void initInstance(CannyEdges* canny) {
    canny->low = 50;
    canny->high = 100;
}

} // namespace

void registerCannyEdges() {
    registerKernel<CannyEdges, initClass, initInstance>("TtCannyEdges");
}

} // namespace tintype
