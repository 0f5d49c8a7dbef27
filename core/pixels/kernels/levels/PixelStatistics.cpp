// The smallest and the largest value, the sum and the sum of squares of each band of an image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/levels/PixelStatisticsPrivate.h"

#include "core/pixels/kernels/machinery/NumberTypesPrivate.h"
#include "core/pixels/kernels/machinery/PixelScanPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <array>
#include <type_traits>

namespace tintype {

namespace {

/// Numbers side by side that are treated alike; a multiple of one, two, three and four bands.
constexpr int LANES = 96;
/// Of one pass: the numbers stay in the first-level cache for the next one, and sums of 8 bits in 32.
constexpr int PIECE = 96 * 64;

/// What the sums of a piece fit in, and its squares.
template <typename T>
using Sum = std::conditional_t<sizeof(T) == 1, std::int32_t, double>;

/// What is found in the numbers of a piece that are a multiple of LANES apart.
template <typename T>
struct Lanes {
    std::array<Sum<T>, LANES> sum{};
    std::array<Sum<T>, LANES> squares{};
    std::array<T, LANES> least;
    std::array<T, LANES> most;
};

template <typename T>
constexpr T HIGHEST = std::is_integral_v<T> ? std::numeric_limits<T>::max() : std::numeric_limits<T>::infinity();
template <typename T>
constexpr T LOWEST = std::is_integral_v<T> ? std::numeric_limits<T>::min() : -std::numeric_limits<T>::infinity();

/// Calls `add(numbers, count)` with rows of lanes; `count` is a constant for all but the last one.
template <typename T, typename F>
TINTYPE_INLINED void forEachRow(const T* from, int count, const F& add) {
    int begin = 0;
    for (; begin + LANES <= count; begin += LANES)
        add(from + begin, LANES);
    add(from + begin, count - begin);
}

// All of these work on copies: bytes could be any number's, so that what is known of them elsewhere would be read again.

template <typename T>
TINTYPE_INLINED void addSums(const T* from, int count, Lanes<T>& to) {
    auto sum = to.sum;
    forEachRow(from, count, [&](const T* row, int lanes) __attribute__((always_inline)) {
        for (int i = 0; i < lanes; ++i)
            sum[i] += Sum<T>(row[i]);
    });
    to.sum = sum;
}

template <typename T>
TINTYPE_INLINED void addSumsAndSquares(const T* from, int count, Lanes<T>& to) {
    auto sum = to.sum;
    auto squares = to.squares;
    forEachRow(from, count, [&](const T* row, int lanes) __attribute__((always_inline)) {
        for (int i = 0; i < lanes; ++i) {
            sum[i] += Sum<T>(row[i]);
            squares[i] += Sum<T>(row[i]) * Sum<T>(row[i]);
        }
    });
    to.sum = sum;
    to.squares = squares;
}

/// A NaN is neither.
template <typename T>
TINTYPE_INLINED void addLeast(const T* from, int count, Lanes<T>& to) {
    auto least = to.least;
    forEachRow(from, count, [&](const T* row, int lanes) __attribute__((always_inline)) {
        for (int i = 0; i < lanes; ++i)
            least[i] = row[i] < least[i] ? row[i] : least[i];
    });
    to.least = least;
}

template <typename T>
TINTYPE_INLINED void addMost(const T* from, int count, Lanes<T>& to) {
    auto most = to.most;
    forEachRow(from, count, [&](const T* row, int lanes) __attribute__((always_inline)) {
        for (int i = 0; i < lanes; ++i)
            most[i] = row[i] > most[i] ? row[i] : most[i];
    });
    to.most = most;
}

class StatisticsGatherer : public PixelGatherer {
public:
    StatisticsGatherer(int bands, const WantedStatistics& wanted) : m_bands(std::size_t(bands)), m_wanted(wanted) {}

    void add(const PixelArea& area) override {
        withNumberType(area.image->BandFmt, [&]<typename T>() {
            const std::size_t rowNumbers = std::size_t(area.rect.width) * m_bands.size();
            const bool isOneRun = area.stride == rowNumbers * sizeof(T);
            const std::int64_t width = area.image->Xsize;
            const std::int64_t at = area.rect.top * width + area.rect.left;
            if (isOneRun && area.rect.width == area.image->Xsize)
                return addRun(area.row<T>(area.rect.top), rowNumbers * std::size_t(area.rect.height), at);
            for (int y = 0; y < area.rect.height; ++y)
                addRun(area.row<T>(area.rect.top + y), rowNumbers, at + y * width);
        });
    }

