// Starts libvips for this process.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>

namespace tintype {

/// Starts libvips with our kernels, without its operation cache, and with a directory of our own for the pixels that do
/// not fit in memory. May be called any number of times, on any thread; only the first call does something. Throws
/// Error(Internal) when libvips cannot start.
///
/// Sets TMPDIR, since libvips asks the environment for it: call it before other threads read the environment.
void startEngine();

/// libvips' version: major, minor, micro.
std::array<int, 3> engineVersion();

/// Where libvips puts temporary files; empty when no directory could be made, in which case the system's is used.
std::string engineTemporaryDirectory();

/// How many threads libvips works with on one image: as many as there are cores, or as the environment's VIPS_CONCURRENCY says.
/// For who works on several images at once, on threads of their own; for the whole process, from the next evaluation on. Any
/// thread.
int engineThreads();
void setEngineThreads(int count);

/// From now on libvips' threads give way to the other threads of the process, each from the first pixels on that it computes.
/// For programs with a window. Any thread.
void lowerEngineThreads();
bool areEngineThreadsLowered();

} // namespace tintype
