// A plot in a panel: lines, points or bars over two axes.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tintype {

struct PanelSeries {
    std::string title; ///< in the legend; empty for none
    std::vector<double> x;
    std::vector<double> y;
    std::size_t drawnOf = 0; ///< how many points there were, where these only come near to their picture; 0: it is the same
};

struct PanelPlot {
    enum class Kind { Line, Points, Bars };
    Kind kind = Kind::Line;
    std::string title;
    std::string xTitle; ///< with its unit: "Area (px²)"
    std::string yTitle;
    std::vector<PanelSeries> series;
};

/// Hardly a panel is wider than this many columns.
constexpr std::size_t MOST_PLOT_COLUMNS = 1500;
/// Of all lines of a plot: what is painted on the window's thread, at every change of size.
constexpr std::size_t MOST_COLUMNS_OF_ALL = 4500;

/// The same line with some four points for a column, eight at most. While it stays in a column the first, the last, the highest
/// and the lowest point are kept, which paint the same picture. A line that leaps to and fro keeps the farthest points of as many
/// pieces of it, and says of how many. What is not finite leaves a gap.
PanelSeries thinned(PanelSeries series, std::size_t columns = MOST_PLOT_COLUMNS);

/// All lines of a plot, so that it can be painted at once, however many there are.
void thin(PanelPlot& plot);

} // namespace tintype
