// The smallest and the largest value in a window around each pixel, by runs of which the longer are made of the shorter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/filters/ExtremesPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <cstdint>

namespace tintype {

namespace {

struct Least {
    template <typename T>
    static TINTYPE_INLINED T of(T a, T b) {
        return b < a || a != a ? b : a;
    }
};

struct Most {
    template <typename T>
    static TINTYPE_INLINED T of(T a, T b) {
        return a < b || a != a ? b : a;
    }
};

template <typename Better, typename T>
TINTYPE_INLINED void chooseBetween(const T* a, const T* b, T* out, int count) {
    for (int x = 0; x < count; ++x)
        out[x] = Better::of(a[x], b[x]);
}

/// The better of both and of four others `apart`.
template <typename Better, typename T>
TINTYPE_INLINED void improveBy(const T* a, const T* b, int apart, T* best, int count) {
    for (int x = 0; x < count; ++x)
        best[x] = Better::of(best[x], Better::of(Better::of(a[x], a[x + apart]), Better::of(b[x], b[x + apart])));
}

template <typename Better, typename T>
TINTYPE_WIDE void chooseWide(const T* a, const T* b, T* out, int count) {
    chooseBetween<Better>(a, b, out, count);
}

template <typename Better, typename T>
TINTYPE_WIDE void improveWide(const T* a, const T* b, int apart, T* best, int count) {
    improveBy<Better>(a, b, apart, best, count);
}

/// The better of two rows, number by number.
template <typename Better, typename T>
void choose(const T* a, const T* b, T* out, int count) {
    if (hasWideRegisters())
        chooseWide<Better>(a, b, out, count);
    else
        chooseBetween<Better>(a, b, out, count);
}

/// Lays two rows over the best one, each with itself shifted by `apart`.
template <typename Better, typename T>
void improve(const T* a, const T* b, int apart, T* best, int count) {
    if (hasWideRegisters())
        improveWide<Better>(a, b, apart, best, count);
    else
        improveBy<Better>(a, b, apart, best, count);
}

/// Rows of the source, each with its runs of 2^p pixels: any run is made by laying two of them over each other.
template <typename Better, typename T>
class Runs {
public:
    Runs(int rows, int width, int bands, int reach) : m_width(width), m_bands(bands), m_reach(reach) {
        for (int p = 0; p <= powerIn(2 * reach + 1); ++p)
            m_levels.emplace_back(rows, (width + 2 * reach) * bands);
    }

    void read(const PixelArea& in, int left, int y, int index) {
        readRepeated<T>(in, left - m_reach, m_width + 2 * m_reach, y, m_levels[0].row(index));
        for (std::size_t p = 1; p < m_levels.size(); ++p) {
            const T* const shorter = m_levels[p - 1].row(index);
            choose<Better>(shorter, shorter + (1 << (p - 1)) * m_bands, m_levels[p].row(index),
                           (m_width + 2 * m_reach + 1 - (1 << p)) * m_bands);
        }
    }

    /// The best of the pixels up to `reach` to either side, in one row.
    void find(int reach, int index, T* best) {
        const T* const first = begin(reach, index);
        choose<Better>(first, first + apart(reach), best, m_width * m_bands);
    }

    /// The better of those and of what was found before, in two rows.
    void add(int reach, int index, int other, T* best) {
        improve<Better>(begin(reach, index), begin(reach, other), apart(reach), best, m_width * m_bands);
    }

private:
    const T* begin(int reach, int index) {
        return m_levels[std::size_t(powerIn(2 * reach + 1))].row(index) + (m_reach - reach) * m_bands;
    }
    int apart(int reach) const { return (2 * reach + 1 - (1 << powerIn(2 * reach + 1))) * m_bands; }

