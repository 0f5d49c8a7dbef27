// Straight lines among the pixels of a mask, by a Hough transform that can be stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/finding/HoughLinesPrivate.h"

#include "core/pixels/kernels/machinery/WideRegistersPrivate.h"

#include <opencv2/core/utility.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tintype {

namespace {

/// Points that vote at once: they stay in the cache while all angles are gone through.
constexpr std::size_t BLOCK = std::size_t(1) << 16;
constexpr int CHUNK = 1024;

int angleCount(double step) {
    const int count = int(std::floor(180 / step)) + 1;
    // 180 degrees would be 0 degrees once more.
    return count > 1 && std::abs(180 - (count - 1) * step) < step / 2 ? count - 1 : count;
}

/// The farthest cells on both sides, each with one more beside it.
double cellsBelow(const cv::Size& mask, double distance) {
    return std::ceil((mask.width - 1) / distance) + 2;
}

double cellsAbove(const cv::Size& mask, double distance) {
    return std::ceil(std::hypot(mask.width - 1, mask.height - 1) / distance) + 2;
}

TINTYPE_INLINED void findCells(const float* x, const float* y, float cosine, float sine, int zero, int* cells, int count) {
    for (int i = 0; i < count; ++i)
        cells[i] = zero + int(std::rint(x[i] * cosine + y[i] * sine));
}

bool isPeak(const cv::Mat_<int>& votes, int row, int cell) {
    const int* const own = votes[row];
    return own[cell] > own[cell - 1] && own[cell] >= own[cell + 1] && own[cell] > votes[row - 1][cell] &&
           own[cell] >= votes[row + 1][cell];
}

} // namespace

struct LineTable::Points {
    std::vector<float> x;
    std::vector<float> y;

    void add(const uchar* row, int width, int top) {
        for (int left = 0; left < width; ++left) {
            if (row[left] == 0)
                continue;
            x.push_back(float(left));
            y.push_back(float(top));
        }
    }
    void clear() {
        x.clear();
        y.clear();
    }
};

double LineTable::cells(const cv::Size& mask, double distance, double angle) {
    return (180 / angle + 3) * (cellsBelow(mask, distance) + cellsAbove(mask, distance));
}

LineTable::LineTable(const cv::Size& mask, double distance, double angle)
    : m_distance(distance), m_angle(angle), m_distances(int(cellsBelow(mask, distance) + cellsAbove(mask, distance))),
      m_zero(int(cellsBelow(mask, distance)) - 1) {
    // Angles grow by rounded steps in OpenCV, and a vote may go to the cell beside it else.
    const auto step = float(angle * std::numbers::pi / 180);
    const float perPixel = 1 / float(distance);
    float radians = 0;
    for (int i = 0; i < angleCount(angle); ++i, radians += step) {
        m_cosines.push_back(float(std::cos(double(radians)) * double(perPixel)));
        m_sines.push_back(float(std::sin(double(radians)) * double(perPixel)));
    }
    m_votes = cv::Mat_<int>::zeros(int(m_cosines.size()) + 2, m_distances);
}

void LineTable::count(const cv::Mat& mask, const CancelToken& token) {
    Points points;
    for (int y = 0; y < mask.rows; ++y) {
        token.check();
        points.add(mask.ptr(y), mask.cols, y);
        if (points.x.size() < BLOCK && y + 1 < mask.rows)
            continue;
        count(points, token);
        points.clear();
    }
    token.check();
}

void LineTable::count(const Points& points, const CancelToken& token) {
    cv::parallel_for_({0, int(m_cosines.size())}, [&](const cv::Range& range) {
        for (int angle = range.start; angle < range.end && !token.isCancelled(); ++angle)
            countOnOneAngle(points, angle);
    });
}

void LineTable::countOnOneAngle(const Points& points, int angle) {
    const float cosine = m_cosines[std::size_t(angle)];
    const float sine = m_sines[std::size_t(angle)];
    int* const votes = m_votes[angle + 1];
    int cells[CHUNK];
    for (std::size_t begin = 0; begin < points.x.size(); begin += CHUNK) {
        const int size = int(std::min<std::size_t>(CHUNK, points.x.size() - begin));
        withWideRegisters([&]() __attribute__((always_inline)) {
            findCells(points.x.data() + begin, points.y.data() + begin, cosine, sine, m_zero, cells, size);
        });
        for (int i = 0; i < size; ++i)
            ++votes[cells[i]];
    }
}

FoundLines LineTable::lines(int votes, int most, const CancelToken& token) const {
    std::vector<std::vector<FoundLine>> ofAngles(m_cosines.size());
    cv::parallel_for_({0, int(m_cosines.size())}, [&](const cv::Range& range) {
        for (int angle = range.start; angle < range.end && !token.isCancelled(); ++angle) {
            const int* const row = m_votes[angle + 1];
            for (int cell = 1; cell < m_distances - 1; ++cell) {
                if (row[cell] >= votes && isPeak(m_votes, angle + 1, cell))
                    ofAngles[std::size_t(angle)].push_back({angle * m_angle, (cell - m_zero) * m_distance, row[cell]});
            }
        }
    });
    token.check();
    FoundLines found;
    for (std::vector<FoundLine>& some : ofAngles) {
        found.lines.insert(found.lines.end(), some.begin(), some.end());
        some = {};
    }
    found.count = found.lines.size();
    const auto isBetter = [](const FoundLine& a, const FoundLine& b) {
        return a.votes != b.votes ? a.votes > b.votes : a.angle != b.angle ? a.angle < b.angle : a.distance < b.distance;
    };
    const auto kept = found.lines.begin() + std::ptrdiff_t(std::min(found.count, std::size_t(most)));
    std::partial_sort(found.lines.begin(), kept, found.lines.end(), isBetter);
    found.lines.erase(kept, found.lines.end());
    return found;
}

} // namespace tintype
