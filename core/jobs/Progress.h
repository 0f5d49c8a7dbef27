// How far some work has come, and how long it will still take.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tintype {

/// Problem: work does not go on evenly, and a time left that jumps about is worse than none. The estimate follows the
/// pace since the work began, smoothed over about a second, and counts down between reports. It asks no clock: callers
/// say how many seconds the work has run. Not for several threads at once.
class Progress {
public:
    /// A fraction from 0 to 1; negative when nobody knows. A smaller one than before begins a new estimate.
    void report(double fraction, double seconds);

    /// Negative while unknown.
    double fraction() const { return m_fraction; }
    /// Negative while unknown: before the first report and in the first half second after it.
    double secondsLeft(double seconds) const;

private:
    double m_fraction = -1;
    double m_fractionAtStart = 0;
    double m_secondsAtStart = 0;
    double m_secondsAtReport = 0;
    double m_end = -1; ///< when the work will be done, in the caller's seconds; negative while unknown
};

} // namespace tintype
