// Edges by two thresholds, as an operation: Canny's detector as OpenCV has it, for all real formats.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/NumberTypesPrivate.h"
#include "core/pixels/kernels/RowsPrivate.h"
#include "core/pixels/kernels/WholeSourcePrivate.h"
#include "core/pixels/kernels/WideRegistersPrivate.h"
#include "core/pixels/kernels/WindowPrivate.h"

#include <cmath>
#include <cstdint>
#include <cstring>
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

enum Mark : std::uint8_t { NONE, WEAK, STRONG, EDGE = 255 };

struct Thresholds {
    double low;
    double high;
    bool euclidean; ///< compared are squares then
};

/// What holds slopes and their squares exactly where the format has 8 bits.
template <typename T>
using Number = std::conditional_t<sizeof(T) == 1, int, double>;

/// The slopes of one row and how steep they are, in one band, from one pixel before the part to one behind it.
template <typename N>
struct SlopeRow {
    N* across;
    N* down;
    N* size;
};

template <typename T, typename N>
TINTYPE_INLINED void findSlopes(const T* above, const T* row, const T* below, int bands, int count, bool euclidean,
                                const SlopeRow<N>& slopes) {
    for (int x = 0; x < count; ++x) {
        const int r = x + 2 * bands;
        const int m = x + bands;
        const N across = (N(above[r]) + 2 * N(row[r]) + N(below[r])) - (N(above[x]) + 2 * N(row[x]) + N(below[x]));
        const N down = (N(below[x]) + 2 * N(below[m]) + N(below[r])) - (N(above[x]) + 2 * N(above[m]) + N(above[r]));
        slopes.across[x] = across;
        slopes.down[x] = down;
        const N sum = (across < 0 ? -across : across) + (down < 0 ? -down : down);
        slopes.size[x] = euclidean ? across * across + down * down : sum;
    }
}

template <typename T, typename N>
TINTYPE_WIDE void findSlopesWide(const T* above, const T* row, const T* below, int bands, int count, bool euclidean,
                                 const SlopeRow<N>& slopes) {
    findSlopes(above, row, below, bands, count, euclidean, slopes);
}

/// Of each pixel the steepest band; the first of equals.
template <typename N>
void keepSteepest(const SlopeRow<N>& slopes, int width, int bands) {
    for (int x = 0; x < width; ++x) {
        int best = x * bands;
        for (int i = best + 1; i < (x + 1) * bands; ++i)
            best = slopes.size[i] > slopes.size[best] ? i : best;
        slopes.across[x] = slopes.across[best];
        slopes.down[x] = slopes.down[best];
        slopes.size[x] = slopes.size[best];
    }
}

/// Whether the pixel is steeper than its neighbours along the slope, whose direction is one of four.
template <typename N>
bool isRidge(const SlopeRow<N>& above, const SlopeRow<N>& row, const SlopeRow<N>& below, int x) {
    const N size = row.size[x];
    const N across = row.across[x] < 0 ? -row.across[x] : row.across[x];
    const N down = row.down[x] < 0 ? -row.down[x] : row.down[x];
    bool isFlat = false;
    bool isSteep = false;
    if constexpr (std::is_integral_v<N>) {
        // The tangent of 22.5 degrees in 15 binary places; that of 67.5 degrees is 2 more.
        constexpr N TANGENT = 13573;
        isFlat = (down << 15) < across * TANGENT;
        isSteep = (down << 15) > across * TANGENT + (across << 16);
    } else {
        constexpr N TANGENT = 0.41421356237309503;
        isFlat = down < across * TANGENT;
        isSteep = down > across * TANGENT + 2 * across;
    }
    if (isFlat)
        return size > row.size[x - 1] && size >= row.size[x + 1];
    if (isSteep)
        return size > above.size[x] && size >= below.size[x];
    const int side = (row.across[x] < 0) != (row.down[x] < 0) ? -1 : 1;
    return size > above.size[x - side] && size > below.size[x + side];
}

template <typename T>
class MarkFinder {
public:
    using N = Number<T>;

    MarkFinder(const Part& part, const Thresholds& thresholds)
        : m_part(part), m_thresholds(thresholds), m_bands(part.in.front().image->Bands), m_width(part.out.rect.width + 2),
          m_pixels(3, (m_width + 2) * m_bands), m_across(3, m_width * m_bands), m_down(3, m_width * m_bands),
          m_size(3, m_width * m_bands) {}

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
    /// Rows are counted from the first one that is read.
    int indexOf(int y) const { return y - (m_part.out.rect.top - 2); }
    SlopeRow<N> slopes(int y) {
        return {m_across.row(indexOf(y)), m_down.row(indexOf(y)), m_size.row(indexOf(y))};
    }

