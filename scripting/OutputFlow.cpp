// Brings what running code prints to the window, piece by piece, so that the window stays quick.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputFlow.h"

#include <QPointer>

namespace tintype {

namespace {

constexpr int FRAME_MS = 16;
/// About as much as a text view takes in well within a frame.
constexpr std::size_t BYTES_A_FRAME = 32 << 10;

} // namespace

OutputFlow::OutputFlow(Show show, QObject* parent)
    : QObject(parent), m_show(std::move(show)), m_buffer(std::make_shared<OutputBuffer>()) {
    m_frame.setSingleShot(true);
    connect(&m_frame, &QTimer::timeout, this, &OutputFlow::deliver);
    m_buffer->setWake([this] { QMetaObject::invokeMethod(this, &OutputFlow::wake, Qt::QueuedConnection); });
}

OutputFlow::~OutputFlow() {
    m_buffer->setWake(nullptr);
}

OutputSink OutputFlow::sink() const {
    return [buffer = m_buffer](OutputStream stream, const std::string& text) { buffer->append(stream, text); };
}

void OutputFlow::wake() {
    if (!m_frame.isActive())
        deliver();
}

void OutputFlow::deliver() {
    // Before the events, which may destroy this object, and since what comes meanwhile does not wake an active timer.
    m_frame.start(FRAME_MS);
    const QPointer<OutputFlow> self(this);
    std::vector<OutputBuffer::Item> items = m_buffer->take(BYTES_A_FRAME);
    if (items.empty()) {
        m_frame.stop();
        return;
    }
    for (const OutputBuffer::Item& item : items) {
        if (item.event)
            item.event();
        else
            m_show(QString::fromStdString(item.text), item.stream == OutputStream::Error);
        if (!self)
            return;
    }
}

} // namespace tintype
