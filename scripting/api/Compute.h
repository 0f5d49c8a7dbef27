// Runs what may compute, lock, touch files or notify: without the GIL, with Stop and Ctrl+C in sight.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/pixels/Evaluation.h"
#include "scripting/Gil.h"
#include "scripting/api/Signals.h"

#include <pybind11/pybind11.h>

#include <functional>
#include <optional>
#include <type_traits>

namespace tintype {

/// What an evaluation is stopped by: the token of the script or console line that asked for it. Made with the GIL.
class CallWatch {
public:
    CallWatch();
    CallWatch(const CallWatch&) = delete;

    const EvaluationWatch& watch() const { return m_watch; }
    /// Runs `work` without the GIL. Python's signal handlers run on its main thread only, and libvips reports progress too
    /// seldom to ask there; so on the main thread the work gets a thread of its own, and this one looks for signals every
    /// 50 ms. What a handler raises, KeyboardInterrupt in most cases, ends the work and is thrown.
    void run(const std::function<void()>& work);

private:
    void runBesideSignals(const std::function<void()>& work);

    EvaluationWatch m_watch;
    CancelToken::Registration m_stop;
};

/// Calls f(watch) without the GIL and returns what it returns: for what evaluates pixels.
template <typename F>
auto compute(F&& f) {
    CallWatch call;
    using Result = std::invoke_result_t<F, const EvaluationWatch&>;
    if constexpr (std::is_void_v<Result>) {
        call.run([&] { f(call.watch()); });
    } else {
        std::optional<Result> result;
        call.run([&] { result.emplace(f(call.watch())); });
        return std::move(*result);
    }
}

/// The same for an image, with those who watch its evaluation.
template <typename F>
auto compute(Signals& signals, const Image& image, F&& f) {
    CallWatch call;
    using Result = std::invoke_result_t<F, const EvaluationWatch&>;
    if constexpr (std::is_void_v<Result>) {
        call.run([&] { signals.evaluate(image, call.watch().token, f); });
    } else {
        std::optional<Result> result;
        call.run([&] {
            signals.evaluate(image, call.watch().token, [&](const EvaluationWatch& watch) { result.emplace(f(watch)); });
        });
        return std::move(*result);
    }
}

/// Calls f() without the GIL: for what does not take long but may lock, touch a file or notify others.
template <typename F>
auto withoutGil(F&& f) {
    const GilRelease release;
    return f();
}

} // namespace tintype
