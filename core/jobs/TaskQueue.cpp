// The one queue by which threads hand work over to each other.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/TaskQueue.h"

#include <iterator>
#include <utility>

namespace tintype {

bool TaskQueue::post(Task task) {
    bool mustWake = false;
    {
        std::lock_guard lock(m_mutex);
        if (m_closed)
            return false;
        m_tasks.push_back(std::move(task));
        mustWake = m_hasWake && !std::exchange(m_woken, true);
    }
    m_posted.notify_one();
    if (mustWake)
        wake();
    return true;
}

void TaskQueue::wake() {
    std::lock_guard lock(m_wakeMutex);
    if (m_wake)
        m_wake();
}

void TaskQueue::setWake(std::function<void()> wake) {
    std::lock_guard wakeLock(m_wakeMutex);
    std::swap(m_wake, wake);
    bool tasksWait = false;
    {
        std::lock_guard lock(m_mutex);
        m_hasWake = m_wake != nullptr;
        tasksWait = m_hasWake && !m_tasks.empty();
        m_woken = tasksWait;
    }
    if (tasksWait)
        m_wake();
}

TaskQueue::Task TaskQueue::take() {
    std::unique_lock lock(m_mutex);
    m_posted.wait(lock, [this] { return m_closed || !m_tasks.empty(); });
    if (m_tasks.empty())
        return {};
    Task task = std::move(m_tasks.front());
    m_tasks.pop_front();
    return task;
}

std::vector<TaskQueue::Task> TaskQueue::takeAll() {
    std::lock_guard lock(m_mutex);
    m_woken = false;
    std::vector<Task> tasks(std::make_move_iterator(m_tasks.begin()), std::make_move_iterator(m_tasks.end()));
    m_tasks.clear();
    return tasks;
}

void TaskQueue::close() {
    std::deque<Task> dropped; // Outlives the lock: what a task holds may post when it goes.
    {
        std::lock_guard lock(m_mutex);
        m_closed = true;
        dropped.swap(m_tasks);
    }
    m_posted.notify_all();
}

} // namespace tintype
