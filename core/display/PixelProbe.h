// Finds the values of single pixels on a thread of its own, always those asked for last.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/WakeUp.h"
#include "core/pixels/Evaluation.h"

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace tintype {

/// Problem: the value under the cursor may cost a pipeline's work, and the cursor moves faster than that. `ask` never
/// blocks; a position that was not reached before the next one is forgotten. Any thread may ask.
class PixelProbe {
public:
    struct Question {
        Image image;
        int plane = 0;
        int x = 0;
        int y = 0;
    };
    /// Called on the probe's thread; must only hand over. The text is the values with ", " between them; empty when
    /// they cannot be computed, which the view of the image reports.
    using Answer = std::function<void(std::uint64_t ticket, const std::string& text)>;

    PixelProbe(const Evaluation& evaluation, Answer answer);
    ~PixelProbe();

    /// Returns the ticket that comes with the answer. The image must be large enough for the position.
    std::uint64_t ask(Question question);

private:
    void run();
    std::string valueAt(const Question& question, const CancelToken& token) const;

    const Evaluation& m_evaluation;
    const Answer m_answer;
    std::mutex m_mutex;
    WakeUp m_asked;
    bool m_stopping = false;
    std::uint64_t m_ticket = 0;
    std::optional<Question> m_next;
    Image m_current; ///< what the thread is at work on
    CancelToken m_token;
    std::thread m_thread;
};

/// The values of the first pixel, as people read them: "12, 40, 255", "0.25", "1+2i".
std::string pixelText(const PixelBuffer& pixels);

} // namespace tintype