    int m_width;
    int m_bands;
    int m_reach;
    std::vector<Rows<T>> m_levels;
};

/// Down the columns as along the rows: the best of 2^p rows is made of those of 2^(p - 1).
template <typename Better, typename T>
void fillByRectangle(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token) {
    const int count = out.rect.width * in.image->Bands;
    const int length = 2 * window.down() + 1;
    const int top = powerIn(length);
    Runs<Better, T> runs(1, out.rect.width, in.image->Bands, window.across());
    std::vector<Rows<T>> levels;
    for (int p = 0; p <= top; ++p)
        levels.emplace_back((p < top ? (1 << p) : length - (1 << top)) + 1, count);
    for (int index = 0; index < out.rect.height + length - 1; ++index) {
        if (token && token->isCancelled())
            return;
        runs.read(in, out.rect.left, out.rect.top - window.down() + index, 0);
        runs.find(window.across(), 0, levels[0].row(index));
        for (int p = 1; p <= top && index + 1 >= 1 << p; ++p) {
            const int first = index + 1 - (1 << p);
            Rows<T>& shorter = levels[std::size_t(p - 1)];
            choose<Better>(shorter.row(first), shorter.row(first + (1 << (p - 1))), levels[std::size_t(p)].row(first), count);
        }
        const int done = index + 1 - length;
        if (done >= 0)
            choose<Better>(levels.back().row(done), levels.back().row(done + length - (1 << top)),
                           out.row<T>(out.rect.top + done), count);
    }
}

/// A pixel is the best of one run of each row of the window.
template <typename Better, typename T>
void fillByRuns(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token) {
    const int length = int(window.reaches.size());
    const int middle = window.down();
    Runs<Better, T> runs(length, out.rect.width, in.image->Bands, window.across());
    for (int index = 0; index < out.rect.height + length - 1; ++index) {
        if (token && token->isCancelled())
            return;
        runs.read(in, out.rect.left, out.rect.top - middle + index, index);
        const int done = index + 1 - length;
        if (done < 0)
            continue;
        T* const best = out.row<T>(out.rect.top + done);
        runs.find(window.reaches[std::size_t(middle)], done + middle, best);
        for (int y = 1; y <= middle; ++y)
            runs.add(window.reaches[std::size_t(middle + y)], done + middle - y, done + middle + y, best);
    }
}

/// What is kept of a column, in all bands.
std::int64_t columnBytes(const PixelArea& in, const Window& window) {
    const int levels = window.isRectangle() ? 2 : powerIn(2 * window.across() + 1) + 1;
    return std::int64_t(window.reaches.size()) * levels * std::int64_t(VIPS_IMAGE_SIZEOF_PEL(in.image));
}

template <typename Better>
void fillBands(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token) {
    const bool isRectangle = window.isRectangle();
    forEachStrip(out, columnBytes(in, window), window.across(), [&](const PixelArea& strip) {
        withNumberType(in.image->BandFmt, [&]<typename T>() {
            if (isRectangle)
                fillByRectangle<Better, T>(in, window, strip, token);
            else
                fillByRuns<Better, T>(in, window, strip, token);
        });
    });
}

/// Copies one band of the rectangle to another.
template <typename T>
void copyBand(const PixelArea& from, int fromBand, const PixelArea& to, int toBand) {
    const int step = from.image->Bands;
    const int toStep = to.image->Bands;
    for (int y = to.rect.top; y < to.rect.top + to.rect.height; ++y) {
        const T* const source = from.row<T>(y) + fromBand;
        T* const target = to.row<T>(y) + toBand;
        for (int x = 0; x < to.rect.width; ++x)
            target[x * toStep] = source[x * step];
    }
}

/// Large windows keep much of each column; bands are gone through one by one where all together would take too much.
template <typename Better>
void fill(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token) {
    constexpr std::int64_t MOST_BYTES = 64 << 20;
    const int bands = in.image->Bands;
    if (bands == 1 || columnBytes(in, window) * 3 * window.across() <= MOST_BYTES)
        return fillBands<Better>(in, window, out, token);
    const ImagePointer band(vips_image_new());
    band->Xsize = in.image->Xsize;
    band->Ysize = in.image->Ysize;
    band->Bands = 1;
    band->BandFmt = in.image->BandFmt;
    const BetweenPixels source(band.get(), in.rect);
    const BetweenPixels target(band.get(), out.rect);
    withNumberType(in.image->BandFmt, [&]<typename T>() {
        for (int i = 0; i < bands; ++i) {
            copyBand<T>(in, i, source.area(), 0);
            fillBands<Better>(source.area(), window, target.area(), token);
            copyBand<T>(target.area(), 0, out, i);
        }
    });
}

} // namespace

void findSmallest(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token) {
    fill<Least>(in, window, out, token);
}

void findLargest(const PixelArea& in, const Window& window, const PixelArea& out, const CancelToken* token) {
    fill<Most>(in, window, out, token);
}

} // namespace tintype
