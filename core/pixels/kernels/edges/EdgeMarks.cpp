// Follows weak edges from strong ones.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/edges/EdgeMarksPrivate.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>
#include <vector>

namespace tintype {

namespace {

class Follower {
public:
    explicit Follower(cv::Mat& marks) : m_marks(marks) {
        for (std::size_t i = 0; i < m_around.size(); ++i)
            m_around[i] = DOWN[i] * std::ptrdiff_t(marks.step) + ACROSS[i];
    }

    void followFrom(int x, int y) {
        take(x, y);
        while (!m_open.empty()) {
            const auto [left, top] = m_open.back();
            m_open.pop_back();
            if (left > 0 && left < m_marks.cols - 1 && top > 0 && top < m_marks.rows - 1)
                takeAround(left, top);
            else
                takeAroundAtBorder(left, top);
        }
    }

private:
    static bool isOpen(int mark) { return mark == WEAK || mark == STRONG; }

    void take(int x, int y) {
        m_marks.ptr(y)[x] = EDGE;
        m_open.emplace_back(x, y);
    }

    void takeAround(int x, int y) {
        const std::uint8_t* const mark = m_marks.ptr(y) + x;
        for (std::size_t i = 0; i < m_around.size(); ++i) {
            if (isOpen(mark[m_around[i]]))
                take(x + ACROSS[i], y + DOWN[i]);
        }
    }

    void takeAroundAtBorder(int left, int top) {
        for (int y = std::max(top - 1, 0); y <= std::min(top + 1, m_marks.rows - 1); ++y) {
            for (int x = std::max(left - 1, 0); x <= std::min(left + 1, m_marks.cols - 1); ++x) {
                if (isOpen(m_marks.ptr(y)[x]))
                    take(x, y);
            }
        }
    }

    static constexpr std::array<int, 8> ACROSS{-1, 0, 1, -1, 1, -1, 0, 1};
    static constexpr std::array<int, 8> DOWN{-1, -1, -1, 0, 0, 1, 1, 1};
    cv::Mat& m_marks;
    std::array<std::ptrdiff_t, 8> m_around{}; ///< where the neighbours lie in memory
    std::vector<std::pair<int, int>> m_open;
};

} // namespace

void followEdges(cv::Mat marks, const CancelToken& token) {
    Follower follower(marks);
    for (int y = 0; y < marks.rows; ++y) {
        token.check();
        std::uint8_t* const row = marks.ptr(y);
        std::uint8_t* at = row;
        while ((at = static_cast<std::uint8_t*>(std::memchr(at, STRONG, std::size_t(row + marks.cols - at)))))
            follower.followFrom(int(at - row), y);
    }
    // What is left over leads to no strong edge.
    cv::compare(marks, EDGE, marks, cv::CMP_EQ);
}

} // namespace tintype