    void readPixels(int y) {
        readRepeated<T>(m_part.in.front(), m_part.out.rect.left - 2, m_width + 2, y, m_pixels.row(indexOf(y)));
    }

    void find(int y) {
        const VipsImage* image = m_part.in.front().image;
        const SlopeRow<N> row = slopes(y);
        // Outside of the image nothing is steep.
        if (y < 0 || y >= image->Ysize) {
            std::fill(row.size, row.size + m_width, N(0));
            return;
        }
        const auto work = hasWideRegisters() ? findSlopesWide<T, N> : findSlopes<T, N>;
        work(m_pixels.row(indexOf(y - 1)), m_pixels.row(indexOf(y)), m_pixels.row(indexOf(y + 1)), m_bands,
             m_width * m_bands, m_thresholds.euclidean, row);
        if (m_bands > 1)
            keepSteepest(row, m_width, m_bands);
        if (m_part.out.rect.left == 0)
            row.size[0] = 0;
        if (m_part.out.rect.left + m_part.out.rect.width == image->Xsize)
            row.size[m_width - 1] = 0;
    }

    void mark(int y) {
        const SlopeRow<N> above = slopes(y - 1);
        const SlopeRow<N> row = slopes(y);
        const SlopeRow<N> below = slopes(y + 1);
        const N low = level(m_thresholds.low);
        const N high = level(m_thresholds.high);
        std::uint8_t* const marks = m_part.out.row<std::uint8_t>(y) - 1;
        for (int x = 1; x < m_width - 1; ++x) {
            marks[x] = NONE;
            if (row.size[x] > low && isRidge(above, row, below, x))
                marks[x] = row.size[x] > high ? STRONG : WEAK;
        }
    }

    /// Whole numbers are above a level where they are above it rounded down.
    static N level(double number) {
        return N(std::is_integral_v<N> ? std::min(std::floor(number), double(std::numeric_limits<int>::max())) : number);
    }

    const Part& m_part;
    const Thresholds& m_thresholds;
    int m_bands;
    int m_width;
    Rows<T> m_pixels;
    Rows<N> m_across;
    Rows<N> m_down;
    Rows<N> m_size;
};

Thresholds thresholdsOf(const CannyEdges& canny) {
    const bool euclidean = canny.euclidean != 0;
    const auto [low, high] = std::minmax(canny.low, canny.high);
    return {euclidean ? low * low : low, euclidean ? high * high : high, euclidean};
}

/// Weak edges are edges where strong ones lead to them, however far away.
void follow(VipsImage* marks, const CancelToken& token) {
    const int width = marks->Xsize;
    const int height = marks->Ysize;
    const auto row = [marks](int y) { return reinterpret_cast<std::uint8_t*>(VIPS_IMAGE_ADDR(marks, 0, y)); };
    std::vector<std::pair<int, int>> open;
    const auto take = [&](int x, int y) {
        row(y)[x] = EDGE;
        open.emplace_back(x, y);
    };
    for (int y = 0; y < height; ++y) {
        token.check();
        std::uint8_t* at = row(y);
        while ((at = static_cast<std::uint8_t*>(std::memchr(at, STRONG, std::size_t(row(y) + width - at))))) {
            take(int(at - row(y)), y);
            while (!open.empty()) {
                const auto [left, top] = open.back();
                open.pop_back();
                for (int near = std::max(top - 1, 0); near <= std::min(top + 1, height - 1); ++near) {
                    for (int x = std::max(left - 1, 0); x <= std::min(left + 1, width - 1); ++x) {
                        if (row(near)[x] == WEAK || row(near)[x] == STRONG)
                            take(x, near);
                    }
                }
            }
        }
    }
    for (int y = 0; y < height; ++y) {
        std::uint8_t* const line = row(y);
        for (int x = 0; x < width; ++x)
            line[x] = line[x] == EDGE ? EDGE : NONE;
    }
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
        kernel.run = [thresholds = thresholdsOf(canny)](const Part& part) {
            withNumberType(part.in.front().image->BandFmt,
                           [&]<typename T>() { MarkFinder<T>(part, thresholds).run(); });
        };
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
        follow(edges.get(), tokenOfBuild());
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
