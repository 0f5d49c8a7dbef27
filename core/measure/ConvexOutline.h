// The convex hull of the pixels of an object, and how many pixels lie in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <vector>

namespace tintype {

/// One side of a convex hull: the corners from top to bottom that lie farthest to the left.
class ConvexSide {
public:
    struct Corner {
        std::int64_t y;
        std::int64_t x;
    };

    /// Rows come from top to bottom; of several points in a row the leftmost counts.
    void add(std::int64_t y, std::int64_t x);
    const std::vector<Corner>& corners() const { return m_corners; }

private:
    std::vector<Corner> m_corners;
};

/// Problem: the hull of an object that is seen strip by strip, of which only the ends of its rows matter. Rows come
/// from top to bottom; a row may come in several pieces.
class ConvexOutline {
public:
    /// The first and the last column of the object in a row.
    void addRow(int y, int first, int last);
    /// That of the part of the object in the rows below.
    void append(const ConvexOutline& below);
    /// As scikit-image counts them: a pixel reaches half a pixel to each of its four sides, and the centres that lie in
    /// the hull of all, or on its border, are counted.
    std::int64_t pixelCount() const;

private:
    ConvexSide m_left;
    ConvexSide m_right; ///< mirrored: columns are negative
};

} // namespace tintype
