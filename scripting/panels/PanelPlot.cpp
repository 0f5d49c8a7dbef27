// A plot in a panel: lines, points or bars over two axes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/panels/PanelPlot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace tintype {

namespace {

/// Each may be followed by a gap.
constexpr std::size_t MOST_IN_COLUMN = 8;
/// The ends of a piece, and what lies farthest in each direction.
constexpr std::size_t MOST_IN_PIECE = 6;

/// Gathers a line point by point, and keeps little of it.
class Outline {
public:
    explicit Outline(const PanelSeries& series) : m_from(series), m_made{series.title, {}, {}, 0} {}

    void skip() { ++m_gaps; }
    void add(std::size_t at, std::size_t part) {
        if (m_isOpen && part == m_part) {
            extend(at);
            return;
        }
        close();
        m_isOpen = true;
        m_part = part;
        m_kept.fill({at, m_gaps});
    }
    PanelSeries finish() {
        close();
        return std::move(m_made);
    }

private:
    struct Kept {
        std::size_t at;
        std::size_t gaps; ///< before it
        auto operator<=>(const Kept&) const = default;
    };

    void extend(std::size_t at) {
        const Kept here{at, m_gaps};
        const auto farther = [&](const std::vector<double>& values, Kept& low, Kept& high) {
            if (values[at] < values[low.at])
                low = here;
            if (values[at] > values[high.at])
                high = here;
        };
        farther(m_from.x, m_kept[1], m_kept[2]);
        farther(m_from.y, m_kept[3], m_kept[4]);
        m_kept[5] = here;
    }

    void close() {
        if (!m_isOpen)
            return;
        std::ranges::sort(m_kept);
        const auto end = std::unique(m_kept.begin(), m_kept.end());
        for (auto kept = m_kept.begin(); kept != end; ++kept) {
            if (!m_made.x.empty() && kept->gaps != m_gapsBehind)
                push(m_from.x[kept->at], std::numeric_limits<double>::quiet_NaN());
            push(m_from.x[kept->at], m_from.y[kept->at]);
            m_gapsBehind = kept->gaps;
        }
        m_isOpen = false;
    }

    void push(double x, double y) {
        m_made.x.push_back(x);
        m_made.y.push_back(y);
    }

    const PanelSeries& m_from;
    PanelSeries m_made;
    std::array<Kept, MOST_IN_PIECE> m_kept{};
    std::size_t m_part = 0;
    bool m_isOpen = false;
    std::size_t m_gaps = 0;
    std::size_t m_gapsBehind = 0; ///< of what was kept last
};

bool isThere(const PanelSeries& series, std::size_t at) {
    return std::isfinite(series.x[at]) && std::isfinite(series.y[at]);
}

template <typename PartOf>
PanelSeries outlined(const PanelSeries& series, const PartOf& partOf) {
    Outline outline(series);
    for (std::size_t at = 0; at < series.y.size(); ++at) {
        if (isThere(series, at))
            outline.add(at, partOf(at));
        else
            outline.skip();
    }
    return outline.finish();
}

} // namespace

PanelSeries thinned(PanelSeries series, std::size_t columns) {
    const std::size_t count = series.y.size();
    if (count <= MOST_IN_COLUMN * columns / 2)
        return series;
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    for (std::size_t at = 0; at < count; ++at)
        if (isThere(series, at)) {
            low = std::min(low, series.x[at]);
            high = std::max(high, series.x[at]);
        }
    // Halves, since the difference of the largest numbers is infinite.
    const double width = high / 2 - low / 2;
    PanelSeries made = outlined(series, [&](std::size_t at) {
        return width > 0 ? std::size_t((series.x[at] / 2 - low / 2) / width * double(columns)) : 0;
    });
    if (made.y.size() <= MOST_IN_COLUMN * (columns + 1))
        return made;
    const std::size_t pieces = std::max<std::size_t>(1, columns * MOST_IN_COLUMN / (2 * MOST_IN_PIECE));
    made = outlined(series, [&](std::size_t at) { return at * pieces / count; });
    made.drawnOf = count;
    return made;
}

void thin(PanelPlot& plot) {
    if (plot.kind != PanelPlot::Kind::Line)
        return;
    const std::size_t lines = std::max<std::size_t>(1, plot.series.size());
    const std::size_t columns = std::clamp<std::size_t>(MOST_COLUMNS_OF_ALL / lines, 1, MOST_PLOT_COLUMNS);
    for (PanelSeries& series : plot.series)
        series = thinned(std::move(series), columns);
}

} // namespace tintype
