// Circles in a grey picture, by a Hough transform that can be stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/HoughCirclesPrivate.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <mutex>
#include <tuple>
#include <utility>

namespace tintype {

namespace {

/// Steps of a radius within a pixel.
constexpr int STEPS = 10;

/// The columns of the edge pixels of each row, in ascending order.
class EdgeRows {
public:
    explicit EdgeRows(const cv::Mat& edges) {
        for (int y = 0; y < edges.rows; ++y) {
            m_starts.push_back(m_columns.size());
            const uchar* const row = edges.ptr(y);
            for (int x = 0; x < edges.cols; ++x) {
                if (row[x])
                    m_columns.push_back(x);
            }
        }
        m_starts.push_back(m_columns.size());
    }
    const int* begin(int y) const { return m_columns.data() + m_starts[std::size_t(y)]; }
    const int* end(int y) const { return m_columns.data() + m_starts[std::size_t(y) + 1]; }
    int count() const { return int(m_starts.size()) - 1; }

private:
    std::vector<int> m_columns;
    std::vector<std::size_t> m_starts;
};

/// How much brighter it becomes to the right and downwards; the outermost pixels count as repeated.
cv::Point slopeAt(const cv::Mat& grey, int x, int y) {
    const int left = std::max(x - 1, 0);
    const int right = std::min(x + 1, grey.cols - 1);
    const uchar* const above = grey.ptr(std::max(y - 1, 0));
    const uchar* const row = grey.ptr(y);
    const uchar* const below = grey.ptr(std::min(y + 1, grey.rows - 1));
    return {above[right] + 2 * row[right] + below[right] - above[left] - 2 * row[left] - below[left],
            below[left] + 2 * below[x] + below[right] - above[left] - 2 * above[x] - above[right]};
}

/// Lets an edge pixel vote for the middles of the circles that it may lie on, brighter ones and darker ones.
void vote(const cv::Mat& grey, int x, int y, const CircleWish& wish, cv::Mat_<int>& votes) {
    constexpr int SHIFT = 10;
    constexpr int ONE = 1 << SHIFT;
    const cv::Point slope = slopeAt(grey, x, y);
    const float length = std::sqrt(float(slope.dot(slope)));
    if (length == 0)
        return;
    const std::int64_t across = cvRound(float(slope.x) * ONE / length);
    const std::int64_t down = cvRound(float(slope.y) * ONE / length);
    for (const int sign : {1, -1}) {
        std::int64_t atX = std::int64_t(x) * ONE + sign * wish.minRadius * across;
        std::int64_t atY = std::int64_t(y) * ONE + sign * wish.minRadius * down;
        for (int radius = wish.minRadius; radius <= wish.maxRadius; ++radius, atX += sign * across, atY += sign * down) {
            const auto cellX = std::uint64_t(atX >> SHIFT);
            const auto cellY = std::uint64_t(atY >> SHIFT);
            if (cellX >= std::uint64_t(votes.cols) || cellY >= std::uint64_t(votes.rows))
                break;
            ++votes[int(cellY)][cellX];
        }
    }
}

/// Rows vote in strips, every second one first: between two that vote at once lies one as high as their votes reach into it
/// from both sides, so that no two threads count in the same cell.
cv::Mat_<int> countVotes(const cv::Mat& grey, const EdgeRows& edges, const CircleWish& wish, const CancelToken& token) {
    constexpr int LEAST_ROWS = 16;
    // The slope may be longer than one by rounding.
    const int rows = std::max(2 * (wish.maxRadius + wish.maxRadius / 512 + 2), LEAST_ROWS);
    const int strips = (grey.rows + rows - 1) / rows;
    cv::Mat_<int> votes = cv::Mat_<int>::zeros(grey.size());
    for (const int first : {0, 1}) {
        const int count = (strips - first + 1) / 2;
        cv::parallel_for_({0, count}, [&](const cv::Range& range) {
            for (int y = (2 * range.start + first) * rows; y < std::min((2 * range.end + first) * rows, grey.rows); ++y) {
                if (y / rows % 2 != first)
                    continue;
                for (const int* x = edges.begin(y); x != edges.end(y) && !token.isCancelled(); ++x)
                    vote(grey, *x, y, wish, votes);
            }
        });
    }
    token.check();
    return votes;
}

/// Cells with enough votes, and more than those beside them. The first row and column are no middles, as in OpenCV.
std::vector<cv::Point> middles(const cv::Mat_<int>& votes, int least, const CancelToken& token) {
    std::vector<cv::Point> found;
    const std::vector<int> none(std::size_t(votes.cols), 0);
    for (int y = 1; y < votes.rows; ++y) {
        token.check();
        const int* const above = votes[y - 1];
        const int* const row = votes[y];
        const int* const below = y + 1 < votes.rows ? votes[y + 1] : none.data();
        for (int x = 1; x < votes.cols; ++x) {
            if (row[x] >= least && row[x] > row[x - 1] && row[x] >= (x + 1 < votes.cols ? row[x + 1] : 0) &&
                row[x] > above[x] && row[x] >= below[x])
                found.emplace_back(x, y);
        }
    }
    return found;
}

/// Finds the radius at which most edge pixels lie around a middle, for its length.
class RadiusFinder {
public:
    RadiusFinder(const EdgeRows& edges, const CircleWish& wish)
        : m_edges(edges), m_wish(wish), m_counts(std::size_t(wish.maxRadius - wish.minRadius) * STEPS) {}

