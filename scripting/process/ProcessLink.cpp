// The private line between the window and a script's process: messages, with memory attached.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/ProcessLink.h"

#include "core/Error.h"

#include <QJsonDocument>

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

namespace tintype {

namespace {

/// Well below what the system takes for one packet.
constexpr std::size_t LONGEST_PACKET = 32 << 10;
constexpr std::size_t MOST_HANDLES = 2;
/// The first byte of a packet: what the handles are.
constexpr char HAS_PIXELS = 1;
constexpr char IS_IN_MEMORY = 2;

using Control = std::array<char, CMSG_SPACE(MOST_HANDLES * sizeof(int))>;

std::vector<FileHandle> handlesOf(msghdr& message) {
    std::vector<FileHandle> handles;
    for (cmsghdr* part = CMSG_FIRSTHDR(&message); part; part = CMSG_NXTHDR(&message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS)
            continue;
        for (std::size_t i = 0; i < (part->cmsg_len - CMSG_LEN(0)) / sizeof(int); ++i) {
            int number = -1;
            std::memcpy(&number, CMSG_DATA(part) + i * sizeof(int), sizeof number);
            handles.emplace_back(number);
        }
    }
    return handles;
}

ProcessMessage decoded(const QByteArray& packet, std::vector<FileHandle> handles) {
    const char flags = packet.isEmpty() ? char(0) : packet[0];
    if (packet.isEmpty() || handles.size() != std::size_t((flags & HAS_PIXELS) != 0) + ((flags & IS_IN_MEMORY) != 0))
        throw Error(ErrorCode::Internal, "a message between the window and a script's process is damaged");
    ProcessMessage message;
    QByteArray text = packet.mid(1);
    if (flags & IS_IN_MEMORY) {
        const SharedMemory memory(std::move(handles.back()));
        const auto bytes = memory.view(0, memory.size());
        text = QByteArray(static_cast<const char*>(bytes.get()), qsizetype(memory.size()));
    }
    if (flags & HAS_PIXELS)
        message.pixels = SharedMemory(std::move(handles.front()));
    message.json = QJsonDocument::fromJson(text).object();
    return message;
}

} // namespace

std::pair<ProcessLink, FileHandle> ProcessLink::makePair() {
    std::array<int, 2> ends{};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw Error(ErrorCode::Internal, std::string("a process cannot be connected: ") + std::strerror(errno));
    return {ProcessLink(FileHandle(ends[0])), FileHandle(ends[1])};
}

bool ProcessLink::send(const QJsonObject& json, const SharedMemory& pixels) const {
    QByteArray text = QJsonDocument(json).toJson(QJsonDocument::Compact);
    std::vector<int> handles;
    char flags = 0;
    if (!pixels.isEmpty()) {
        flags |= HAS_PIXELS;
        handles.push_back(pixels.handle().number());
    }
    SharedMemory longText;
    if (std::size_t(text.size()) > LONGEST_PACKET) {
        longText.append(text.constData(), std::size_t(text.size()));
        longText.seal();
        flags |= IS_IN_MEMORY;
        handles.push_back(longText.handle().number());
        text.clear();
    }
    text.prepend(flags);
    iovec part{text.data(), std::size_t(text.size())};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(cmsghdr) Control control{};
    if (!handles.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(handles.size() * sizeof(int));
        cmsghdr* const rights = CMSG_FIRSTHDR(&message);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(handles.size() * sizeof(int));
        std::memcpy(CMSG_DATA(rights), handles.data(), handles.size() * sizeof(int));
    }
    for (;;) {
        if (sendmsg(m_handle.number(), &message, MSG_NOSIGNAL) >= 0)
            return true;
        if (errno != EINTR)
            return false;
    }
}

std::optional<ProcessMessage> ProcessLink::receive(Wait wait, bool& isClosed) const {
    QByteArray packet(qsizetype(LONGEST_PACKET) + 1, Qt::Uninitialized);
    iovec part{packet.data(), std::size_t(packet.size())};
    alignas(cmsghdr) Control control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t size = -1;
    do
        size = recvmsg(m_handle.number(), &message, MSG_CMSG_CLOEXEC | (wait == Wait::No ? MSG_DONTWAIT : 0));
    while (size < 0 && errno == EINTR);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return std::nullopt;
    // A packet is never empty.
    isClosed = size <= 0;
    if (isClosed)
        return std::nullopt;
    packet.truncate(size);
    return decoded(packet, handlesOf(message));
}

} // namespace tintype
