// What a job finds, brought back to the GUI thread.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/GuiQueue.h"

#include <memory>
#include <utility>

namespace tintype {

/// Filled by a job; `take` is called with it on the GUI thread, unless `receiver` is gone by then, when the last holder lets
/// go of it: the work of a job that is stopped before its turn is dropped unseen.
template <typename Answer, typename F>
std::shared_ptr<Answer> answerTo(QObject* receiver, const GuiQueue& queue, F take) {
    return {new Answer, [post = queue.posterFor(receiver), take = std::move(take)](Answer* given) {
                post([take, answer = std::shared_ptr<const Answer>(given)] { take(*answer); });
            }};
}

} // namespace tintype
