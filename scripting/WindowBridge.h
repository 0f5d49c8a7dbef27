// What scripts may ask of the window; the window implements it, a headless run has none.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <optional>
#include <string>

namespace tintype {

/// Called on Python threads without the GIL; implementations hand over to the GUI thread.
class WindowBridge {
public:
    virtual ~WindowBridge() = default;
    /// Returns at once.
    virtual void showMessage(const std::string& text) = 0;
    /// Returns at once; the image of that name becomes the one on the canvas.
    virtual void showImage(const std::string& name) = 0;
    /// Waits for the answer; nothing when the person dismissed the question. Throws Error(Cancelled) when stopped.
    virtual std::optional<std::string> ask(const std::string& question, const std::string& proposal,
                                           const CancelToken& token) = 0;
};

} // namespace tintype
