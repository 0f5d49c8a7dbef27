// The sum of the numbers in a rectangle around each pixel.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/kernels/filters/WindowPrivate.h"
#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"

#include <cstdint>
#include <type_traits>
#include <vector>

namespace tintype {

/// out[i] = a[i] + b[i]
void addRows(const std::int16_t* a, const std::int16_t* b, std::int16_t* out, int count);
void addRows(const std::uint16_t* a, const std::uint16_t* b, std::uint16_t* out, int count);
void addRows(const std::int32_t* a, const std::int32_t* b, std::int32_t* out, int count);
void addRows(const double* a, const double* b, double* out, int count);

/// Sums of runs of rows as they come, or of runs of pixels in a row: a run is made of runs of 2^p, never by taking off what
/// leaves it. So a sum depends on what is in its window alone, NaN and infinity leave with their pixel, and tiles get the
/// same digits as the whole.
template <typename S>
class RowSums {
public:
    RowSums(int length, int count) : m_length(length), m_count(count) {
        const int top = powerIn(length);
        for (int p = 0; p <= top; ++p)
            m_levels.emplace_back(std::max(1 << p, length - begin(p) - (1 << p)) + 1, count);
    }

    /// Where the next row has to be written to.
    S* next() { return m_levels[0].row(m_rows); }
    /// Takes the row that was written; true when there is the sum of a run.
    bool take(S* sum) {
        const int last = m_rows++;
        for (int p = 1; p < int(m_levels.size()) && last + 1 >= 1 << p; ++p) {
            const int first = last + 1 - (1 << p);
            Rows<S>& shorter = m_levels[std::size_t(p - 1)];
            addRows(shorter.row(first), shorter.row(first + (1 << (p - 1))), m_levels[std::size_t(p)].row(first), m_count);
        }
        const int done = last + 1 - m_length;
        if (done < 0)
            return false;
        const S* so = m_levels.back().row(done);
        for (int p = int(m_levels.size()) - 2; p >= 0; --p) {
            if (!(m_length & 1 << p))
                continue;
            addRows(so, m_levels[std::size_t(p)].row(done + begin(p)), sum, m_count);
            so = sum;
        }
        if (so != sum)
            std::copy(so, so + m_count, sum);
        return true;
    }

private:
    /// Where in the run the part of 2^p rows begins: the longer ones come first.
    int begin(int p) const { return (m_length >> (p + 1)) << (p + 1); }

    int m_length;
    int m_count;
    int m_rows = 0;
    std::vector<Rows<S>> m_levels;
};

/// Leaves the sums of `length` pixels each in `sums`; `line` has as many pixels more as that takes, and is used up.
template <typename S>
void addAlong(S* line, int length, int bands, int count, S* spare, S* sums) {
    int begun = 0;
    S* shorter = line;
    const int last = powerIn(length);
    for (int p = 0; p <= last; ++p) {
        // The shorter parts come first here.
        if (length & 1 << p) {
            if (begun == 0)
                std::copy(shorter, shorter + count, sums);
            else
                addRows(sums, shorter + begun * bands, sums, count);
            begun += 1 << p;
        }
        if (p == last)
            return;
        S* const longer = shorter == line ? spare : line;
        addRows(shorter, shorter + (1 << p) * bands, longer, count + (length - (2 << p)) * bands);
        shorter = longer;
    }
}

/// Calls `use(strip, y, sums)` for each row of each strip of the area, until the token is cancelled. S holds any sum.
template <typename T, typename S, typename F>
void sumWindows(const PixelArea& in, const PixelArea& area, int across, int down, const CancelToken* token, F&& use) {
    const int bands = in.image->Bands;
    const std::int64_t rows = 2 * (2 * std::int64_t(down) + 1) + 3;
    forEachStrip(area, rows * bands * std::int64_t(sizeof(S)), across, [&](const PixelArea& strip) {
        const int width = strip.rect.width + 2 * across;
        RowSums<S> columns(2 * down + 1, width * bands);
        Rows<S> spare(3, width * bands);
        for (int y = strip.rect.top - down; y < strip.rect.top + strip.rect.height + down; ++y) {
            if (token && token->isCancelled())
                return;
            readRepeated<T>(in, strip.rect.left - across, width, y, columns.next());
            if (!columns.take(spare.row(0)))
                continue;
            addAlong(spare.row(0), 2 * across + 1, bands, strip.rect.width * bands, spare.row(1), spare.row(2));
            use(strip, y - down, static_cast<const S*>(spare.row(2)));
        }
    });
}

/// Calls `work.operator()<T, S>()` with the type of the format's numbers and the smallest that holds sums of so many.
template <typename F>
void withSumType(VipsBandFormat format, int numbers, F&& work) {
    withNumberType(format, [&]<typename T>() {
        if constexpr (sizeof(T) == 1) {
            if (numbers <= 255)
                work.template operator()<T, std::conditional_t<std::is_signed_v<T>, std::int16_t, std::uint16_t>>();
            else
                work.template operator()<T, std::int32_t>();
        } else if constexpr (sizeof(T) == 2) {
            if (numbers <= 1 << 15)
                work.template operator()<T, std::int32_t>();
            else
                work.template operator()<T, double>();
        } else {
            work.template operator()<T, double>();
        }
    });
}

} // namespace tintype
