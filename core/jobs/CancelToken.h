// The wish to stop: set once by anybody, seen by the work, which may also be woken by it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>

namespace tintype {

/// A value; copies share the wish. All members may be called on any thread.
class CancelToken {
public:
    CancelToken();

    void cancel();
    bool isCancelled() const;
    /// Throws Error(Cancelled) when cancelled.
    void check() const;
    /// Waits until cancelled, `milliseconds` at most; true when cancelled.
    bool waitFor(int milliseconds) const;

    /// Calls `wake` when cancelled, at once if that was before; on the thread that cancels, which it must not block. No
    /// call comes after the registration is destroyed, which waits for one that is under way on another thread.
    class Registration {
    public:
        Registration() = default;
        Registration(Registration&&) noexcept = default;
        Registration& operator=(Registration&& other) noexcept;
        ~Registration();

    private:
        friend class CancelToken;
        struct Entry;
        void end();
        std::shared_ptr<Entry> m_entry;
    };
    [[nodiscard]] Registration onCancel(std::function<void()> wake) const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace tintype
