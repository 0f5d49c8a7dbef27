// Shares the window's time among all that prints: one frame of the screen, one turn for each.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QTimer>

#include <chrono>
#include <vector>

namespace tintype {

class OutputFlow;

/// Problem: each of many scripts may print without end, and the time that showing takes must stay a small part of the GUI
/// thread's, however many they are. So those with text to show wait for the next frame, and share a few milliseconds of
/// it. What must not wait is bounded as well: Qt goes on with posted events as long as new ones come, and a console that is
/// fed quickly would keep the window from all its timers. Lives on the GUI thread and outlives its flows.
class OutputPace : public QObject {
    Q_OBJECT
public:
    using Time = std::chrono::microseconds;
    /// For all flows together, each time that it is their turn.
    static constexpr Time WORK{4000};

    OutputPace();

    /// Whether there is time left until the event loop gets to its timers; else awaitSoon.
    bool mayShowNow();
    void awaitSoon(OutputFlow& flow) { await(m_soon, flow); }
    void awaitFrame(OutputFlow& flow) { await(m_frame, flow); }

private:
    struct Turn {
        QTimer timer;
        std::vector<QPointer<OutputFlow>> waiting;
    };
    void addTurn(Turn& turn, int milliseconds, void (OutputFlow::*takeTurn)(Time));
    static void await(Turn& turn, OutputFlow& flow);

    std::chrono::steady_clock::time_point m_nowEnds;
    Turn m_soon;
    Turn m_frame;
};

} // namespace tintype
