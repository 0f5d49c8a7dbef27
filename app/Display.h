// Says whether there is a display for the window, before Qt, which would abort without one, is loaded.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace tintype {

/// Empty when a window can be opened, otherwise the reason in a few words.
std::string missingDisplay();

} // namespace tintype
