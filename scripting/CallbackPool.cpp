// Threads for handlers, timers and other callbacks: as many as are needed, so that one that sleeps delays nobody.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/CallbackPool.h"

#include "core/Error.h"
#include "scripting/Gil.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace tintype {

namespace {
constexpr std::chrono::minutes BETWEEN_TELLINGS(1);
}

CallbackPool::CallbackPool(MakeThread makeThread, std::function<void(const std::string&)> crowded,
                           std::chrono::milliseconds idleTime)
    : m_makeThread(std::move(makeThread)), m_crowded(std::move(crowded)), m_idleTime(idleTime) {}

CallbackPool::~CallbackPool() {
    end(QDeadlineTimer(2000));
}

bool CallbackPool::post(const std::string& title, Task task) {
    std::vector<PythonThreadPtr> ended; // Deleted without the lock, and so is the task that is refused.
    Waiting refused;
    bool isCrowded = false;
    bool isRefused = false;
    {
        std::lock_guard lock(m_mutex);
        if (m_closed)
            return false;
        m_waiting.push_back({title, std::move(task)});
        if (m_waiting.size() <= m_idle + m_starting)
            m_posted.notify_one();
        else if (m_live == MOST_THREADS || !startThread()) {
            isRefused = m_live == 0;
            isCrowded = !isRefused && !std::exchange(m_toldCrowded, true) && Clock::now() >= m_tellAgain;
            if (isCrowded)
                m_tellAgain = Clock::now() + BETWEEN_TELLINGS;
        }
        if (isRefused) {
            refused = std::move(m_waiting.back());
            m_waiting.pop_back();
        }
        const auto finished = std::stable_partition(m_threads.begin(), m_threads.end(),
                                                    [](const PythonThreadPtr& thread) { return !thread->isFinished(); });
        std::move(finished, m_threads.end(), std::back_inserter(ended));
        m_threads.erase(finished, m_threads.end());
    }
    if (isCrowded)
        m_crowded(title);
    if (isRefused)
        throw Error(ErrorCode::Internal, title + " is not called: the system gives this program no more threads.");
    return true;
}

bool CallbackPool::startThread() {
    PythonThreadPtr thread = m_makeThread(QStringLiteral("Tintype callbacks"));
    if (!thread->hasStarted())
        return false;
    PythonThread* const runner = thread.get();
    m_threads.push_back(std::move(thread));
    ++m_live;
    ++m_starting;
    runner->post([this, runner] { work(*runner); });
    return true;
}

void CallbackPool::work(PythonThread& thread) {
    {
        std::lock_guard lock(m_mutex);
        --m_starting;
    }
    for (;;) {
        Waiting next;
        bool taken = false;
        {
            const GilRelease release;
            taken = take(next);
        }
        if (!taken)
            break;
        runOne(next);
    }
    thread.close();
}

bool CallbackPool::take(Waiting& next) {
    std::unique_lock lock(m_mutex);
    ++m_idle;
    m_posted.wait_for(lock, m_idleTime, [this] { return m_closed || !m_waiting.empty(); });
    --m_idle;
    if (m_waiting.empty()) {
        --m_live;
        return false;
    }
    next = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_toldCrowded = m_toldCrowded && !m_waiting.empty();
    return true;
}

void CallbackPool::runOne(Waiting& next) {
    // Both with the GIL, so that whoever holds it raises a stop only in threads that run a task.
    const unsigned long number = PyThread_get_thread_ident();
    {
        std::lock_guard lock(m_mutex);
        m_busy.insert(number);
    }
    next.task();
    {
        std::lock_guard lock(m_mutex);
        m_busy.erase(number);
    }
    clearRaisedHere();
    next = {};
    drainDroppedReferences();
}

void CallbackPool::close() {
    std::deque<Waiting> dropped; // Outlives the lock: what a task holds may post when it goes.
    {
        std::lock_guard lock(m_mutex);
        m_closed = true;
        dropped.swap(m_waiting);
    }
    m_posted.notify_all();
}

bool CallbackPool::end(const QDeadlineTimer& deadline) {
    close();
    std::vector<PythonThreadPtr> threads;
    {
        std::lock_guard lock(m_mutex);
        threads.swap(m_threads);
    }
    bool ended = true;
    for (PythonThreadPtr& thread : threads) {
        ended = thread->waitForEnd(deadline) && ended;
        PythonThread::endBy(thread, deadline);
    }
    return ended;
}

int CallbackPool::threadCount() const {
    std::lock_guard lock(m_mutex);
    return m_live;
}

std::vector<unsigned long> CallbackPool::busyThreads() const {
    std::lock_guard lock(m_mutex);
    return {m_busy.begin(), m_busy.end()};
}

} // namespace tintype