    const std::vector<BandStatistics>& bands() const { return m_bands; }

private:
    /// Pixels side by side; the first one is the image's number `at`.
    template <typename T>
    void addRun(const T* numbers, std::size_t count, std::int64_t at) {
        const std::size_t bands = m_bands.size();
        // Whole pixels, and whole rows of lanes where the bands fit into them.
        const std::size_t piece = LANES % bands == 0 ? std::size_t(PIECE) : bands;
        for (std::size_t begin = 0; begin < count; begin += piece) {
            const int length = int(std::min(piece, count - begin));
            const std::int64_t first = at + std::int64_t(begin / bands);
            if (LANES % bands == 0)
                addPiece(numbers + begin, length, first);
            else
                addPixel(numbers + begin, first);
        }
    }

    template <typename T>
    void addPiece(const T* numbers, int count, std::int64_t at) {
        Lanes<T> lanes;
        lanes.least.fill(HIGHEST<T>);
        lanes.most.fill(LOWEST<T>);
        withWideRegisters([&]() __attribute__((always_inline)) {
            if (m_wanted.squares)
                addSumsAndSquares(numbers, count, lanes);
            else if (m_wanted.sums)
                addSums(numbers, count, lanes);
            if (m_wanted.least)
                addLeast(numbers, count, lanes);
            if (m_wanted.most)
                addMost(numbers, count, lanes);
        });
        const int bands = int(m_bands.size());
        for (int band = 0; band < bands; ++band) {
            T least = HIGHEST<T>;
            T most = LOWEST<T>;
            for (int i = band; i < std::min(LANES, count); i += bands) {
                m_bands[std::size_t(band)].sum += double(lanes.sum[i]);
                m_bands[std::size_t(band)].squares += double(lanes.squares[i]);
                least = std::min(least, lanes.least[i]);
                most = std::max(most, lanes.most[i]);
            }
            addExtremes(numbers + band, count - band, at, least, most, m_bands[std::size_t(band)]);
        }
    }

    /// `least` and `most` are the extremes of the numbers from the first on, a pixel apart.
    template <typename T>
    void addExtremes(const T* numbers, int count, std::int64_t at, T least, T most, BandStatistics& band) const {
        const auto find = [&](T value) {
            const int bands = int(m_bands.size());
            for (int i = 0; i < count; i += bands) {
                if (numbers[i] == value)
                    return at + i / bands;
            }
            return std::int64_t(-1);
        };
        const auto isNew = [](bool better, std::int64_t known) { return better || known < 0; };
        if (m_wanted.least && isNew(double(least) < band.least, band.leastAt)) {
            if (const std::int64_t place = find(least); place >= 0) {
                band.least = double(least);
                band.leastAt = place;
            }
        }
        if (m_wanted.most && isNew(double(most) > band.most, band.mostAt)) {
            if (const std::int64_t place = find(most); place >= 0) {
                band.most = double(most);
                band.mostAt = place;
            }
        }
    }

    template <typename T>
    void addPixel(const T* numbers, std::int64_t at) {
        for (std::size_t i = 0; i < m_bands.size(); ++i) {
            BandStatistics& band = m_bands[i];
            const double value = double(numbers[i]);
            band.sum += value;
            band.squares += value * value;
            if (value < band.least || (band.leastAt < 0 && value == band.least)) {
                band.least = value;
                band.leastAt = at;
            }
            if (value > band.most || (band.mostAt < 0 && value == band.most)) {
                band.most = value;
                band.mostAt = at;
            }
        }
    }

    std::vector<BandStatistics> m_bands;
    const WantedStatistics m_wanted;
};

/// Areas may come in any order; of equal values the first one in the image counts.
void join(const BandStatistics& part, BandStatistics& whole) {
    whole.sum += part.sum;
    whole.squares += part.squares;
    if (part.leastAt >= 0 && (whole.leastAt < 0 || part.least < whole.least ||
                              (part.least == whole.least && part.leastAt < whole.leastAt))) {
        whole.least = part.least;
        whole.leastAt = part.leastAt;
    }
    if (part.mostAt >= 0 && (whole.mostAt < 0 || part.most > whole.most ||
                             (part.most == whole.most && part.mostAt < whole.mostAt))) {
        whole.most = part.most;
        whole.mostAt = part.mostAt;
    }
}

} // namespace

bool hasPixelStatistics(const VipsImage* in) {
    return in->Coding == VIPS_CODING_NONE && !vips_band_format_iscomplex(in->BandFmt);
}

int pixelStatistics(VipsImage* in, const WantedStatistics& wanted, std::vector<BandStatistics>& found) {
    found.assign(std::size_t(in->Bands), {});
    return scanPixels(
        in, [&] { return std::make_unique<StatisticsGatherer>(in->Bands, wanted); },
        [&](PixelGatherer& part) {
            const auto& bands = static_cast<StatisticsGatherer&>(part).bands();
            for (std::size_t i = 0; i < bands.size(); ++i)
                join(bands[i], found[i]);
        });
}

} // namespace tintype
