// What an evaluation tells the steps that it runs on libvips' threads: whether it was stopped, and where errors go.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>

namespace tintype {

/// Problem: libvips calls a step on its own threads, which know neither the token of the evaluation nor a way for an
/// exception. So the last step of every evaluation makes the scope current on the thread while it asks for pixels, and all
/// steps before it run within. Shared by the threads of the evaluation.
class EvaluationScope {
public:
    explicit EvaluationScope(CancelToken token) : m_token(std::move(token)) {}

    const CancelToken& token() const { return m_token; }
    /// Keeps the exception for the one who evaluates; the first one counts.
    void fail(std::exception_ptr error);
    /// Gives it away; null when there was none.
    std::exception_ptr takeError();
    /// The evaluation has ended; whoever evaluates the same steps later has a scope of their own.
    void end() { m_ended = true; }
    bool hasEnded() const { return m_ended; }

    /// The scope that runs on this thread; null when there is none.
    static EvaluationScope* current();
    /// Makes it current while it lives.
    class Use {
    public:
        explicit Use(EvaluationScope& scope);
        ~Use();
        Use(const Use&) = delete;

    private:
        EvaluationScope* m_previous;
    };

private:
    const CancelToken m_token;
    std::atomic<bool> m_ended = false;
    std::mutex m_mutex;
    std::exception_ptr m_error;
};

using EvaluationScopePtr = std::shared_ptr<EvaluationScope>;

} // namespace tintype