    FoundCircle find(const cv::Point& middle) {
        std::ranges::fill(m_counts, 0);
        const float x = float(middle.x) + 0.5f;
        const float y = float(middle.y) + 0.5f;
        const int last = std::min(middle.y + m_wish.maxRadius + 1, m_edges.count() - 1);
        for (int row = std::max(middle.y - m_wish.maxRadius, 0); row <= last; ++row)
            countRow(x, y, row);
        return best(x, y);
    }

private:
    void countRow(float x, float y, int row) {
        const float least = float(m_wish.minRadius) * float(m_wish.minRadius);
        const float most = float(m_wish.maxRadius) * float(m_wish.maxRadius);
        const float down = float(row) - y;
        if (down * down > most)
            return;
        const float reach = std::sqrt(most - down * down) + 1;
        const int* const end = m_edges.end(row);
        for (const int* at = std::lower_bound(m_edges.begin(row), end, int(x - reach)); at != end && float(*at) <= x + reach; ++at) {
            const float across = float(*at) - x;
            const float square = across * across + down * down;
            if (square < least || square > most)
                continue;
            const int step = cvRound((std::sqrt(square) - float(m_wish.minRadius)) * STEPS);
            ++m_counts[std::size_t(std::clamp(step, 0, int(m_counts.size()) - 1))];
        }
    }

    /// Counts over a pixel, from the largest radius down, each beginning where there is something.
    FoundCircle best(float x, float y) const {
        FoundCircle found{x, y, 0, 0};
        for (int step = int(m_counts.size()) - 1; step > 0; --step) {
            if (m_counts[std::size_t(step)] == 0)
                continue;
            const int first = step;
            int count = 0;
            for (; step > first - STEPS && step >= 0; --step)
                count += m_counts[std::size_t(step)];
            const float radius = float(first + step) / 2 / STEPS + float(m_wish.minRadius);
            if (float(count) * found.radius >= float(found.votes) * radius) {
                found.radius = radius;
                found.votes = count;
            }
        }
        return found;
    }

    const EdgeRows& m_edges;
    const CircleWish& m_wish;
    std::vector<int> m_counts; ///< edge pixels by their distance
};

std::vector<FoundCircle> findRadii(const std::vector<cv::Point>& middles, const EdgeRows& edges, const CircleWish& wish,
                                   const CancelToken& token) {
    constexpr int SHARE = 16;
    std::vector<FoundCircle> found;
    std::mutex mutex;
    std::atomic<std::size_t> next = 0;
    cv::parallel_for_({0, cv::getNumThreads()}, [&](const cv::Range&) {
        RadiusFinder finder(edges, wish);
        std::vector<FoundCircle> own;
        for (std::size_t begin = next.fetch_add(SHARE); begin < middles.size(); begin = next.fetch_add(SHARE)) {
            for (std::size_t i = begin; i < std::min(begin + SHARE, middles.size()) && !token.isCancelled(); ++i) {
                if (const FoundCircle circle = finder.find(middles[i]); circle.votes >= wish.votes)
                    own.push_back(circle);
            }
        }
        const std::lock_guard lock(mutex);
        found.insert(found.end(), own.begin(), own.end());
    });
    token.check();
    std::ranges::sort(found, [](const FoundCircle& a, const FoundCircle& b) {
        return std::tuple(-a.votes, -a.radius, a.x, a.y) < std::tuple(-b.votes, -b.radius, b.x, b.y);
    });
    return found;
}

/// Of circles too near to each other the first one stays. Each field of a grid knows those in it.
class Spread {
public:
    Spread(const cv::Size& size, double distance)
        : m_distance(distance), m_columns(int(size.width / distance) + 1), m_rows(int(size.height / distance) + 1),
          m_last(std::size_t(m_columns) * std::size_t(m_rows), NONE) {}

    void add(const FoundCircle& circle) {
        const int column = int(circle.x / m_distance);
        const int row = int(circle.y / m_distance);
        for (int y = std::max(row - 1, 0); y <= std::min(row + 1, m_rows - 1); ++y) {
            for (int x = std::max(column - 1, 0); x <= std::min(column + 1, m_columns - 1); ++x) {
                if (isAnyNear(circle, m_last[fieldAt(x, y)]))
                    return;
            }
        }
        int& last = m_last[fieldAt(column, row)];
        m_before.push_back(std::exchange(last, int(m_kept.size())));
        m_kept.push_back(circle);
    }
    std::vector<FoundCircle> take() { return std::move(m_kept); }

private:
    static constexpr int NONE = -1;

    std::size_t fieldAt(int x, int y) const { return std::size_t(y) * std::size_t(m_columns) + std::size_t(x); }
    bool isAnyNear(const FoundCircle& circle, int index) const {
        for (; index != NONE; index = m_before[std::size_t(index)]) {
            const FoundCircle& other = m_kept[std::size_t(index)];
            const double x = double(circle.x) - double(other.x);
            const double y = double(circle.y) - double(other.y);
            if (x * x + y * y < m_distance * m_distance)
                return true;
        }
        return false;
    }

    const double m_distance;
    const int m_columns;
    const int m_rows;
    std::vector<int> m_last; ///< of each field the circle that came last
    std::vector<int> m_before; ///< of each circle the one before it in its field
    std::vector<FoundCircle> m_kept;
};

} // namespace

std::vector<FoundCircle> findCircles(const cv::Mat& grey, const cv::Mat& edges, const CircleWish& wish,
                                     const CancelToken& token) {
    const EdgeRows rows(edges);
    const std::vector<FoundCircle> found =
        findRadii(middles(countVotes(grey, rows, wish, token), wish.votes, token), rows, wish, token);
    Spread spread(grey.size(), wish.distance);
    for (const FoundCircle& circle : found)
        spread.add(circle);
    token.check();
    return spread.take();
}

} // namespace tintype
