// The convex hull of the pixels of an object, and how many pixels lie in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/ConvexOutline.h"

namespace tintype {

namespace {

using Corner = ConvexSide::Corner;

std::int64_t roundedUp(std::int64_t numerator, std::int64_t denominator) {
    return numerator / denominator + (numerator % denominator > 0);
}

/// In half pixels: the ends of the diamonds that the pixels are.
ConvexSide widened(const ConvexSide& side) {
    ConvexSide wide;
    for (const Corner& corner : side.corners()) {
        wide.add(2 * corner.y - 1, 2 * corner.x);
        wide.add(2 * corner.y, 2 * corner.x - 1);
        wide.add(2 * corner.y + 1, 2 * corner.x);
    }
    return wide;
}

/// Walks down a side, which is given in half pixels.
class Descent {
public:
    explicit Descent(const ConvexSide& side) : m_corners(side.corners()) {}

    /// The first whole pixel of the row on the side or right of it. Rows must be asked for downwards.
    std::int64_t firstPixel(std::int64_t row) {
        while (m_corners[m_at + 1].y < 2 * row)
            ++m_at;
        const Corner& upper = m_corners[m_at];
        const Corner& lower = m_corners[m_at + 1];
        const std::int64_t height = lower.y - upper.y;
        return roundedUp(upper.x * height + (lower.x - upper.x) * (2 * row - upper.y), 2 * height);
    }

private:
    const std::vector<Corner>& m_corners;
    std::size_t m_at = 0;
};

} // namespace

void ConvexSide::add(std::int64_t y, std::int64_t x) {
    if (!m_corners.empty() && m_corners.back().y == y) {
        if (x >= m_corners.back().x)
            return;
        m_corners.pop_back();
    }
    const auto isInside = [&](const Corner& before, const Corner& corner) {
        return (corner.x - before.x) * (y - before.y) >= (x - before.x) * (corner.y - before.y);
    };
    while (m_corners.size() > 1 && isInside(m_corners[m_corners.size() - 2], m_corners.back()))
        m_corners.pop_back();
    m_corners.push_back({y, x});
}

void ConvexOutline::addRow(int y, int first, int last) {
    m_left.add(y, first);
    m_right.add(y, -last);
}

void ConvexOutline::append(const ConvexOutline& below) {
    for (const Corner& corner : below.m_left.corners())
        m_left.add(corner.y, corner.x);
    for (const Corner& corner : below.m_right.corners())
        m_right.add(corner.y, corner.x);
}

std::int64_t ConvexOutline::pixelCount() const {
    const ConvexSide left = widened(m_left);
    const ConvexSide right = widened(m_right);
    Descent leftDescent(left);
    Descent rightDescent(right);
    std::int64_t count = 0;
    for (std::int64_t row = m_left.corners().front().y; row <= m_left.corners().back().y; ++row)
        count += -rightDescent.firstPixel(row) - leftDescent.firstPixel(row) + 1;
    return count;
}

} // namespace tintype
