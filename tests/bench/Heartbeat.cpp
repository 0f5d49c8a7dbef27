// The beats of a precise timer on the GUI thread, and where that thread stood when one was late.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/Heartbeat.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <execinfo.h>
#include <pthread.h>
#include <unistd.h>

namespace tintype {

namespace {

qint64 now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

extern "C" void writeStack(int) {
    void* frames[48];
    const int count = backtrace(frames, 48);
    backtrace_symbols_fd(frames, count, STDERR_FILENO);
}

} // namespace

Heartbeat::Heartbeat(int stackAfter) {
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(INTERVAL_MS);
    QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] { beat(); });
    if (stackAfter > 0)
        watch(stackAfter);
}

Heartbeat::~Heartbeat() {
    m_ended = true;
    if (m_watcher.joinable())
        m_watcher.join();
}

void Heartbeat::beatUntil(std::function<bool()> isOver, std::function<void()> then) {
    m_gaps.clear();
    m_isOver = std::move(isOver);
    m_then = std::move(then);
    m_clock.start();
    m_lastBeat = now();
    m_timer.start();
}

std::vector<double> Heartbeat::takeGaps() {
    return std::exchange(m_gaps, {});
}

void Heartbeat::beat() {
    m_gaps.push_back(double(m_clock.nsecsElapsed()) / 1e6);
    m_clock.start();
    m_lastBeat = now();
    if (!m_isOver())
        return;
    m_timer.stop();
    m_lastBeat = 0;
    std::exchange(m_then, nullptr)();
}

void Heartbeat::watch(int stackAfter) {
    void* ignored[1];
    backtrace(ignored, 1); // Loads what the handler must not load.
    std::signal(SIGUSR2, writeStack);
    m_watcher = std::thread([this, stackAfter, gui = pthread_self()] {
        while (!m_ended) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            const qint64 last = m_lastBeat;
            if (last == 0 || now() - last < stackAfter)
                continue;
            std::fprintf(stderr, "-- no beat for %lld ms\n", static_cast<long long>(now() - last));
            pthread_kill(gui, SIGUSR2);
        }
    });
}

} // namespace tintype
