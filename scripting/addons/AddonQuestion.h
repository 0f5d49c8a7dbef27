// Asks Python what add-ons there are, for the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace tintype {

class PythonRuntime;

/// Returns at once, and looks through the folders on a thread of the callback pool. `then` is called there once, without the
/// GIL: with what `tt.addons` knows as JSON (its keys are those of `tintype addon list --json`), or with no JSON and with what
/// went wrong. It is not called when the program ends meanwhile.
void askForAddons(PythonRuntime& runtime, const std::function<void(const std::string& json, const std::string& error)>& then);

/// Likewise, what an installation from this path would take the place of: name, version and the version that is `installed`; an
/// empty object where it would not.
void askWhatIsReplaced(PythonRuntime& runtime, const std::string& path,
                       const std::function<void(const std::string& json, const std::string& error)>& then);

} // namespace tintype
