// Finds the values of single pixels on a thread of its own, always those asked for last.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/display/PixelProbe.h"

#include "core/Error.h"
#include "core/jobs/ThreadPriority.h"

#include <complex>
#include <cstdio>
#include <cstring>
#include <type_traits>

namespace tintype {

namespace {

std::string numberText(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

template <typename T>
std::string valueText(const T& value) {
    if constexpr (std::is_integral_v<T>)
        return std::to_string(value);
    else
        return numberText(value);
}

template <typename T>
std::string valueText(const std::complex<T>& value) {
    return numberText(value.real()) + (value.imag() < 0 ? "" : "+") + numberText(value.imag()) + "i";
}

template <typename T>
std::string bandsText(const PixelBuffer& pixels) {
    std::string text;
    for (int band = 0; band < pixels.shape().bands; ++band) {
        T value;
        std::memcpy(&value, static_cast<const T*>(pixels.data()) + band, sizeof value);
        text += (band ? ", " : "") + valueText(value);
    }
    return text;
}

} // namespace

std::string pixelText(const PixelBuffer& pixels) {
    switch (pixels.shape().format) {
    case PixelFormat::UChar:
        return bandsText<std::uint8_t>(pixels);
    case PixelFormat::Char:
        return bandsText<std::int8_t>(pixels);
    case PixelFormat::UShort:
        return bandsText<std::uint16_t>(pixels);
    case PixelFormat::Short:
        return bandsText<std::int16_t>(pixels);
    case PixelFormat::UInt:
        return bandsText<std::uint32_t>(pixels);
    case PixelFormat::Int:
        return bandsText<std::int32_t>(pixels);
    case PixelFormat::Float:
        return bandsText<float>(pixels);
    case PixelFormat::Double:
        return bandsText<double>(pixels);
    case PixelFormat::Complex:
        return bandsText<std::complex<float>>(pixels);
    case PixelFormat::DPComplex:
        return bandsText<std::complex<double>>(pixels);
    }
    throw Error(ErrorCode::Internal, "Unknown pixel format " + std::to_string(int(pixels.shape().format)));
}

PixelProbe::PixelProbe(const Evaluation& evaluation, Answer answer)
    : m_evaluation(evaluation), m_answer(std::move(answer)), m_thread([this] { run(); }) {}

PixelProbe::~PixelProbe() {
    CancelToken token;
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
        token = m_token;
    }
    token.cancel();
    m_asked.wake();
    m_thread.join();
}

std::uint64_t PixelProbe::ask(Question question) {
    CancelToken stale;
    std::uint64_t ticket = 0;
    bool otherImage = false;
    {
        std::lock_guard lock(m_mutex);
        ticket = ++m_ticket;
        // Work on the same image goes on: what it prepares helps the next position too.
        otherImage = m_current && m_current != question.image;
        stale = m_token;
        m_next = std::move(question);
    }
    if (otherImage)
        stale.cancel();
    m_asked.wake();
    return ticket;
}

void PixelProbe::run() {
    lowerThreadPriority();
    while (true) {
        const int seen = m_asked.count();
        std::optional<Question> question;
        CancelToken token;
        std::uint64_t ticket = 0;
        {
            std::lock_guard lock(m_mutex);
            if (m_stopping)
                return;
            question = std::exchange(m_next, std::nullopt);
            m_current = question ? question->image : Image();
            m_token = token;
            ticket = m_ticket;
        }
        if (question)
            m_answer(ticket, valueAt(*question, token));
        else
            m_asked.waitSince(seen);
    }
}

std::string PixelProbe::valueAt(const Question& question, const CancelToken& token) const {
    for (bool tolerant : {false, true}) {
        try {
            const PixelRect rect{question.x, question.y, 1, 1};
            return pixelText(*m_evaluation.pixels(question.image, rect, {token, {}}, {question.plane, tolerant}));
        } catch (const std::exception&) {
            // A damaged image has values where it decodes; the last failure is told by the empty text.
            if (token.isCancelled() || tolerant)
                break;
        }
    }
    return {};
}

} // namespace tintype
