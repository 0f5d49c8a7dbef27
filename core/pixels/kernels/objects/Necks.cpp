// Finds the parts of an object that hang together by necks only.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/NecksPrivate.h"

#include "core/pixels/kernels/objects/DistancesPrivate.h"
#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace tintype {

namespace {

constexpr std::size_t PIXELS_BETWEEN_LOOKS = 1 << 16;

using Squares = std::vector<std::int64_t>;

Squares squaresOf(std::vector<int>& object, int width, int height) {
    Squares squares(object.size());
    columnDistances(object.data(), std::size_t(width), width, height);
    RowDistances rows;
    for (int y = 0; y < height; ++y) {
        const std::size_t first = std::size_t(y) * std::size_t(width);
        rows.find(object.data() + first, width, squares.data() + first);
    }
    return squares;
}

/// The object's pixels, highest first; of equal ones the first in reading order.
std::vector<int> downwards(const Squares& squares) {
    const std::int64_t highest = *std::ranges::max_element(squares);
    std::vector<int> order;
    if (highest > std::int64_t(squares.size()) * 4) {
        for (std::size_t i = 0; i < squares.size(); ++i) {
            if (squares[i] > 0)
                order.push_back(int(i));
        }
        std::ranges::stable_sort(order, std::greater(), [&](int pixel) { return squares[std::size_t(pixel)]; });
        return order;
    }
    std::vector<int> places(std::size_t(highest) + 2, 0);
    for (const std::int64_t square : squares)
        places[std::size_t(highest - square) + 1] += 1;
    for (std::size_t i = 1; i < places.size(); ++i)
        places[i] += places[i - 1];
    order.resize(squares.size());
    for (std::size_t i = 0; i < squares.size(); ++i)
        order[std::size_t(places[std::size_t(highest - squares[i])]++)] = int(i);
    // The background has come last.
    order.resize(std::size_t(std::ranges::count_if(squares, [](std::int64_t square) { return square > 0; })));
    return order;
}

class Parts {
public:
    Parts(const Squares& squares, double depth, std::vector<int>& parts)
        : m_squares(squares), m_depth(depth), m_parts(parts) {}

    /// `forEachAround(pixel, f)` calls f with those around it, and may with itself.
    template <typename Around>
    void grow(int pixel, const Around& forEachAround) {
        const double height = std::sqrt(double(m_squares[std::size_t(pixel)]));
        int own = -1;
        std::int64_t best = -1;
        m_around.clear();
        forEachAround(pixel, [&](int other) {
            const auto neighbour = std::size_t(other);
            if (m_parts[neighbour] == 0)
                return;
            const int part = rootOf(m_joined, m_parts[neighbour] - 1);
            m_around.push_back(part);
            if (m_squares[neighbour] > best) {
                best = m_squares[neighbour];
                own = part;
            }
        });
        if (own < 0) {
            own = int(m_peaks.size());
            m_peaks.push_back(height);
            m_joined.push_back(own);
        }
        for (const int part : m_around)
            meet(own, part, height);
        m_parts[std::size_t(pixel)] = own + 1;
    }

    /// Numbers the parts from 1 on.
    int number() {
        std::vector<int> numbers(m_joined.size(), 0);
        int count = 0;
        for (int& part : m_parts) {
            if (part == 0)
                continue;
            int& number = numbers[std::size_t(rootOf(m_joined, part - 1))];
            if (number == 0)
                number = ++count;
            part = number;
        }
        return count;
    }

private:
    /// Parts are numbered as their peaks were come by, downwards: the smaller number is that of the higher peak.
    void meet(int one, int other, double height) {
        one = rootOf(m_joined, one);
        other = rootOf(m_joined, other);
        if (one != other && m_peaks[std::size_t(std::max(one, other))] - height <= m_depth)
            joinSets(m_joined, one, other);
    }

    const Squares& m_squares;
    const double m_depth;
    std::vector<int>& m_parts;
    std::vector<double> m_peaks;
    std::vector<int> m_joined;
    std::vector<int> m_around;
};

/// Returns how many parts there are, or 0 when it was stopped.
template <typename Around>
int growParts(const Squares& squares, std::vector<int>& parts, double depth, const std::function<bool()>& isStopped,
              const Around& forEachAround) {
    if (isStopped())
        return 0;
    const std::vector<int> order = downwards(squares);
    Parts work(squares, depth, parts);
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i % PIXELS_BETWEEN_LOOKS == 0 && isStopped())
            return 0;
        work.grow(order[i], forEachAround);
    }
    return work.number();
}

} // namespace

int cutNecks(std::vector<int>& object, int width, int height, double depth, const std::function<bool()>& isStopped) {
    const Squares squares = squaresOf(object, width, height);
    std::ranges::fill(object, 0);
    return growParts(squares, object, depth, isStopped, [=](int pixel, auto&& f) {
        const int x = pixel % width;
        const int y = pixel / width;
        for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, height - 1); ++ny) {
            for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, width - 1); ++nx)
                f(ny * width + nx);
        }
    });
}

int cutNecks(const SparseObject& object, std::vector<int>& parts, double depth, const std::function<bool()>& isStopped) {
    const Squares squares = object.squares();
    parts.assign(squares.size(), 0);
    return growParts(squares, parts, depth, isStopped,
                     [&](int pixel, auto&& f) { object.forEachAround(pixel, f); });
}

} // namespace tintype
