// The private line between the window and a script's process: messages, with memory attached.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/process/SharedMemory.h"

#include <QJsonObject>

#include <optional>
#include <utility>

namespace tintype {

struct ProcessMessage {
    QJsonObject json;
    SharedMemory pixels; ///< may be empty
};

/// One end of a pair of sockets beside the standard streams, which belong to the script. A message is one packet, so that
/// several threads may send; one that is long travels in shared memory, so that sending never takes long. One thread receives.
class ProcessLink {
public:
    explicit ProcessLink(FileHandle handle) : m_handle(std::move(handle)) {}
    /// Both ends. Throws Error(Internal).
    static std::pair<ProcessLink, FileHandle> makePair();

    int number() const { return m_handle.number(); }
    /// False when the other end is gone. Throws Error(Internal) when memory runs out.
    bool send(const QJsonObject& json, const SharedMemory& pixels = {}) const;
    enum class Wait { No, Yes };
    /// Nothing when no message waits; `isClosed` becomes true when the other end is gone. Throws Error(Internal) for what is
    /// no message.
    std::optional<ProcessMessage> receive(Wait wait, bool& isClosed) const;

private:
    FileHandle m_handle;
};

} // namespace tintype
