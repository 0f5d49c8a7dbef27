// Brings what running code prints to the window, piece by piece, so that the window stays quick.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/OutputBuffer.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace tintype {

/// Lives on the GUI thread. The first text shows at once; then at most one piece for each frame of the screen.
class OutputFlow : public QObject {
    Q_OBJECT
public:
    using Show = std::function<void(const QString& text, bool isError)>;

    explicit OutputFlow(Show show, QObject* parent = nullptr);
    /// Nothing is shown and no event runs afterwards; the buffer may still be written to.
    ~OutputFlow() override;

    const std::shared_ptr<OutputBuffer>& buffer() const { return m_buffer; }
    OutputSink sink() const;

private:
    void wake();
    void deliver();

    Show m_show;
    std::shared_ptr<OutputBuffer> m_buffer;
    QTimer m_frame;
};

} // namespace tintype
