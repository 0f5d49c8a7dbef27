// Who watches the evaluation of images, and which images may not be evaluated any more.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/Evaluation.h"
#include "core/recipe/Image.h"
#include "scripting/PyCallable.h"

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <vector>

namespace tintype {

/// Problem: pyvips' scripts connect functions to an image, and expect them to be called when that image is computed, or one that
/// is made of it; and `set_kill` on it ends such an evaluation, from any thread. Images are values here, so the functions are
/// kept beside the node, and looked for upstream of whatever is evaluated. Nothing is looked for as long as nobody watches.
///
/// Threads: all members, on any thread; `evaluate` without the GIL. Functions are called on the thread that evaluates. The one who
/// watches ends that with `unwatch`, or the node would be kept for ever.
class Signals {
public:
    /// Runs `work`, which evaluates the image, and tells the nearest watcher upstream. Throws what `work` throws, and
    /// OperationError when the image, or one that it is made of, is killed.
    void evaluate(const Image& image, const CancelToken& token, const std::function<void(const EvaluationWatch&)>& work);

    /// `function` is called as function(moment, fraction) with "preeval", "eval" or "posteval". Returns the watcher's number.
    std::uint64_t watch(const Image& image, PyCallable function);
    void unwatch(std::uint64_t watcher);
    /// Ends what evaluates it, and refuses it from now on; or allows it again.
    void setKilled(const Image& image, bool killed);

private:
    struct Watcher {
        std::uint64_t number;
        NodePtr node;
        PyCallable function;
    };
    class Running;
    /// The watcher of the evaluation, if there is one; throws for a killed image. With the mutex held.
    PyCallable watcherOf(const Image& image);
    bool isAnybodyThere() const { return !m_watchers.empty() || !m_killed.empty(); }

    std::mutex m_mutex;
    std::uint64_t m_last = 0;
    std::vector<Watcher> m_watchers;
    std::vector<std::weak_ptr<const Node>> m_killed;
    std::list<Running*> m_running;
};

} // namespace tintype
