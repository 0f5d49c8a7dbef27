// How the callbacks of one owner went: how many there were, how long they took, and what failed last.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/CallRecord.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tintype {

void CallRecord::noteCall(double seconds) {
    std::lock_guard lock(m_mutex);
    ++m_times.calls;
    m_times.total += seconds;
    m_times.longest = std::max(m_times.longest, seconds);
}

void CallRecord::noteFailure(std::string title, std::string text) {
    const std::chrono::duration<double> now = std::chrono::system_clock::now().time_since_epoch();
    std::lock_guard lock(m_mutex);
    m_failures.push_back({now.count(), std::move(title), std::move(text)});
    if (m_failures.size() > MOST_FAILURES)
        m_failures.pop_front();
}

CallRecord::Times CallRecord::times() const {
    std::lock_guard lock(m_mutex);
    return m_times;
}

std::vector<CallRecord::Failure> CallRecord::failures() const {
    std::lock_guard lock(m_mutex);
    return {m_failures.begin(), m_failures.end()};
}

} // namespace tintype
