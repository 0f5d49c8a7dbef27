// What handlers and timers belong to: a script, the console, an add-on. They vanish with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Owner.h"

#include <algorithm>
#include <utility>

namespace tintype {

namespace {

void addCount(std::string& text, int count, const char* what) {
    if (count == 0)
        return;
    text += (text.empty() ? "" : " and ") + std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

} // namespace

Owner::Membership::Membership(Membership&& other) noexcept
    : m_owner(std::move(other.m_owner)), m_number(other.m_number) {}

Owner::Membership& Owner::Membership::operator=(Membership&& other) noexcept {
    if (this != &other) {
        end();
        m_owner = std::move(other.m_owner);
        m_number = other.m_number;
    }
    return *this;
}

void Owner::Membership::end() {
    if (const OwnerPtr owner = std::exchange(m_owner, nullptr))
        owner->remove(m_number);
}

void Owner::release() {
    std::map<std::uint64_t, Entry> entries;
    {
        std::lock_guard lock(m_mutex);
        m_released = true;
        entries.swap(m_entries);
    }
    m_changed.notify_all();
    for (const auto& [number, entry] : entries)
        if (entry.vanish)
            entry.vanish();
}

Owner::Membership Owner::add(Kind kind, std::function<void()> vanish) {
    Membership membership;
    bool released = false;
    {
        std::lock_guard lock(m_mutex);
        released = m_released;
        if (!released) {
            membership.m_owner = shared_from_this();
            membership.m_number = ++m_last;
            m_entries[m_last] = {kind, std::move(vanish)};
        }
    }
    // Calls are no part of the contents, and there may be many.
    if (kind != Kind::Call)
        m_changed.notify_all();
    if (released && vanish)
        vanish();
    return membership;
}

void Owner::remove(std::uint64_t number) {
    std::function<void()> dropped; // Outlives the lock.
    {
        std::lock_guard lock(m_mutex);
        const auto entry = m_entries.find(number);
        if (entry == m_entries.end())
            return;
        dropped = std::move(entry->second.vanish);
        m_entries.erase(entry);
    }
    m_changed.notify_all();
}

int Owner::count(Kind kind) const {
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [kind](const auto& entry) { return entry.second.kind == kind; }));
}

std::string Owner::contents() const {
    std::lock_guard lock(m_mutex);
    return contentsLocked();
}

std::string Owner::contentsLocked() const {
    std::string text;
    addCount(text, count(Kind::Handler), "handler");
    addCount(text, count(Kind::Timer) + count(Kind::RepeatingTimer), "timer");
    return text;
}

void Owner::waitUntilEmpty(const CancelToken& token, const std::function<void(const std::string&)>& tell) {
    const auto registration = token.onCancel([this] {
        // With the lock, or the wish could come between the look at the token and the wait.
        std::lock_guard lock(m_mutex);
        m_changed.notify_all();
    });
    std::unique_lock lock(m_mutex);
    std::string told;
    while (!m_entries.empty() && !token.isCancelled()) {
        const std::string contents = contentsLocked();
        if (contents.empty() || contents == told) {
            m_changed.wait(lock);
            continue;
        }
        lock.unlock();
        tell(told = contents);
        lock.lock();
    }
}

bool Owner::waitUntilNothingEnds(std::chrono::milliseconds atMost) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, atMost, [this] { return count(Kind::Timer) + count(Kind::Call) == 0; });
}

} // namespace tintype
