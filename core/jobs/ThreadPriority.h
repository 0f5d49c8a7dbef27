// Lets work in the background give way to the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

/// Problem: pixels are computed on as many threads as there are cores, and more of them; when each weighs as much as the
/// GUI thread, the window gets one share among many, and a frame takes as many times longer. From now on the calling thread
/// gets what others leave, for the rest of its life, and so do the threads that it starts. It still gets its tenth of a
/// core where all are busy, so that nobody who waits for it waits long.
void lowerThreadPriority();

} // namespace tintype
