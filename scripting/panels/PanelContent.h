// What code shows in a panel: texts, progress, tables, images, plots.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <memory>
#include <string>
#include <variant>

namespace tintype {

class PanelTable;
struct PanelPlot;

struct PanelProgress {
    double fraction = 0; ///< 0 to 1; below 0 for work of unknown length
    std::string text;
};

/// Tables and plots are shared and do not change any more. Nothing: as it was at first.
using PanelContent = std::variant<std::monostate, std::string, PanelProgress, Image, std::shared_ptr<const PanelTable>,
                                  std::shared_ptr<const PanelPlot>>;

} // namespace tintype
