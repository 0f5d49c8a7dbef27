// The smallest and the largest value in a window around each pixel, by runs of which the longer are made of the shorter.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/ExtremesPrivate.h"

#include "core/pixels/kernels/KernelsPrivate.h"
#include "core/pixels/kernels/NumberTypesPrivate.h"
#include "core/pixels/kernels/RowsPrivate.h"
#include "core/pixels/kernels/WideRegistersPrivate.h"

#include <cstdint>
#include <type_traits>

namespace tintype {

namespace {

/// Where NaN may be among them it is left out. Where none is, and with whole numbers, the processor has one step for both.
template <bool mayBeNan>
struct Least {
    template <typename T>
    static TINTYPE_INLINED T of(T a, T b) {
        return b < a || (mayBeNan && a != a) ? b : a;
    }
};

template <bool mayBeNan>
struct Most {
    template <typename T>
    static TINTYPE_INLINED T of(T a, T b) {
        return a < b || (mayBeNan && a != a) ? b : a;
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

template <typename T>
TINTYPE_INLINED bool isNanAmong(const T* numbers, int count) {
    int found = 0;
    for (int x = 0; x < count; ++x)
        found |= int(numbers[x] != numbers[x]);
    return found != 0;
}

template <typename T>
TINTYPE_WIDE bool isNanAmongWide(const T* numbers, int count) {
    return isNanAmong(numbers, count);
}

/// Chooses between numbers of rows; it is told of all rows that come.
template <template <bool> typename Better, typename T>
class Chooser {
public:
    void expect(const T* row, int count) {
        if constexpr (std::is_floating_point_v<T>)
            m_mayBeNan = m_mayBeNan || (hasWideRegisters() ? isNanAmongWide(row, count) : isNanAmong(row, count));
    }

    /// The better of two rows, number by number.
    void choose(const T* a, const T* b, T* out, int count) const {
        m_mayBeNan ? chooseBy<Better<true>>(a, b, out, count) : chooseBy<Better<false>>(a, b, out, count);
    }

    /// Lays two rows over the best one, each with itself shifted by `apart`.
    void improve(const T* a, const T* b, int apart, T* best, int count) const {
        m_mayBeNan ? improveWith<Better<true>>(a, b, apart, best, count) : improveWith<Better<false>>(a, b, apart, best, count);
    }

private:
    template <typename B>
    static void chooseBy(const T* a, const T* b, T* out, int count) {
        hasWideRegisters() ? chooseWide<B>(a, b, out, count) : chooseBetween<B>(a, b, out, count);
    }
    template <typename B>
    static void improveWith(const T* a, const T* b, int apart, T* best, int count) {
        hasWideRegisters() ? improveWide<B>(a, b, apart, best, count) : improveBy<B>(a, b, apart, best, count);
    }

    bool m_mayBeNan = false;
};

/// Rows of the source, each with its runs of 2^p pixels: any run is made by laying two of them over each other.
template <template <bool> typename Better, typename T>
class Runs {
public:
    Runs(int rows, int width, int bands, int reach) : m_width(width), m_bands(bands), m_reach(reach) {
        for (int p = 0; p <= powerIn(2 * reach + 1); ++p)
            m_levels.emplace_back(rows, (width + 2 * reach) * bands);
    }

    void read(const PixelArea& in, int left, int y, int index) {
        const int width = m_width + 2 * m_reach;
        readRepeated<T>(in, left - m_reach, width, y, m_levels[0].row(index));
        m_chooser.expect(m_levels[0].row(index), width * m_bands);
        for (std::size_t p = 1; p < m_levels.size(); ++p) {
            const T* const shorter = m_levels[p - 1].row(index);
            m_chooser.choose(shorter, shorter + (1 << (p - 1)) * m_bands, m_levels[p].row(index),
                             (width + 1 - (1 << p)) * m_bands);
        }
    }

    /// The best of the pixels up to `reach` to either side, in one row.
    void find(int reach, int index, T* best) {
        const T* const first = begin(reach, index);
        m_chooser.choose(first, first + apart(reach), best, m_width * m_bands);
    }

    /// The better of those and of what was found before, in two rows.
    void add(int reach, int index, int other, T* best) {
        m_chooser.improve(begin(reach, index), begin(reach, other), apart(reach), best, m_width * m_bands);
    }

    const Chooser<Better, T>& chooser() const { return m_chooser; }

private:
    const T* begin(int reach, int index) {
        return m_levels[std::size_t(powerIn(2 * reach + 1))].row(index) + (m_reach - reach) * m_bands;
    }
    int apart(int reach) const { return (2 * reach + 1 - (1 << powerIn(2 * reach + 1))) * m_bands; }

    int m_width;
    int m_bands;
    int m_reach;
    std::vector<Rows<T>> m_levels;
    Chooser<Better, T> m_chooser;
};

/// Down the columns as along the rows: the best of 2^p rows is made of those of 2^(p - 1).
template <template <bool> typename Better, typename T>
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
            runs.chooser().choose(shorter.row(first), shorter.row(first + (1 << (p - 1))), levels[std::size_t(p)].row(first), count);
        }
        const int done = index + 1 - length;
        if (done >= 0)
            runs.chooser().choose(levels.back().row(done), levels.back().row(done + length - (1 << top)),
                                  out.row<T>(out.rect.top + done), count);
    }
}

/// A pixel is the best of one run of each row of the window.
template <template <bool> typename Better, typename T>
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

template <template <bool> typename Better>
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
template <template <bool> typename Better>
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
