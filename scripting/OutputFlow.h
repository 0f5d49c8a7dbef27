// Brings what running code prints to the window, piece by piece, so that the window stays quick.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/OutputBuffer.h"
#include "scripting/OutputPace.h"
#include "scripting/Wakeup.h"

#include <QObject>

#include <memory>

namespace tintype {

/// Lives on the GUI thread. The first text shows at once, more of it once in a frame of the screen. Events run at once,
/// after the text that came before them. The pace must outlive the flow.
class OutputFlow : public QObject {
    Q_OBJECT
public:
    using Show = std::function<void(const QString& text, bool isError)>;

    OutputFlow(OutputPace& pace, Show show, QObject* parent = nullptr);
    /// Nothing is shown and no event runs afterwards; the buffer may still be written to.
    ~OutputFlow() override;

    const std::shared_ptr<OutputBuffer>& buffer() const { return m_buffer; }
    OutputSink sink() const;

    // For the pace: this flow's turn has come.
    void showSoon(OutputPace::Time allowed);
    void showFrame(OutputPace::Time allowed);

private:
    void showNow();
    void deliver(OutputBuffer::Upto upto, OutputPace::Time allowed);
    void awaitFrame();

    OutputPace& m_pace;
    Show m_show;
    std::shared_ptr<OutputBuffer> m_buffer;
    Wakeup m_wakeup;
    bool m_awaitsSoon = false;
    bool m_awaitsFrame = false;
};

} // namespace tintype
