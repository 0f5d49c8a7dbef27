// Text that running Python code prints, on its way to where the code was started.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>

namespace tintype {

enum class OutputStream { Out, Error };

/// Called on Python threads, possibly with the GIL: must hand over and return at once.
using OutputSink = std::function<void(OutputStream, const std::string& text)>;

} // namespace tintype
