// The Gaussian blur of numbers of 8 bits, in half the width of the exact one and with its pixels.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/filters/ByteBlurPrivate.h"

#include "core/pixels/kernels/filters/SymmetricSumPrivate.h"
#include "core/pixels/kernels/machinery/RoundedPrivate.h"
#include "core/pixels/kernels/machinery/RowsPrivate.h"
#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tintype {

namespace {

/// Half of the range; numbers are counted from its middle on, where those of 32 bits lose least.
constexpr double RANGE = 128;

/// How far a number that was added up in 32 bits is from the exact one at most. What is rounded, each time by 2^-24 of the number
/// at most: the weights, the products and the sums of either pass, pairs in the second, the exact numbers between the passes and
/// after them, and the middle of the range that is added back. A sum is at most as large as its weights so far.
double errorOf(const std::vector<double>& weights) {
    constexpr double OTHERS = 8;
    constexpr double OF_ERRORS = 1.05;
    double sum = 0;
    double sums = 0;
    for (std::size_t k = weights.size(); k-- > 0;)
        sums += sum += k > 0 ? 2 * weights[k] : weights[0];
    return RANGE * std::ldexp(1.0, -24) * (OTHERS + 2 * sums) * OF_ERRORS;
}

/// To the nearest. Whether one of the numbers is so near to the middle between two that it could be the other one.
template <typename T>
TINTYPE_INLINED bool roundNumbers(const float* numbers, int count, float middle, float safe, T* out) {
    int near = 0;
    for (int x = 0; x < count; ++x) {
        const float number = numbers[x] + middle;
        const float whole = nearestWhole(number);
        near |= int(std::abs(number - whole) > safe);
        out[x] = T(int(whole));
    }
    return near != 0;
}

template <typename T>
TINTYPE_WIDE bool roundWide(const float* numbers, int count, float middle, float safe, T* out) {
    return roundNumbers(numbers, count, middle, safe, out);
}

template <typename T>
TINTYPE_INLINED void takeOff(const T* numbers, int count, float middle, float* out) {
    for (int x = 0; x < count; ++x)
        out[x] = float(numbers[x]) - middle;
}

template <typename T>
TINTYPE_WIDE void takeOffWide(const T* numbers, int count, float middle, float* out) {
    takeOff(numbers, count, middle, out);
}

/// Problem: the exact blur adds up in 64 bits, and half as many numbers at once as in 32. In those all but a few of ten thousand
/// numbers are as surely nearest to the same whole one; the others are computed a second time, exactly. Where they are many, as in
/// a pattern of two neighbouring levels, it is whole rows.
template <typename T>
class ByteBlur {
public:
    ByteBlur(const MatrixPart& part, cv::Mat& out, const std::vector<double>& weights)
        : m_part(part), m_in(part.in), m_out(out), m_weights(weights), m_quick(weights.begin(), weights.end()),
          m_reach(int(weights.size()) - 1), m_length(2 * m_reach + 1), m_bands(part.in.channels()),
          m_middle(std::is_signed_v<T> ? 0 : float(RANGE)), m_safe(float(0.5 - errorOf(weights))) {}

    void run() {
        constexpr int CACHE_BYTES = 24 << 10;
        const int bytes = m_length * m_bands * int(sizeof(float));
        const int width = std::max({CACHE_BYTES / bytes, m_length, 64}) / 64 * 64;
        for (int x = m_part.kept.x; x < m_part.kept.br().x; x += width)
            blurStrip(x, std::min(width, m_part.kept.br().x - x));
    }

private:
    /// The row from `reach` pixels left of the strip on, its ends repeated, with `middle` taken off.
    void read(int y, int left, int width, float middle, float* to) const {
        const T* const row = m_in.ptr<T>(y);
        const int last = m_in.cols - 1;
        const int begin = std::clamp(m_reach - left, 0, width + 2 * m_reach);
        const int end = std::clamp(m_in.cols + m_reach - left, begin, width + 2 * m_reach);
        const auto repeat = [&](int from, int until, int pixel) {
            for (int x = from * m_bands; x < until * m_bands; ++x)
                to[x] = float(row[pixel * m_bands + x % m_bands]) - middle;
        };
        repeat(0, begin, 0);
        const T* const first = row + (left - m_reach + begin) * m_bands;
        const auto copy = hasWideRegisters() ? takeOffWide<T> : takeOff<T>;
        copy(first, (end - begin) * m_bands, middle, to + begin * m_bands);
        repeat(end, width + 2 * m_reach, last);
    }

    /// Narrow strips of different rows lie too far apart for the processor to guess the next one.
    void prefetch(int y, int left, int width) const {
        constexpr int LINE = 64;
        const T* const row = m_in.ptr<T>(std::min(y, m_in.rows - 1));
        const int end = std::min(left + width + m_reach, m_in.cols) * m_bands;
        for (int x = std::max(left - m_reach, 0) * m_bands; x < end; x += LINE)
            __builtin_prefetch(row + x);
    }

