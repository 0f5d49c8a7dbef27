// Panels, menus, shortcuts and preferences of add-ons.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

namespace tintype {

class Host;

void bindPanels(pybind11::module_& module, const Host& host);

} // namespace tintype
