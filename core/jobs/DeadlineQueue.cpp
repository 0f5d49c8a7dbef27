// Runs short tasks at given times, on one thread that sleeps in between.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/DeadlineQueue.h"

#include "core/Error.h"

#include <system_error>

namespace tintype {

DeadlineQueue::DeadlineQueue() try : m_thread([this] { run(); }) {
} catch (const std::system_error&) {
    throw Error(ErrorCode::Internal, "there are no timers: the system gives this program no more threads");
}

DeadlineQueue::~DeadlineQueue() {
    stop();
}

std::uint64_t DeadlineQueue::post(Clock::time_point when, Task task) {
    std::lock_guard lock(m_mutex);
    if (m_stopped)
        return 0;
    const std::uint64_t number = ++m_last;
    const auto place = m_tasks.emplace(Key{when, number}, std::move(task)).first;
    m_times[number] = when;
    if (place == m_tasks.begin())
        m_changed.notify_one();
    return number;
}

bool DeadlineQueue::cancel(std::uint64_t number) {
    Task dropped; // Outlives the lock: what it holds may post or cancel when it goes.
    const std::lock_guard lock(m_mutex);
    const auto time = m_times.find(number);
    if (time == m_times.end())
        return false;
    const auto task = m_tasks.find({time->second, number});
    dropped = std::move(task->second);
    m_tasks.erase(task);
    m_times.erase(time);
    return true;
}

void DeadlineQueue::stop() {
    std::map<Key, Task> dropped;
    std::thread thread;
    {
        std::lock_guard lock(m_mutex);
        m_stopped = true;
        dropped.swap(m_tasks);
        m_times.clear();
        thread.swap(m_thread);
    }
    m_changed.notify_one();
    if (thread.joinable())
        thread.join();
}

void DeadlineQueue::run() {
    std::unique_lock lock(m_mutex);
    while (!m_stopped) {
        if (m_tasks.empty()) {
            m_changed.wait(lock);
            continue;
        }
        const Clock::time_point next = m_tasks.begin()->first.first;
        if (Clock::now() < next) {
            m_changed.wait_until(lock, next);
            continue;
        }
        auto taken = m_tasks.extract(m_tasks.begin());
        m_times.erase(taken.key().second);
        lock.unlock();
        taken.mapped()();
        taken.mapped() = nullptr;
        lock.lock();
    }
}

} // namespace tintype
