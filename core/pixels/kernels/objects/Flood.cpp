// Flooding a relief from markers, lowest pixels first.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/FloodPrivate.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tintype {

namespace {

constexpr int LEVELS = 1 << 16;
constexpr std::size_t PIXELS_BETWEEN_LOOKS = 1 << 16;

/// Keeps the lowest of many numbered buckets at hand that may not be empty.
class LowestBucket {
public:
    int at = LEVELS;
    void added(int bucket) { at = std::min(at, bucket); }
};

/// One queue a level: the level says all there is to know of the order.
class LevelQueues {
public:
    explicit LevelQueues(const Relief<std::uint16_t>& relief) : m_levels(relief.levels), m_queues(LEVELS) {}

    void push(std::size_t pixel) {
        const int level = m_levels[pixel];
        m_queues[std::size_t(level)].pixels.push_back(pixel);
        m_lowest.added(level);
    }

    bool pop(std::size_t& pixel) {
        for (; m_lowest.at < LEVELS; ++m_lowest.at) {
            Queue& queue = m_queues[std::size_t(m_lowest.at)];
            if (queue.first < queue.pixels.size()) {
                pixel = queue.pixels[queue.first++];
                return true;
            }
            queue = {};
        }
        return false;
    }

private:
    struct Queue {
        std::vector<std::size_t> pixels;
        std::size_t first = 0;
    };

    const std::vector<std::uint16_t>& m_levels;
    std::vector<Queue> m_queues;
    LowestBucket m_lowest;
};

/// One small heap for each narrow range of levels.
class RangeHeaps {
public:
    explicit RangeHeaps(const Relief<double>& relief) : m_levels(relief.levels), m_heaps(LEVELS) {
        double highest = -std::numeric_limits<double>::infinity();
        m_least = std::numeric_limits<double>::infinity();
        for (const double level : m_levels) {
            if (!std::isfinite(level))
                continue;
            m_least = std::min(m_least, level);
            highest = std::max(highest, level);
        }
        // Halved first: the range itself may be larger than a double.
        m_half = highest / 2 - m_least / 2;
    }

    void push(std::size_t pixel) {
        const double level = m_levels[pixel];
        const int range = rangeOf(level);
        std::vector<Entry>& heap = m_heaps[std::size_t(range)];
        heap.push_back({level, m_age++, pixel});
        std::ranges::push_heap(heap, isLater);
        m_lowest.added(range);
    }

    bool pop(std::size_t& pixel) {
        for (; m_lowest.at < LEVELS; ++m_lowest.at) {
            std::vector<Entry>& heap = m_heaps[std::size_t(m_lowest.at)];
            if (heap.empty())
                continue;
            pixel = heap.front().pixel;
            std::ranges::pop_heap(heap, isLater);
            heap.pop_back();
            return true;
        }
        return false;
    }

private:
    struct Entry {
        double level;
        std::uint64_t age;
        std::size_t pixel;
    };
    static bool isLater(const Entry& one, const Entry& other) {
        return one.level != other.level ? one.level > other.level : one.age > other.age;
    }
    int rangeOf(double level) const {
        if (!std::isfinite(level))
            return level < 0 ? 0 : LEVELS - 1;
        // A share of the range, since a factor for levels may be larger than a double where the range is tiny.
        return m_half > 0 ? int((level / 2 - m_least / 2) / m_half * (LEVELS - 2)) : 0;
    }

    const std::vector<double>& m_levels;
    std::vector<std::vector<Entry>> m_heaps;
    LowestBucket m_lowest;
    double m_least = 0;
    double m_half = 0; ///< of the range of levels
    std::uint64_t m_age = 0;
};

template <typename Queues, typename Level>
bool flood(const Relief<Level>& relief, Basins& basins, bool corners, const std::function<bool()>& isStopped) {
    const std::size_t stride = basins.size.stride();
    // Backwards by wrapping around, which unsigned numbers do.
    const std::array<std::size_t, 8> around{0 - stride,     std::size_t(0) - 1, 1,          stride,
                                            0 - stride - 1, 0 - stride + 1,     stride - 1, stride + 1};
    const std::size_t neighbours = corners ? 8 : 4;
    std::vector<int>& labels = basins.labels;
    Queues queues(relief);
    for (int y = 0; y < basins.size.height; ++y) {
        for (int x = 0; x < basins.size.width; ++x) {
            const std::size_t pixel = basins.size.index(x, y);
            if (labels[pixel] == 0 || labels[pixel] == Basins::BLOCKED)
                continue;
            // From inside a marker there is nowhere to go.
            if (std::any_of(around.begin(), around.begin() + neighbours,
                            [&](auto step) { return labels[pixel + step] == 0; }))
                queues.push(pixel);
        }
    }
    std::size_t pixel = 0;
    for (std::size_t done = 0; queues.pop(pixel); ++done) {
        if (done % PIXELS_BETWEEN_LOOKS == 0 && isStopped())
            return false;
        for (std::size_t i = 0; i < neighbours; ++i) {
            const std::size_t neighbour = pixel + around[i];
            if (labels[neighbour] != 0)
                continue;
            labels[neighbour] = labels[pixel];
            queues.push(neighbour);
        }
    }
    return true;
}

} // namespace

bool floodFromMarkers(const Relief<std::uint16_t>& relief, Basins& basins, bool corners,
                      const std::function<bool()>& isStopped) {
    return flood<LevelQueues>(relief, basins, corners, isStopped);
}

bool floodFromMarkers(const Relief<double>& relief, Basins& basins, bool corners,
                      const std::function<bool()>& isStopped) {
    return flood<RangeHeaps>(relief, basins, corners, isStopped);
}

} // namespace tintype
