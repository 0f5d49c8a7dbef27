// Runs what may compute, lock, touch files or notify: without the GIL, with Stop and Ctrl+C in sight.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "core/pixels/Evaluation.h"
#include "scripting/Gil.h"

#include <pybind11/pybind11.h>

#include <memory>
#include <optional>
#include <type_traits>

namespace tintype {

/// Problem: an evaluation runs for minutes without the GIL, and must end when the script is stopped (its job's token), or when
/// the person presses Ctrl+C in a terminal, which Python sees only when the main thread asks for it.
/// Made and destroyed with the GIL, by the thread that evaluates.
class CallWatch {
public:
    CallWatch();
    CallWatch(const CallWatch&) = delete;

    const EvaluationWatch& watch() const { return m_watch; }
    /// Throws what a signal handler raised meanwhile, KeyboardInterrupt in most cases.
    void raiseSignal();

private:
    struct Signals;
    EvaluationWatch m_watch;
    std::shared_ptr<Signals> m_signals;
    CancelToken::Registration m_stop;
};

/// Calls f(watch) without the GIL and returns what it returns.
template <typename F>
auto compute(F&& f) {
    CallWatch call;
    using Result = std::invoke_result_t<F, const EvaluationWatch&>;
    try {
        if constexpr (std::is_void_v<Result>) {
            {
                const GilRelease release;
                f(call.watch());
            }
            call.raiseSignal();
        } else {
            std::optional<Result> result;
            {
                const GilRelease release;
                result.emplace(f(call.watch()));
            }
            call.raiseSignal();
            return std::move(*result);
        }
    } catch (const Error&) {
        call.raiseSignal();
        throw;
    }
}

/// Calls f() without the GIL: for what does not take long but may lock, touch a file or notify others.
template <typename F>
auto withoutGil(F&& f) {
    const GilRelease release;
    return f();
}

} // namespace tintype
