// What handlers, timers, panels and the like belong to: a script, the console, an add-on. They vanish with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Owner.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace tintype {

namespace {

struct Word {
    Owner::Kind kind;
    const char* one;
    const char* several;
};

/// How people call what an owner has, in this order. Calls are no part of it.
constexpr std::array WORDS{
    Word{Owner::Kind::Handler, "handler", "handlers"},       Word{Owner::Kind::Timer, "timer", "timers"},
    Word{Owner::Kind::Operation, "operation", "operations"}, Word{Owner::Kind::FileFormat, "file format", "file formats"},
    Word{Owner::Kind::ColourMap, "colour map", "colour maps"}, Word{Owner::Kind::Panel, "panel", "panels"},
    Word{Owner::Kind::Menu, "menu", "menus"},                Word{Owner::Kind::Shortcut, "shortcut", "shortcuts"},
    Word{Owner::Kind::Preferences, "page of preferences", "pages of preferences"},
};

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
        // Calls under way go on, and somebody may wait for their ends.
        for (const auto& [number, entry] : entries)
            if (entry.kind == Kind::Call)
                m_entries.emplace(number, entry);
    }
    m_changed.notify_all();
    for (const auto& [number, entry] : entries)
        if (entry.vanish)
            entry.vanish();
}

Owner::Membership Owner::add(Kind kind, std::function<void()> vanish, std::string title) {
    Membership membership;
    bool released = false;
    {
        std::lock_guard lock(m_mutex);
        released = m_released;
        if (!released) {
            membership.m_owner = shared_from_this();
            membership.m_number = ++m_last;
            m_entries[m_last] = {kind, std::move(vanish), std::move(title)};
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

std::vector<Owner::Item> Owner::items() const {
    std::lock_guard lock(m_mutex);
    std::vector<Item> items;
    for (const auto& [number, entry] : m_entries)
        if (entry.kind != Kind::Call)
            items.push_back({entry.kind, entry.title});
    return items;
}

const char* Owner::nameOf(Kind kind) {
    const Kind listed = kind == Kind::RepeatingTimer ? Kind::Timer : kind;
    const auto word = std::ranges::find(WORDS, listed, &Word::kind);
    return word == WORDS.end() ? "call" : word->one;
}

std::string Owner::contents() const {
    std::lock_guard lock(m_mutex);
    return contentsLocked();
}

std::string Owner::contentsLocked() const {
    std::vector<std::string> parts;
    for (const Word& word : WORDS) {
        const int repeating = word.kind == Kind::Timer ? count(Kind::RepeatingTimer) : 0;
        if (const int number = count(word.kind) + repeating)
            parts.push_back(std::to_string(number) + " " + (number == 1 ? word.one : word.several));
    }
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i)
        text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
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
