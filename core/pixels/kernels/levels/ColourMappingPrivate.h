// The kernel that shows values as the colours of a map.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

void registerColourMapping();

} // namespace tintype
