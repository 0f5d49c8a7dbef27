// The formats that libvips keeps in modules of their own: HEIF, JPEG XL, whole slides, PDF, and what ImageMagick reads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

/// Problem: these modules bring more libraries than libvips itself, and loading them takes a fifth of the time in which a script
/// imports the package; but a script that reads and writes no pictures needs none. So the engine starts without them, and whoever
/// looks for a loader or saver, or asks what there is, calls this before.
///
/// Any thread, any number of times; only the first call does something, and others wait for it. A module that cannot be loaded is
/// passed over, as libvips does: its formats are missing.
void loadFormatModules();

} // namespace tintype
