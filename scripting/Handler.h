// A Python function that is told of events, one after the other, or asked, on the callback pool.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Owner.h"
#include "scripting/PyCallable.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace tintype {

class Handler;
class PythonRuntime;
using HandlerPtr = std::shared_ptr<Handler>;

/// Problem: events come while anything goes on: from a destructor that Python's collector runs in the middle of other
/// code, from code that is stopped at any instruction. So what waits for a handler, and whether it is at work, is kept here:
/// between putting an event in and calling somebody for it no Python code runs, and no Python object is given up while the
/// lock is held.
///
/// Runs in the context of the code that registered it and belongs to its owner. Once released it is inert and refers to
/// nothing any more. Any thread.
class Handler : public std::enable_shared_from_this<Handler> {
public:
    static constexpr std::size_t MOST_WAITING = 1000;
    /// A Python object that may be dropped on any thread.
    using Reference = std::shared_ptr<void>;

    /// `event` is the name of what it is told of. With the GIL.
    static HandlerPtr make(PythonRuntime& runtime, _object* function, std::string event, std::string title);
    Handler(PythonRuntime& runtime, _object* function, std::string event, std::string title);

    const std::string& event() const { return m_event; }
    bool isActive() const;
    /// Null once it is released.
    Reference function() const;
    /// Tells it of the event soon, in the place of one that waits with the same key; of more than MOST_WAITING the first go,
    /// and their number is said. With the GIL, which is released when somebody must be called.
    void push(_object* event, std::optional<std::string> key);
    /// Calls `question.put_to(function)`, at once and beside others. `question.end_unanswered(why)` when that does not come to
    /// its end. False when it is not called at all. With the GIL, which is released meanwhile.
    bool ask(_object* question);
    /// A call under way goes on.
    void release();

private:
    struct Waiting {
        Reference event;
        std::optional<std::string> key;
    };
    void postTurn();
    void takeTurn(_object* function);
    void endTurn();
    PyCallable callable() const;

    PythonRuntime& m_runtime;
    const std::string m_event;
    const std::string m_title;
    mutable std::mutex m_mutex;
    PyCallable m_callable; ///< empty once it is released
    Reference m_function;
    Owner::Membership m_membership;
    std::deque<Waiting> m_waiting;
    std::size_t m_leftOut = 0;
    bool m_runs = false; ///< somebody is called for what waits
};

} // namespace tintype
