// What handlers, timers, panels and the like belong to: a script, the console, an add-on. They vanish with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "scripting/CallRecord.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tintype {

/// Problem: a handler that outlives the script or the add-on which registered it runs code that nobody knows of any more.
/// So each belongs to an owner, which lists what it has. release() makes all of it inert at once; calls under way go on.
/// All members may be called on any thread, with or without the GIL; none waits for Python.
class Owner : public std::enable_shared_from_this<Owner> {
public:
    enum class Kind { Handler, Timer, RepeatingTimer, Operation, FileFormat, ColourMap, Panel, Menu, Shortcut, Preferences, Call };

    explicit Owner(std::string title) : m_title(std::move(title)) {}
    /// One that is named before whatever of its fails: "Count objects: The timer look failed". An add-on.
    struct Named {
        std::string title;
    };
    explicit Owner(Named named) : m_title(std::move(named.title)), m_prefix(m_title + ": ") {}

    const std::string& title() const { return m_title; }
    /// What stands before the titles of its parts; mostly nothing.
    const std::string& prefix() const { return m_prefix; }
    /// How its callbacks went.
    CallRecord& calls() { return m_calls; }
    void release();

    /// The entry of one handler, timer or call in the list, for as long as that lives.
    class Membership {
    public:
        Membership() = default;
        Membership(Membership&& other) noexcept;
        Membership& operator=(Membership&& other) noexcept;
        ~Membership() { end(); }

    private:
        friend class Owner;
        void end();
        std::shared_ptr<Owner> m_owner;
        std::uint64_t m_number = 0;
    };
    /// `vanish` is called by release(), at once when that was before; it must not block. `title` is what people read.
    [[nodiscard]] Membership add(Kind kind, std::function<void()> vanish = {}, std::string title = {});

    struct Item {
        Kind kind;
        std::string title;
    };
    /// What there is now, but for calls, in the order in which it came.
    std::vector<Item> items() const;
    /// "handler", "timer".
    static const char* nameOf(Kind kind);
    /// "2 handlers, 1 timer and 1 panel"; empty for none.
    std::string contents() const;
    /// Waits until nothing is left, or the token is cancelled; without the GIL. `tell` is called on this thread with the
    /// contents, now and whenever they are others.
    void waitUntilEmpty(const CancelToken& token, const std::function<void(const std::string& contents)>& tell);
    /// Waits until nothing is left that ends by itself, calls and timers that do not repeat; true then. Without the GIL.
    bool waitUntilNothingEnds(std::chrono::milliseconds atMost);

private:
    struct Entry {
        Kind kind;
        std::function<void()> vanish;
        std::string title;
    };
    void remove(std::uint64_t number);
    int count(Kind kind) const;
    std::string contentsLocked() const;

    const std::string m_title;
    const std::string m_prefix;
    CallRecord m_calls;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<std::uint64_t, Entry> m_entries;
    std::uint64_t m_last = 0;
    bool m_released = false;
};

using OwnerPtr = std::shared_ptr<Owner>;

} // namespace tintype
