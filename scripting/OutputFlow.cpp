// Brings what running code prints to the window, piece by piece, so that the window stays quick.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputFlow.h"

#include <QPointer>

namespace tintype {

namespace {

using Clock = std::chrono::steady_clock;

/// What a text view takes in well within a turn; the clock is looked at in between.
constexpr std::size_t BYTES_AT_ONCE = 8 << 10;

} // namespace

OutputFlow::OutputFlow(OutputPace& pace, Show show, QObject* parent)
    : QObject(parent), m_pace(pace), m_show(std::move(show)), m_buffer(std::make_shared<OutputBuffer>()),
      m_wakeup([this] { showNow(); }) {
    m_buffer->setWake([this] { m_wakeup.post(); });
}

OutputFlow::~OutputFlow() {
    m_buffer->setWake(nullptr);
}

OutputSink OutputFlow::sink() const {
    return [buffer = m_buffer](OutputStream stream, const std::string& text) { buffer->append(stream, text); };
}

void OutputFlow::showNow() {
    if (m_awaitsSoon)
        return;
    if (m_pace.mayShowNow())
        return showSoon(OutputPace::WORK);
    m_awaitsSoon = true;
    m_pace.awaitSoon(*this);
}

void OutputFlow::showSoon(OutputPace::Time allowed) {
    m_awaitsSoon = false;
    const auto upto = m_awaitsFrame ? OutputBuffer::Upto::LastEvent : OutputBuffer::Upto::End;
    // Before the events, which may destroy this object.
    awaitFrame();
    deliver(upto, allowed);
}

void OutputFlow::showFrame(OutputPace::Time allowed) {
    m_awaitsFrame = false;
    if (m_buffer->isEmpty())
        return;
    awaitFrame();
    deliver(OutputBuffer::Upto::End, allowed);
}

void OutputFlow::awaitFrame() {
    if (!std::exchange(m_awaitsFrame, true))
        m_pace.awaitFrame(*this);
}

void OutputFlow::deliver(OutputBuffer::Upto upto, OutputPace::Time allowed) {
    const QPointer<OutputFlow> self(this);
    const Clock::time_point end = Clock::now() + allowed;
    do {
        const std::vector<OutputBuffer::Item> items = m_buffer->take(BYTES_AT_ONCE, upto);
        if (items.empty())
            return;
        for (const OutputBuffer::Item& item : items) {
            if (item.event)
                item.event();
            else
                m_show(QString::fromStdString(item.text), item.stream == OutputStream::Error);
            if (!self)
                return;
        }
    } while (Clock::now() < end);
}

} // namespace tintype
