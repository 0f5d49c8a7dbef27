// How the callbacks of one owner went: how many there were, how long they took, and what failed last.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace tintype {

/// Any thread, with or without the GIL; nothing waits.
class CallRecord {
public:
    static constexpr std::size_t MOST_FAILURES = 20;

    struct Times {
        std::uint64_t calls = 0;
        double total = 0;   ///< seconds
        double longest = 0; ///< seconds
    };
    struct Failure {
        double time = 0; ///< seconds since 1970
        std::string title; ///< "The handler check of image-opened"
        std::string text; ///< with the traceback
    };

    void noteCall(double seconds);
    /// Of these the last MOST_FAILURES are kept.
    void noteFailure(std::string title, std::string text);
    Times times() const;
    /// The oldest one first.
    std::vector<Failure> failures() const;

private:
    mutable std::mutex m_mutex;
    Times m_times;
    std::deque<Failure> m_failures;
};

} // namespace tintype
