// Wakes threads that wait for work, without ever waiting for them.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>

namespace tintype {

/// Problem: whoever notifies a condition variable of glibc may have to wait until the threads that were woken before have
/// got a processor, and threads in the background get theirs when others leave it. Here the one who wakes never waits, so
/// that the GUI thread may. A thread that waits takes `count` first, then looks under its own mutex whether there is work,
/// and calls `waitSince` when there is none: what came between is not missed. Any thread.
class WakeUp {
public:
    int count() const { return m_count; }
    /// Returns once wake() was called after `count` was taken.
    void waitSince(int count) const { m_count.wait(count); }
    void wake() {
        ++m_count;
        m_count.notify_all();
    }

private:
    std::atomic<int> m_count = 0;
};

} // namespace tintype
