// The context in which the code of a panel runs when a person asks for it: each call has a Stop of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"
#include "scripting/ScriptContext.h"

#include <functional>
#include <memory>

namespace tintype {

/// Problem: callbacks of a script run in its own context, so that its Stop ends them; but whoever presses a button wants to stop
/// what that has begun, and not the script. So a PyCallable that is made in this context is called in one of its own, with a
/// job of its own, which ends with the script too. It prints where `own` prints, on the image that is active then.
///
/// `started` is told of each such job before the call, on the calling thread, without the GIL; it must not block. Null stays
/// null: without a context there is nobody who could stop anything.
std::shared_ptr<ScriptContext> panelContext(const std::shared_ptr<ScriptContext>& own, std::function<std::string()> activeImage,
                                            std::function<void(const JobPtr&)> started);

} // namespace tintype
