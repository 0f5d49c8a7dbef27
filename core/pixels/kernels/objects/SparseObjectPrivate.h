// An object as the runs of its rows, for those that fill little of their box.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace tintype {

/// Pixels of a row, from `begin` up to, not including, `end`.
struct RowRun {
    int row;
    int begin;
    int end;
    int first = 0; ///< the number of its first pixel
};

/// Problem: a thin ring, a spiral or a slanting line fills little of its box, and many of them have boxes that lie over each
/// other; whoever goes through boxes then needs far more time and memory than there are pixels. Here pixels are numbered in
/// reading order, and cost grows with them. Never changes; any thread.
class SparseObject {
public:
    /// `runs` in reading order; the size is that of the image.
    SparseObject(std::vector<RowRun> runs, int width, int height);

    /// The squared distance of each pixel from the nearest one that is not the object's; what lies outside of the image does
    /// not count.
    std::vector<std::int64_t> squares() const;

    /// Calls f with the number of each of the object's pixels among the nine around and at this one, in reading order.
    template <typename F>
    void forEachAround(int pixel, F&& f) const {
        const RowRun& own = m_runs[std::size_t(m_runOf[std::size_t(pixel)])];
        const int x = own.begin + pixel - own.first;
        for (int row = own.row - 1; row <= own.row + 1; ++row)
            forEachIn(row, x - 1, x + 2, f);
    }

private:
    std::span<const RowRun> runsOf(int row) const;

    template <typename F>
    void forEachIn(int row, int begin, int end, F&& f) const {
        const std::span<const RowRun> runs = runsOf(row);
        for (auto run = std::ranges::upper_bound(runs, begin, {}, &RowRun::end); run != runs.end() && run->begin < end; ++run) {
            for (int x = std::max(begin, run->begin); x < std::min(end, run->end); ++x)
                f(run->first + x - run->begin);
        }
    }

    std::vector<int> columnDistances() const;
    /// The smaller one of what stands at each pixel of the run and one more than at the pixel above or below, or 1 without.
    void approach(const RowRun& run, int otherRow, std::vector<int>& distances) const;

    int m_width;
    int m_height;
    int m_top;
    std::vector<RowRun> m_runs;
    std::vector<int> m_starts; ///< the first run of each row, and at the end how many there are
    std::vector<int> m_runOf;  ///< that of each pixel
};

} // namespace tintype
