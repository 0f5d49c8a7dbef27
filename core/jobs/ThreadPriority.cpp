// Lets work in the background give way to the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/ThreadPriority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace tintype {

namespace {
constexpr int LOWER = 10;
}

void lowerThreadPriority() {
    // On Linux a "process" of that number is a thread. Nothing depends on it, so it may fail.
    setpriority(PRIO_PROCESS, id_t(gettid()), LOWER);
}

} // namespace tintype
