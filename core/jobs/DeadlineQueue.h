// Runs short tasks at given times, on one thread that sleeps in between.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace tintype {

/// Problem: timers need neither the window's event loop, which may be busy and is not there without a window, nor a thread
/// each, nor polling. One thread waits for the earliest deadline; it is there from the start, since who posts cannot do without
/// it, were the system out of threads then. Tasks run on it one after the other, in the order of their deadlines, and must
/// return at once: they hand the work to those who do it, and never take Python's lock. All members may be called on any thread,
/// but stop() and the destructor not by a task.
class DeadlineQueue {
public:
    using Clock = std::chrono::steady_clock;
    using Task = std::function<void()>;

    /// Throws Error(Internal) when the system gives no thread.
    DeadlineQueue();
    /// Drops what waits.
    ~DeadlineQueue();
    DeadlineQueue(const DeadlineQueue&) = delete;

    /// A number for cancel(); 0, and the task is dropped, after stop().
    std::uint64_t post(Clock::time_point when, Task task);
    /// True when the task had not begun: then it never runs.
    bool cancel(std::uint64_t number);
    /// Drops what waits, takes no more, and waits for a task that runs.
    void stop();

private:
    using Key = std::pair<Clock::time_point, std::uint64_t>;
    void run();

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<Key, Task> m_tasks;
    std::map<std::uint64_t, Clock::time_point> m_times;
    std::uint64_t m_last = 0;
    bool m_stopped = false;
    std::thread m_thread;
};

} // namespace tintype
