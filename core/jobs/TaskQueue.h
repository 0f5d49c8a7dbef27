// The one queue by which threads hand work over to each other.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace tintype {

/// Tasks are taken in the order in which they were posted. Either a thread waits in `take` (workers), or a wake
/// function is set that brings the owner to call `takeAll` later (the GUI thread: it is called once until the next
/// takeAll, so a storm of posts costs one event).
class TaskQueue {
public:
    using Task = std::function<void()>;

    /// False, and the task is dropped, after close().
    bool post(Task task);
    /// Called on the posting thread; must not block, nor call setWake. Replaced by null to stop it: a wake that is
    /// under way has returned when setWake returns, and no other follows. Tasks that wait already are announced at
    /// once.
    void setWake(std::function<void()> wake);

    /// Waits for a task; an empty one after close().
    Task take();
    std::vector<Task> takeAll();
    /// Wakes those who wait; tasks not yet taken are dropped.
    void close();

private:
    void wake();

    // Held while the wake function runs, and always taken first.
    std::mutex m_wakeMutex;
    std::function<void()> m_wake;

    std::mutex m_mutex;
    std::condition_variable m_posted;
    std::deque<Task> m_tasks;
    bool m_hasWake = false;
    bool m_woken = false;
    bool m_closed = false;
};

} // namespace tintype
