// The beats of a precise timer on the GUI thread, and where that thread stood when one was late.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>
#include <QTimer>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace tintype {

/// The time between two beats is what a person feels: the window can answer only between two events. Lives on the GUI
/// thread. With `stackAfter` a thread of its own writes the GUI thread's stack to stderr whenever a beat is so many
/// milliseconds late; that costs time itself, so such figures are for finding causes only.
class Heartbeat {
public:
    static constexpr int INTERVAL_MS = 10;

    explicit Heartbeat(int stackAfter = 0);
    ~Heartbeat();
    Heartbeat(const Heartbeat&) = delete;

    /// Beats until `isOver`, asked at every beat, says so; then calls `then`.
    void beatUntil(std::function<bool()> isOver, std::function<void()> then);
    /// Milliseconds between beats since beatUntil, and that list is empty again.
    std::vector<double> takeGaps();

private:
    void beat();
    void watch(int stackAfter);

    QTimer m_timer;
    QElapsedTimer m_clock;
    std::vector<double> m_gaps;
    std::function<bool()> m_isOver;
    std::function<void()> m_then;
    std::atomic<qint64> m_lastBeat = 0; ///< of a clock that all threads share; 0 while nothing is measured
    std::atomic<bool> m_ended = false;
    std::thread m_watcher;
};

} // namespace tintype
