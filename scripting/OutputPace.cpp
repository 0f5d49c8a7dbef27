// Shares the window's time among all that prints: one frame of the screen, one turn for each.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputPace.h"

#include "scripting/OutputFlow.h"

#include <utility>

namespace tintype {

namespace {
constexpr int FRAME_MS = 16;
}

OutputPace::OutputPace() {
    addTurn(m_soon, 0, &OutputFlow::showSoon);
    addTurn(m_frame, FRAME_MS, &OutputFlow::showFrame);
}

void OutputPace::addTurn(Turn& turn, int milliseconds, void (OutputFlow::*takeTurn)(Time)) {
    turn.timer.setSingleShot(true);
    turn.timer.setInterval(milliseconds);
    connect(&turn.timer, &QTimer::timeout, this, [&turn, takeTurn] {
        const std::vector<QPointer<OutputFlow>> flows = std::exchange(turn.waiting, {});
        const Time share = WORK / std::max<std::size_t>(1, flows.size());
        for (const QPointer<OutputFlow>& flow : flows)
            if (flow)
                ((*flow).*takeTurn)(share);
    });
}

bool OutputPace::mayShowNow() {
    const auto now = std::chrono::steady_clock::now();
    if (!m_soon.timer.isActive()) {
        m_nowEnds = now + WORK;
        m_soon.timer.start();
    }
    return now < m_nowEnds;
}

void OutputPace::await(Turn& turn, OutputFlow& flow) {
    turn.waiting.emplace_back(&flow);
    if (!turn.timer.isActive())
        turn.timer.start();
}

} // namespace tintype
