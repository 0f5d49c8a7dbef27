// Handlers, and what they are told of.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <pybind11/pybind11.h>

namespace tintype {

class Host;

void bindEvents(pybind11::module_& module, const Host& host);

} // namespace tintype
