// Loads the add-ons that are on when the window starts, in the background.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

class PythonRuntime;

/// On a thread of the callback pool; returns at once. What goes wrong is shown as a message.
void startAddons(PythonRuntime& runtime);

} // namespace tintype
