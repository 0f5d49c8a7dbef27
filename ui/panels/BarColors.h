// Colours for bars of messages and questions that fit a light and a dark palette.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPalette>

namespace tintype {

enum class BarTone { Calm, Warning };

/// Made from the application's palette; ask again when that changes.
QPalette barPalette(BarTone tone);

} // namespace tintype
