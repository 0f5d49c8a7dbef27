// Runs of pixels in the rows of a strip, joined to connected components.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pixels/kernels/objects/RunsPrivate.h"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace tintype {

namespace {

constexpr std::uint64_t LOW_BITS = 0x0101010101010101;
constexpr std::uint64_t HIGH_BITS = 0x8080808080808080;

std::uint64_t eightBytes(const unsigned char* from) {
    std::uint64_t word;
    std::memcpy(&word, from, sizeof word);
    return word;
}

bool hasZeroByte(std::uint64_t word) {
    return ((word - LOW_BITS) & ~word & HIGH_BITS) != 0;
}

template <typename T>
int skipZeros(const T* row, int x, int width) {
    if constexpr (std::is_same_v<T, unsigned char>) {
        while (x + 8 <= width && eightBytes(row + x) == 0)
            x += 8;
    }
    while (x < width && row[x] == 0)
        ++x;
    return x;
}

template <typename T>
int skipOthers(const T* row, int x, int width) {
    if constexpr (std::is_same_v<T, unsigned char>) {
        while (x + 8 <= width && !hasZeroByte(eightBytes(row + x)))
            x += 8;
    }
    while (x < width && row[x] != 0)
        ++x;
    return x;
}

template <typename T>
int skipEqual(const T* row, int x, int width) {
    const T value = row[x];
    // The first pixel is one of its own run, even where it is not equal to itself.
    ++x;
    if constexpr (std::is_same_v<T, unsigned char>) {
        while (x + 8 <= width && eightBytes(row + x) == LOW_BITS * value)
            x += 8;
    }
    while (x < width && row[x] == value)
        ++x;
    return x;
}

template <typename T>
int runBegin(const T* row, int x, int width, RunKind kind) {
    return kind == RunKind::Zero ? skipOthers(row, x, width) : skipZeros(row, x, width);
}

template <typename T>
int runEnd(const T* row, int x, int width, RunKind kind) {
    if (kind == RunKind::EqualValue)
        return skipEqual(row, x, width);
    return kind == RunKind::Zero ? skipZeros(row, x, width) : skipOthers(row, x, width);
}

/// Finds the runs of one row, and joins them with those of the row before.
template <typename T>
class RowJoiner {
public:
    RowJoiner(RunKind kind, Connectivity connectivity, std::vector<Run>& runs, std::vector<int>& parents)
        : m_kind(kind), m_connectivity(connectivity), m_runs(runs), m_parents(parents) {}

    void add(const T* row, const T* before, std::size_t firstBefore, int width) {
        std::size_t above = firstBefore;
        const std::size_t endBefore = m_runs.size();
        for (int x = runBegin(row, 0, width, m_kind); x < width; x = runBegin(row, x, width, m_kind)) {
            const int end = runEnd(row, x, width, m_kind);
            Run run{x, end, -1};
            // The last one above may reach to the next run as well, so it is looked at again.
            while (above < endBefore && !runsTouch(m_runs[above], run, m_connectivity) && m_runs[above].begin < end)
                ++above;
            for (std::size_t i = above; i < endBefore && runsTouch(m_runs[i], run, m_connectivity); ++i) {
                if (m_kind != RunKind::EqualValue || before[m_runs[i].begin] == row[x])
                    join(run, m_runs[i].component);
            }
            if (run.component < 0) {
                run.component = int(m_parents.size());
                m_parents.push_back(run.component);
            }
            m_runs.push_back(run);
            x = end;
        }
    }

private:
    void join(Run& run, int component) {
        if (run.component < 0)
            run.component = component;
        else if (run.component != component)
            joinSets(m_parents, run.component, component);
    }

    RunKind m_kind;
    Connectivity m_connectivity;
    std::vector<Run>& m_runs;
    std::vector<int>& m_parents;
};

template <typename T>
StripRuns findRunsOf(const PixelRows& rows, RunKind kind, Connectivity connectivity) {
    StripRuns found;
    found.starts.reserve(std::size_t(rows.height) + 1);
    std::vector<int> parents;
    RowJoiner<T> joiner(kind, connectivity, found.runs, parents);
    const auto* bytes = static_cast<const unsigned char*>(rows.first);
    const T* before = nullptr;
    for (int y = 0; y < rows.height; ++y) {
        const auto* row = reinterpret_cast<const T*>(bytes + std::size_t(y) * rows.stride);
        const std::size_t firstBefore = y == 0 ? found.runs.size() : std::size_t(found.starts.back());
        found.starts.push_back(int(found.runs.size()));
        joiner.add(row, before, firstBefore, rows.width);
        before = row;
    }
    found.starts.push_back(int(found.runs.size()));
    // A root is the first of its component, and links lead to smaller numbers only.
    std::vector<int> numbers(parents.size());
    for (std::size_t i = 0; i < parents.size(); ++i)
        numbers[i] = parents[i] == int(i) ? found.count++ : numbers[std::size_t(parents[i])];
    for (Run& run : found.runs)
        run.component = numbers[std::size_t(run.component)];
    return found;
}

} // namespace

GType connectivityType() {
    static const GEnumValue values[] = {
        {FOUR, "TT_CONNECTIVITY_4", "4"}, {EIGHT, "TT_CONNECTIVITY_8", "8"}, {0, nullptr, nullptr}};
    static const GType type = g_enum_register_static("TtConnectivity", values);
    return type;
}

PixelRows rowsOf(VipsRegion* region, const VipsRect& area) {
    return {VIPS_REGION_ADDR(region, area.left, area.top), std::size_t(VIPS_REGION_LSKIP(region)), area.width,
            area.height, region->im->BandFmt};
}

double PixelRows::valueAt(int x, int y) const {
    const auto* row = static_cast<const unsigned char*>(first) + std::size_t(y) * stride;
    return withNumberType(format, [&](auto* type) { return double(reinterpret_cast<decltype(type)>(row)[x]); });
}

StripRuns findRuns(const PixelRows& rows, RunKind kind, Connectivity connectivity) {
    return withNumberType(rows.format, [&](auto* type) {
        return findRunsOf<std::remove_const_t<std::remove_pointer_t<decltype(type)>>>(rows, kind, connectivity);
    });
}

void joinSets(std::vector<int>& parents, int one, int other) {
    one = rootOf(parents, one);
    other = rootOf(parents, other);
    parents[std::size_t(std::max(one, other))] = std::min(one, other);
}

} // namespace tintype
