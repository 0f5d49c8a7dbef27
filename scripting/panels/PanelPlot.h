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
};

struct PanelPlot {
    enum class Kind { Line, Points, Bars };
    Kind kind = Kind::Line;
    std::string title;
    std::string xTitle; ///< with its unit: "Area (px²)"
    std::string yTitle;
    std::vector<PanelSeries> series;
};

/// Hardly a panel is wider; of more points the least and the most of each part are kept.
constexpr std::size_t MOST_PLOT_PARTS = 1500;

/// The same line with few points, where x only grows; others are left as they are.
PanelSeries thinned(PanelSeries series);

} // namespace tintype
