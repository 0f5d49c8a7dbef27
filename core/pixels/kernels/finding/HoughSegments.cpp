// Pieces of straight lines among the pixels of a mask, by a Hough transform of random pixels that can be stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/HoughLinesPrivate.h"

#include <opencv2/core/utility.hpp>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <numbers>
#include <stdexcept>
#include <string>

namespace tintype {

namespace {

constexpr int ANGLES = 180;
/// A gigabyte of places.
constexpr int MOST_PIXELS = 1 << 27;
constexpr int PIXELS_BETWEEN_LOOKS = 256;

/// A way along a line in both directions from one of its pixels, a pixel at a time. Places between pixels are whole numbers with
/// 16 binary places.
class Walk {
public:
    Walk(const cv::Point& from, double across, double down) {
        const bool isFlat = std::abs(across) > std::abs(down);
        const double longer = isFlat ? across : down;
        const double shorter = isFlat ? down : across;
        const std::int64_t whole = longer > 0 ? 1 : -1;
        const auto part = std::int64_t(std::rint(shorter * ONE / std::abs(longer)));
        m_step = isFlat ? Place{whole * ONE, part} : Place{part, whole * ONE};
        m_from = {from.x * ONE + (isFlat ? 0 : ONE / 2), from.y * ONE + (isFlat ? ONE / 2 : 0)};
    }

    /// Calls visit(point) until it returns false or the size ends.
    template <typename F>
    void go(bool forward, const cv::Size& size, F&& visit) const {
        const std::int64_t sign = forward ? 1 : -1;
        for (Place at = m_from;; at.x += sign * m_step.x, at.y += sign * m_step.y) {
            const std::int64_t x = at.x >> SHIFT;
            const std::int64_t y = at.y >> SHIFT;
            if (x < 0 || x >= size.width || y < 0 || y >= size.height || !visit(cv::Point(int(x), int(y))))
                return;
        }
    }

private:
    static constexpr int SHIFT = 16;
    static constexpr std::int64_t ONE = std::int64_t(1) << SHIFT;
    struct Place {
        std::int64_t x;
        std::int64_t y;
    };
    Place m_from;
    Place m_step;
};

class SegmentFinder {
public:
    SegmentFinder(cv::Mat mask, const SegmentWish& wish)
        : m_mask(std::move(mask)), m_wish(wish), m_zero(m_mask.cols),
          m_votes(cv::Mat_<int>::zeros(ANGLES, m_zero + int(std::hypot(m_mask.cols, m_mask.rows)) + 2)) {
        for (int i = 0; i < ANGLES; ++i) {
            const double radians = i * double(float(std::numbers::pi / 180));
            m_cosines[i] = float(std::cos(radians));
            m_sines[i] = float(std::sin(radians));
        }
    }

    std::vector<FoundSegment> find(const CancelToken& token) {
        std::vector<cv::Point> open = points();
        cv::RNG random(~std::uint64_t(0));
        while (!open.empty()) {
            if (open.size() % PIXELS_BETWEEN_LOOKS == 0)
                token.check();
            const auto chosen = std::size_t(random.uniform(0, int(open.size())));
            const cv::Point point = open[chosen];
            open[chosen] = open.back();
            open.pop_back();
            if (!m_mask.at<uchar>(point))
                continue;
            if (const int angle = vote(point); angle >= 0)
                takeOut(point, angle);
        }
        return std::move(m_found);
    }

private:
    std::vector<cv::Point> points() const {
        const int count = cv::countNonZero(m_mask);
        if (count > MOST_PIXELS)
            throw std::invalid_argument("the mask has " + std::to_string(count / 1'000'000) + " million pixels that are not "
                                        "zero, and " + std::to_string(MOST_PIXELS / 1'000'000) +
                                        " million are allowed; thin its lines or cut it into parts");
        std::vector<cv::Point> points;
        points.reserve(std::size_t(count));
        for (int y = 0; y < m_mask.rows; ++y) {
            const uchar* const row = m_mask.ptr(y);
            for (int x = 0; x < m_mask.cols; ++x) {
                if (row[x])
                    points.emplace_back(x, y);
            }
        }
        return points;
    }

    int& votesFor(const cv::Point& point, int angle) {
        const float distance = float(point.x) * m_cosines[angle] + float(point.y) * m_sines[angle];
        return m_votes[angle][m_zero + cvRound(distance)];
    }

    /// The angle of the line on which it lies with the most others; -1 where none has enough.
    int vote(const cv::Point& point) {
        int most = m_wish.votes - 1;
        int best = -1;
        for (int angle = 0; angle < ANGLES; ++angle) {
            const int votes = ++votesFor(point, angle);
            if (votes > most) {
                most = votes;
                best = angle;
            }
        }
        return best;
    }

    /// Removes the pixels of the piece around the point, and keeps the piece if it is long enough.
    void takeOut(const cv::Point& point, int angle) {
        const Walk walk(point, -double(m_sines[angle]), double(m_cosines[angle]));
        cv::Point ends[2];
        for (const bool forward : {true, false}) {
            int gap = 0;
            walk.go(forward, m_mask.size(), [&](const cv::Point& at) {
                if (!m_mask.at<uchar>(at))
                    return ++gap <= m_wish.gap;
                gap = 0;
                ends[forward ? 0 : 1] = at;
                return true;
            });
        }
        const bool isLong = std::abs(ends[1].x - ends[0].x) >= m_wish.length || std::abs(ends[1].y - ends[0].y) >= m_wish.length;
        for (const bool forward : {true, false}) {
            walk.go(forward, m_mask.size(), [&](const cv::Point& at) {
                remove(at, isLong);
                return at != ends[forward ? 0 : 1];
            });
        }
        if (isLong)
            m_found.push_back({ends[0], ends[1]});
    }

    /// The pixels of a piece vote for no other line, those beside them go on.
    void remove(const cv::Point& point, bool takeVotesBack) {
        uchar& mark = m_mask.at<uchar>(point);
        for (int angle = 0; mark && takeVotesBack && angle < ANGLES; ++angle)
            --votesFor(point, angle);
        mark = 0;
    }

    cv::Mat m_mask;
    const SegmentWish m_wish;
    const int m_zero; ///< the cell of distance 0
    cv::Mat_<int> m_votes;
    float m_cosines[ANGLES];
    float m_sines[ANGLES];
    std::vector<FoundSegment> m_found;
};

} // namespace

std::vector<FoundSegment> findSegments(cv::Mat mask, const SegmentWish& wish, const CancelToken& token) {
    return SegmentFinder(std::move(mask), wish).find(token);
}

} // namespace tintype
