// Finds the names that somebody may have meant.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace tintype {

/// The names that are nearest to `name`, best first, three at most; none when nothing is near.
std::vector<std::string> nearestNames(const std::string& name, const std::vector<std::string>& names);

/// "; did you mean 'gaussblur' or 'gaussmat'?", or nothing.
std::string didYouMean(const std::string& name, const std::vector<std::string>& names);

/// "a, b, c"
std::string joined(const std::vector<std::string>& names);

} // namespace tintype