    void blurStrip(int left, int width) {
        const int count = width * m_bands;
        m_line.resize(std::size_t(width + 2 * m_reach) * std::size_t(m_bands));
        m_sums.resize(std::size_t(count));
        m_exact.assign(std::size_t(m_length), {});
        m_exactRows.assign(std::size_t(m_length), -1);
        Rows<float> rows(m_length, count);
        std::vector<const float*> lines;
        int next = std::max(m_part.kept.y - m_reach, 0);
        for (int y = m_part.kept.y; y < m_part.kept.br().y; ++y) {
            if (m_part.token && m_part.token->isCancelled())
                return;
            for (; next <= std::min(y + m_reach, m_in.rows - 1); ++next) {
                prefetch(next + 1, left, width);
                read(next, left, width, m_middle, m_line.data());
                addSymmetric(m_line.data() + m_reach * m_bands, m_bands, m_quick, rows.row(next), count);
            }
            if (!lines.empty())
                lines.erase(lines.begin());
            while (int(lines.size()) < m_length)
                lines.push_back(rows.row(std::clamp(y - m_reach + int(lines.size()), 0, m_in.rows - 1)));
            addSymmetricLines(lines.data() + m_reach, m_quick, m_sums.data(), count);
            roundRow(y, left, width);
        }
    }

    void roundRow(int y, int left, int width) {
        constexpr int BLOCK = 64;
        constexpr int FEW = 16;
        const int count = width * m_bands;
        T* const out = m_out.ptr<T>(y, left);
        m_near.clear();
        const auto work = hasWideRegisters() ? roundWide<T> : roundNumbers<T>;
        for (int x = 0; x < count; x += BLOCK) {
            const int length = std::min(BLOCK, count - x);
            if (work(m_sums.data() + x, length, m_middle, m_safe, out + x))
                findNear(x, length);
        }
        if (int(m_near.size()) > count / FEW + 1) {
            blurRow(y, left, width, out);
        } else {
            for (const int x : m_near)
                out[x] = exact(y, left + x / m_bands, x % m_bands);
        }
    }

    void findNear(int first, int length) {
        for (int x = first; x < first + length; ++x) {
            const float number = m_sums[std::size_t(x)] + m_middle;
            if (std::abs(number - nearestWhole(number)) > m_safe)
                m_near.push_back(x);
        }
    }

    /// One number, as GaussianBlur computes it. The window around it lies turned, so that its rows are added up several at once.
    T exact(int y, int x, int band) {
        constexpr int AT_ONCE = 16;
        const int stride = (m_length + AT_ONCE - 1) / AT_ONCE * AT_ONCE;
        m_window.resize(std::size_t(m_length) * std::size_t(stride));
        m_column.resize(std::size_t(stride));
        m_lines.resize(std::size_t(m_length));
        const bool isInside = x >= m_reach && x + m_reach < m_in.cols;
        for (int k = 0; k < m_length; ++k) {
            const T* const row = m_in.ptr<T>(std::clamp(y - m_reach + k, 0, m_in.rows - 1)) + band;
            float* const to = m_window.data() + k;
            for (int i = 0; i < m_length; ++i) {
                const int at = x - m_reach + i;
                to[i * stride] = float(row[(isInside ? at : std::clamp(at, 0, m_in.cols - 1)) * m_bands]);
            }
            m_lines[std::size_t(k)] = &m_column[std::size_t(k)];
        }
        addSymmetric(m_window.data() + m_reach * stride, stride, m_weights, m_column.data(), stride);
        float sum = 0;
        addSymmetricLines(m_lines.data() + m_reach, m_weights, &sum, 1);
        return cv::saturate_cast<T>(sum);
    }

    /// All numbers of a row; what is between the passes is kept for the next ones.
    void blurRow(int y, int left, int width, T* out) {
        const int count = width * m_bands;
        m_lines.resize(std::size_t(m_length));
        for (int k = 0; k < m_length; ++k) {
            const int at = std::clamp(y - m_reach + k, 0, m_in.rows - 1);
            const auto place = std::size_t(at % m_length);
            if (m_exactRows[place] != at) {
                m_exact[place].resize(std::size_t(count));
                read(at, left, width, 0, m_line.data());
                addSymmetric(m_line.data() + m_reach * m_bands, m_bands, m_weights, m_exact[place].data(), count);
                m_exactRows[place] = at;
            }
            m_lines[std::size_t(k)] = m_exact[place].data();
        }
        addSymmetricLines(m_lines.data() + m_reach, m_weights, m_sums.data(), count);
        std::ranges::transform(m_sums, out, [](float sum) { return cv::saturate_cast<T>(sum); });
    }

    const MatrixPart& m_part;
    const cv::Mat& m_in;
    cv::Mat& m_out;
    const std::vector<double>& m_weights;
    const std::vector<float> m_quick;
    const int m_reach;
    const int m_length;
    const int m_bands;
    const float m_middle;
    const float m_safe; ///< so far from a whole number there is no doubt
    std::vector<float> m_line;
    std::vector<float> m_sums;
    std::vector<int> m_near; ///< numbers in the row that are to be computed exactly
    std::vector<float> m_window;
    std::vector<float> m_column;
    std::vector<const float*> m_lines;
    std::vector<std::vector<float>> m_exact; ///< rows between the passes
    std::vector<int> m_exactRows;            ///< which they are
};

} // namespace

void blurBytes(const MatrixPart& part, cv::Mat& out, const std::vector<double>& weights) {
    out.create(part.in.rows, part.in.cols, part.in.type());
    if (part.in.depth() == CV_8U)
        ByteBlur<uchar>(part, out, weights).run();
    else
        ByteBlur<schar>(part, out, weights).run();
}

bool isBlurredQuicker(const std::vector<double>& weights) {
    // What it costs to compute one of the doubtful numbers grows with the square of the reach, all others with the reach.
    constexpr double MOST = 0.1;
    return errorOf(weights) * double(weights.size()) < MOST;
}

} // namespace tintype
