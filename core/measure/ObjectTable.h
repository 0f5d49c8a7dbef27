// What was measured of the objects of a labelled image: columns of numbers.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tintype {

struct ObjectColumn {
    std::string name;
    std::string unit;           ///< "px", "px²", "°", or nothing
    bool isWhole = false;       ///< whole numbers, which a double holds exactly
    std::vector<double> values; ///< one an object
};

/// One row an object, in the order of their labels; all columns are equally long.
using ObjectTable = std::vector<ObjectColumn>;

} // namespace tintype
