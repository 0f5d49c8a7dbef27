// An object as the runs of its rows, for those that fill little of their box.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/SparseObjectPrivate.h"

#include "core/pixels/kernels/objects/DistancesPrivate.h"

#include <ranges>

namespace tintype {

SparseObject::SparseObject(std::vector<RowRun> runs, int width, int height)
    : m_width(width), m_height(height), m_top(runs.front().row), m_runs(std::move(runs)) {
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
        RowRun& run = m_runs[i];
        m_starts.resize(std::size_t(run.row - m_top) + 1, int(i));
        run.first = int(m_runOf.size());
        m_runOf.insert(m_runOf.end(), std::size_t(run.end - run.begin), int(i));
    }
    m_starts.push_back(int(m_runs.size()));
}

std::span<const RowRun> SparseObject::runsOf(int row) const {
    const int index = row - m_top;
    if (index < 0 || index + 1 >= int(m_starts.size()))
        return {};
    const auto first = std::size_t(m_starts[std::size_t(index)]);
    return {m_runs.data() + first, std::size_t(m_starts[std::size_t(index) + 1]) - first};
}

void SparseObject::approach(const RowRun& run, int otherRow, std::vector<int>& distances) const {
    if (otherRow < 0 || otherRow >= m_height)
        return;
    int* const own = distances.data() + run.first - run.begin;
    const auto keep = [&](int x, int distance) { own[x] = std::min(own[x], distance); };
    int done = run.begin;
    const std::span<const RowRun> others = runsOf(otherRow);
    for (auto other = std::ranges::upper_bound(others, run.begin, {}, &RowRun::end);
         other != others.end() && other->begin < run.end; ++other) {
        for (; done < other->begin; ++done)
            keep(done, 1);
        for (; done < std::min(other->end, run.end); ++done)
            keep(done, distances[std::size_t(other->first + done - other->begin)] + 1);
    }
    for (; done < run.end; ++done)
        keep(done, 1);
}

std::vector<int> SparseObject::columnDistances() const {
    std::vector<int> distances(m_runOf.size(), NO_ZERO);
    for (const RowRun& run : m_runs)
        approach(run, run.row - 1, distances);
    for (const RowRun& run : std::views::reverse(m_runs))
        approach(run, run.row + 1, distances);
    return distances;
}

std::vector<std::int64_t> SparseObject::squares() const {
    const std::vector<int> columns = columnDistances();
    std::vector<std::int64_t> squares;
    squares.reserve(columns.size());
    RowDistances rows;
    std::vector<int> around;
    std::vector<std::int64_t> found;
    for (const RowRun& run : m_runs) {
        // The pixels at its ends are not the object's; nothing beyond them is nearer.
        const bool hasLeft = run.begin > 0;
        around.assign(hasLeft, 0);
        const auto first = columns.begin() + run.first;
        around.insert(around.end(), first, first + (run.end - run.begin));
        around.insert(around.end(), run.end < m_width, 0);
        found.resize(around.size());
        rows.find(around.data(), int(around.size()), found.data());
        const auto own = found.begin() + hasLeft;
        squares.insert(squares.end(), own, own + (run.end - run.begin));
    }
    return squares;
}

} // namespace tintype
