// A plot in a panel: lines, points or bars over two axes.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/panels/PanelPlot.h"

#include <algorithm>

namespace tintype {

PanelSeries thinned(PanelSeries series) {
    const std::size_t count = series.y.size();
    if (count <= 2 * MOST_PLOT_PARTS || !std::is_sorted(series.x.begin(), series.x.end()))
        return series;
    PanelSeries made{series.title, {}, {}};
    for (std::size_t part = 0; part < MOST_PLOT_PARTS; ++part) {
        const auto first = series.y.begin() + std::ptrdiff_t(count * part / MOST_PLOT_PARTS);
        const auto last = series.y.begin() + std::ptrdiff_t(count * (part + 1) / MOST_PLOT_PARTS);
        const auto ends = std::minmax_element(first, last);
        for (const auto kept : {std::min(ends.first, ends.second), std::max(ends.first, ends.second)}) {
            made.x.push_back(series.x[std::size_t(kept - series.y.begin())]);
            made.y.push_back(*kept);
        }
    }
    return made;
}

} // namespace tintype
