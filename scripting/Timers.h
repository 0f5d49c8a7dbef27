// Calls Python functions later, once or again and again.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Owner.h"
#include "scripting/PyCallable.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <string>

namespace tintype {

class PythonRuntime;
class Timer;
using TimerPtr = std::shared_ptr<Timer>;

/// Functions run on the callback pool, in the context of the code that made the PyCallable, and belong to its owner. All
/// members may be called on any thread, with or without the GIL, on threads that Python does not know too.
class Timers {
public:
    static constexpr double MOST_SECONDS = 1e8;   ///< three years
    static constexpr double LEAST_BEAT = 0.001; ///< seconds between calls; nobody can tell shorter ones apart

    explicit Timers(PythonRuntime& runtime) : m_runtime(runtime) {}

    /// Throws Error(Parameter) for seconds that are not 0 to MOST_SECONDS.
    TimerPtr callLater(double seconds, PyCallable function, const std::string& title = "A timer");
    /// Likewise for LEAST_BEAT to MOST_SECONDS. The beats are multiples of the time since now; those that pass while the function still
    /// runs are left out, so that calls never pile up. An error ends the timer.
    TimerPtr callEvery(double seconds, PyCallable function, const std::string& title = "A timer");

private:
    TimerPtr start(double seconds, bool repeats, PyCallable function, const std::string& title);
    PythonRuntime& m_runtime;
};

/// Goes on without a handle. Any thread, with or without the GIL.
class Timer : public std::enable_shared_from_this<Timer> {
public:
    Timer(PythonRuntime& runtime, double seconds, bool repeats, PyCallable function, std::string title);

    /// No further call begins; one that runs goes on. Harmless when there is none to come.
    void cancel();
    /// Whether a call is still to come or runs.
    bool isActive() const;
    double seconds() const { return m_seconds; }
    bool repeats() const { return m_repeats; }

private:
    friend class Timers;
    using Clock = std::chrono::steady_clock;
    void begin();
    void schedule();
    void fire();
    void ended(bool wentWell);

    PythonRuntime& m_runtime;
    const double m_seconds;
    const bool m_repeats;
    const std::string m_title;
    const Clock::time_point m_made = Clock::now();
    mutable std::mutex m_mutex;
    PyCallable m_function;
    Owner::Membership m_membership;
    std::uint64_t m_deadline = 0;
    bool m_active = true;
};

} // namespace tintype
