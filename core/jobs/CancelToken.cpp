// The wish to stop: set once by anybody, seen by the work, which may also be woken by it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/CancelToken.h"

#include "core/Error.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <vector>

namespace tintype {

/// The mutex is held while `wake` runs, so that a registration that ends waits for the call; it is recursive, because
/// the call may end its own registration.
struct CancelToken::Registration::Entry {
    std::recursive_mutex mutex;
    std::function<void()> wake;
    bool active = true;
    std::weak_ptr<State> state;

    void call() {
        std::lock_guard lock(mutex);
        if (!active)
            return;
        active = false;
        wake();
    }
};

struct CancelToken::State {
    std::atomic<bool> cancelled = false;
    std::mutex mutex;
    std::condition_variable wish;
    std::vector<std::shared_ptr<Registration::Entry>> entries;
};

CancelToken::CancelToken() : m_state(std::make_shared<State>()) {}

void CancelToken::cancel() {
    const std::shared_ptr<State> state = m_state; // A woken owner may drop this very token.
    std::vector<std::shared_ptr<Registration::Entry>> entries;
    {
        std::lock_guard lock(state->mutex);
        if (state->cancelled.exchange(true))
            return;
        entries.swap(state->entries);
    }
    state->wish.notify_all();
    for (const auto& entry : entries)
        entry->call();
}

bool CancelToken::isCancelled() const {
    return m_state->cancelled.load(std::memory_order_acquire);
}

void CancelToken::check() const {
    if (isCancelled())
        throw Error(ErrorCode::Cancelled, "stopped");
}

bool CancelToken::waitFor(int milliseconds) const {
    const std::shared_ptr<State> state = m_state;
    std::unique_lock lock(state->mutex);
    return state->wish.wait_for(lock, std::chrono::milliseconds(milliseconds), [&] { return state->cancelled.load(); });
}

CancelToken::Registration CancelToken::onCancel(std::function<void()> wake) const {
    Registration registration;
    registration.m_entry = std::make_shared<Registration::Entry>();
    registration.m_entry->wake = std::move(wake);
    registration.m_entry->state = m_state;
    {
        std::lock_guard lock(m_state->mutex);
        if (!m_state->cancelled) {
            m_state->entries.push_back(registration.m_entry);
            return registration;
        }
    }
    registration.m_entry->call();
    return registration;
}

void CancelToken::Registration::end() {
    if (!m_entry)
        return;
    {
        std::lock_guard lock(m_entry->mutex);
        m_entry->active = false;
    }
    if (const std::shared_ptr<State> state = m_entry->state.lock()) {
        std::lock_guard lock(state->mutex);
        std::erase(state->entries, m_entry);
    }
    m_entry.reset();
}

CancelToken::Registration& CancelToken::Registration::operator=(Registration&& other) noexcept {
    if (this != &other) {
        end();
        m_entry = std::move(other.m_entry);
    }
    return *this;
}

CancelToken::Registration::~Registration() {
    end();
}

} // namespace tintype
