// What an evaluation tells the steps that it runs on libvips' threads: whether it was stopped, and where errors go.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"

#include <atomic>
#include <exception>
#include <memory>
#include <mutex>

namespace tintype {

/// What the work on this thread is for: the pixels that are being made, and those for which these are made, and so on. The
/// evaluations that such work begins run on other threads, and their scopes take it along. Whoever needs what he is making
/// himself would wait for ever.
class Purpose {
public:
    /// Compared only.
    static bool isToMake(const void* pixels);
    /// The innermost of this thread; null when there is none.
    static std::shared_ptr<const Purpose> current();

    /// Makes one current while it lives.
    class Use {
    public:
        /// For these pixels, besides what the thread works for anyway.
        explicit Use(const void* pixels);
        explicit Use(std::shared_ptr<const Purpose> purpose);
        ~Use();
        Use(const Use&) = delete;

    private:
        std::shared_ptr<const Purpose> m_previous;
    };

private:
    const void* m_pixels = nullptr;
    std::shared_ptr<const Purpose> m_outer;
};

/// Problem: libvips calls a step on its own threads, which know neither the token of the evaluation nor a way for an
/// exception. So the last step of every evaluation makes the scope current on the thread while it asks for pixels, and all
/// steps before it run within. Shared by the threads of the evaluation.
class EvaluationScope {
public:
    explicit EvaluationScope(CancelToken token) : m_token(std::move(token)), m_purpose(Purpose::current()) {}

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
        Purpose::Use m_purpose;
    };

private:
    const CancelToken m_token;
    const std::shared_ptr<const Purpose> m_purpose; ///< of the thread that evaluates
    std::atomic<bool> m_ended = false;
    std::mutex m_mutex;
    std::exception_ptr m_error;
};

using EvaluationScopePtr = std::shared_ptr<EvaluationScope>;

} // namespace tintype
