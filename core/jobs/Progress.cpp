// How far some work has come, and how long it will still take.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/Progress.h"

#include <algorithm>
#include <cmath>

namespace tintype {

namespace {
constexpr double SECONDS_UNTIL_KNOWN = 0.5;
constexpr double SMOOTHING_SECONDS = 1.0;
} // namespace

void Progress::report(double fraction, double seconds) {
    if (!(fraction >= 0)) {
        *this = Progress();
        return;
    }
    fraction = std::min(fraction, 1.0);
    if (m_fraction < 0 || fraction < m_fraction) {
        // A first report may come late, so the work before it counts; a later loop of a script stands for itself.
        const bool isFirst = m_fraction < 0;
        *this = Progress();
        m_fractionAtStart = isFirst ? 0 : fraction;
        m_secondsAtStart = isFirst ? 0 : seconds;
        m_secondsAtReport = m_secondsAtStart;
    }
    m_fraction = fraction;
    const double done = fraction - m_fractionAtStart;
    if (done <= 0 || seconds - m_secondsAtStart < SECONDS_UNTIL_KNOWN)
        return;
    const double end = m_secondsAtStart + (seconds - m_secondsAtStart) * (1 - m_fractionAtStart) / done;
    const double weight = m_end < 0 ? 1 : 1 - std::exp(-(seconds - m_secondsAtReport) / SMOOTHING_SECONDS);
    m_end = m_end < 0 ? end : m_end + weight * (end - m_end);
    m_secondsAtReport = seconds;
}

double Progress::secondsLeft(double seconds) const {
    if (m_fraction >= 1)
        return 0;
    return m_end < 0 ? -1 : std::max(0.0, m_end - seconds);
}

} // namespace tintype
