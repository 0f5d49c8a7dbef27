// The outlines of the objects of a labelled picture, as polygons.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/measure/Contours.h"

#include "core/measure/LabelRowsPrivate.h"

#include <array>

namespace tintype {

namespace {

struct Step {
    int x;
    int y;
};

/// Right, down, left, up: a turn to the right is the next.
constexpr std::array<Step, 4> STEPS{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
constexpr int UP = 3;

/// Follows the edges between pixels. Corner x, y is the upper left one of pixel x, y.
class Tracer {
public:
    Tracer(const PixelBuffer& labels, bool corners)
        : m_width(labels.shape().width), m_height(labels.shape().height), m_corners(corners),
          m_labels(std::size_t(m_width) * std::size_t(m_height)), m_done(m_labels.size(), false) {
        const auto* bytes = static_cast<const std::uint8_t*>(labels.data());
        for (int y = 0; y < m_height; ++y)
            readLabelRow("contours", bytes + std::size_t(y) * labels.shape().rowBytes(),
                         VipsBandFormat(labels.shape().format), m_width, y, m_labels.data() + place(0, y));
    }

    /// Every outline goes up somewhere, along the left edge of one of its pixels.
    void traceRow(int y, std::vector<Contour>& contours) {
        for (int x = 0; x < m_width; ++x) {
            const std::uint32_t label = m_labels[place(x, y)];
            if (label != 0 && labelAt(x - 1, y) != label && !m_done[place(x, y)])
                contours.push_back(trace(x, y, label));
        }
    }

private:
    std::size_t place(int x, int y) const { return std::size_t(y) * std::size_t(m_width) + std::size_t(x); }

    std::uint32_t labelAt(int x, int y) const {
        return x < 0 || y < 0 || x >= m_width || y >= m_height ? 0 : m_labels[place(x, y)];
    }

    /// Whether the pixel on the left or the right of the way on from the corner is the object's.
    bool isObject(int x, int y, int direction, bool onRight, std::uint32_t label) const {
        // The pixels around a corner, clockwise from the lower right one; going right that one is on the right.
        constexpr std::array<Step, 4> AROUND{{{0, 0}, {-1, 0}, {-1, -1}, {0, -1}}};
        const Step pixel = AROUND[std::size_t(onRight ? direction : direction + 3) % 4];
        return labelAt(x + pixel.x, y + pixel.y) == label;
    }

    int turned(int x, int y, int direction, std::uint32_t label) const {
        const bool left = isObject(x, y, direction, false, label);
        const bool right = isObject(x, y, direction, true, label);
        if (left && (right || m_corners))
            return (direction + 3) % 4;
        return right ? direction : (direction + 1) % 4;
    }

    Contour trace(int left, int top, std::uint32_t label) {
        Contour contour{label, {}};
        int x = left;
        int y = top + 1;
        int direction = UP;
        do {
            if (direction == UP)
                m_done[place(x, y - 1)] = true;
            x += STEPS[std::size_t(direction)].x;
            y += STEPS[std::size_t(direction)].y;
            const int next = turned(x, y, direction, label);
            if (next != direction)
                contour.corners.insert(contour.corners.end(), {x, y});
            direction = next;
        } while (x != left || y != top + 1 || direction != UP);
        return contour;
    }

    int m_width;
    int m_height;
    bool m_corners;
    std::vector<std::uint32_t> m_labels;
    std::vector<bool> m_done; ///< the left edge of the pixel belongs to an outline that was found
};

} // namespace

std::vector<Contour> findContours(const PixelBuffer& labels, bool corners, const CancelToken& token) {
    std::vector<Contour> contours;
    Tracer tracer(labels, corners);
    for (int y = 0; y < labels.shape().height; ++y) {
        token.check();
        tracer.traceRow(y, contours);
    }
    return contours;
}

} // namespace tintype
