// Reads labels of any real format, and refuses what are none.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vips/vips.h>

#include <cstdint>
#include <string>

namespace tintype {

/// Labels are whole numbers from 0 on that fit 32 bits. Throws Error(Parameter), which begins with `caller` and names
/// the value and its place in row y.
void readLabelRow(const std::string& caller, const void* row, VipsBandFormat format, int width, int y,
                  std::uint32_t* labels);

} // namespace tintype
