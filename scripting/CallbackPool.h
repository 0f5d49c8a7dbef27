// Threads for handlers, timers and other callbacks: as many as are needed, so that one that sleeps delays nobody.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/PythonThread.h"

#include <QDeadlineTimer>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace tintype {

/// Problem: callbacks sleep, wait for the network, and wait for each other; on a fixed number of threads a few of them hold
/// up all others. So a task that finds no idle thread gets a new PythonThread, up to MOST_THREADS; beyond that tasks wait in
/// a queue, and `crowded` is told the name of the first one that does, once a minute at most. A thread that finds nothing to
/// do for a while ends. A task that waits for another one cannot deadlock below that number. When the system gives no more
/// threads, those that are there are all; without any the task is refused.
///
/// All members may be called on any thread; none waits but `end`. Tasks run with the GIL and catch their own errors.
class CallbackPool {
public:
    static constexpr int MOST_THREADS = 64;
    using Task = PythonThread::Task;
    using MakeThread = std::function<PythonThreadPtr(const QString& name)>;

    /// `crowded` is called on the posting thread and must not block.
    CallbackPool(MakeThread makeThread, std::function<void(const std::string& title)> crowded,
                 std::chrono::milliseconds idleTime = std::chrono::seconds(10));
    /// Waits two seconds at most.
    ~CallbackPool();

    /// False, and the task is dropped, after close(). Throws Error(Internal) when the system gives not even one thread.
    bool post(const std::string& title, Task task);
    /// Drops the tasks that wait, and takes no more.
    void close();
    /// Closes, and waits for the threads; without the GIL. False when one did not end in time.
    bool end(const QDeadlineTimer& deadline);

    int threadCount() const;
    /// Python's numbers of the threads that run a task now; with the GIL, without which it may be out of date.
    std::vector<unsigned long> busyThreads() const;

private:
    using Clock = std::chrono::steady_clock;
    struct Waiting {
        std::string title;
        Task task;
    };
    void work(PythonThread& thread);
    bool take(Waiting& next);
    void runOne(Waiting& next);
    bool startThread();

    const MakeThread m_makeThread;
    const std::function<void(const std::string&)> m_crowded;
    const std::chrono::milliseconds m_idleTime;
    mutable std::mutex m_mutex;
    std::condition_variable m_posted;
    std::deque<Waiting> m_waiting;
    std::vector<PythonThreadPtr> m_threads; ///< some may have ended
    std::set<unsigned long> m_busy;
    std::size_t m_idle = 0;     ///< threads that wait for a task
    std::size_t m_starting = 0; ///< threads that have not asked for a task yet
    int m_live = 0;
    bool m_closed = false;
    bool m_toldCrowded = false; ///< until the queue is empty again
    Clock::time_point m_tellAgain; ///< in a storm the queue is empty a hundred times a second
};

} // namespace tintype
