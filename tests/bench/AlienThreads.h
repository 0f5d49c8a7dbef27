// Standard threads, unknown to Python, that call a Python function as fast as they can.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <deque>
#include <thread>
#include <vector>

namespace tintype {

class Interpreter;

class AlienThreads {
public:
    /// `code` defines the function `f`.
    AlienThreads(Interpreter& interpreter, const char* code, int threads);
    ~AlienThreads();

    /// By each thread.
    std::vector<long> calls() const { return {m_calls.begin(), m_calls.end()}; }

private:
    std::atomic<bool> m_ended = false;
    std::deque<std::atomic<long>> m_calls;
    std::vector<std::thread> m_threads;
};

} // namespace tintype
