// The names that live in the console, for those who look at them from other threads.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

namespace tintype {

/// Shared by the console's thread and the completer's; read and written with the GIL only.
struct ConsoleNames {
    std::shared_ptr<void> identity; ///< a sharedReference of the runtime package's Identity; null before the console is up
};

} // namespace tintype
