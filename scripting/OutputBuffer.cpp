// What running code prints, gathered between its threads and the window, and bounded.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputBuffer.h"

#include <algorithm>
#include <utility>

namespace tintype {

namespace {

constexpr std::size_t PIECE = 8 << 10;

/// The largest length up to `wanted` that does not cut a UTF-8 character.
std::size_t wholeCharacters(const std::string& text, std::size_t from, std::size_t wanted) {
    std::size_t end = std::min(text.size(), from + wanted);
    if (end == text.size())
        return end - from;
    while (end > from && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    return end - from;
}

} // namespace

void OutputBuffer::append(OutputStream stream, const std::string& text) {
    if (text.empty())
        return;
    bool wasEmpty = false;
    {
        std::lock_guard lock(m_mutex);
        wasEmpty = m_items.empty();
        addPieces(stream, text);
    }
    if (wasEmpty)
        wake();
}

void OutputBuffer::addPieces(OutputStream stream, const std::string& text) {
    for (std::size_t from = 0; from < text.size();) {
        const bool joins = !m_items.empty() && !m_items.back().event && m_items.back().stream == stream &&
                           m_items.back().text.size() < PIECE;
        if (!joins) {
            m_items.push_back({stream, {}, {}});
            m_bytes += sizeof(Item);
        }
        const std::size_t length = wholeCharacters(text, from, PIECE);
        m_items.back().text.append(text, from, length);
        m_bytes += length;
        from += length;
        if (m_bytes > LIMIT)
            dropOldest();
    }
}

void OutputBuffer::post(Event event) {
    {
        std::lock_guard lock(m_mutex);
        m_items.push_back({OutputStream::Out, {}, std::move(event)});
        ++m_events;
    }
    wake();
}

void OutputBuffer::dropOldest() {
    while (m_bytes > LIMIT) {
        const auto oldest = std::find_if(m_items.begin(), m_items.end(), [](const Item& item) { return !item.event; });
        const std::string& text = oldest->text;
        m_bytes -= text.size() + sizeof(Item);
        m_linesLeftOut += std::count(text.begin(), text.end(), '\n');
        const std::size_t lineEnd = text.rfind('\n');
        m_bytesLeftOut = lineEnd == std::string::npos ? m_bytesLeftOut + text.size() : text.size() - lineEnd - 1;
        m_items.erase(oldest);
    }
}

std::vector<OutputBuffer::Item> OutputBuffer::take(std::size_t bytes, Upto upto) {
    std::vector<Item> taken;
    std::lock_guard lock(m_mutex);
    for (std::size_t size = 0; !m_items.empty() && size < bytes && (upto == Upto::End || m_events > 0);) {
        Item item = std::move(m_items.front());
        m_items.pop_front();
        size += sizeof(Item) + item.text.size();
        if (item.event) {
            --m_events;
            taken.push_back(std::move(item));
        } else {
            m_bytes -= sizeof(Item) + item.text.size();
            takeText(std::move(item), taken);
        }
    }
    return taken;
}

void OutputBuffer::takeText(Item item, std::vector<Item>& taken) {
    // The short rest of a line means nothing; of a line without an end, the rest is all there is.
    const std::size_t lineEnd = item.text.find('\n');
    if (m_bytesLeftOut > 0 && lineEnd != std::string::npos) {
        item.text.erase(0, lineEnd + 1);
        m_bytesLeftOut = 0;
        ++m_linesLeftOut;
    }
    if (m_linesLeftOut > 0 || m_bytesLeftOut > 0) {
        taken.push_back({OutputStream::Error, (m_lineIsOpen ? "\n" : "") + leftOutText(), {}});
        m_lineIsOpen = false;
    }
    if (item.text.empty())
        return;
    m_lineIsOpen = item.text.back() != '\n';
    taken.push_back(std::move(item));
}

std::string OutputBuffer::leftOutText() {
    const std::size_t lines = std::exchange(m_linesLeftOut, 0);
    const std::size_t bytes = std::exchange(m_bytesLeftOut, 0);
    std::string what;
    if (lines > 0)
        what = std::to_string(lines) + (lines == 1 ? " line" : " lines");
    if (bytes > 0)
        what += (lines > 0 ? " and " : "") + std::to_string(bytes) + " bytes of a line";
    return "[… " + what + " left out]\n";
}

bool OutputBuffer::isEmpty() const {
    std::lock_guard lock(m_mutex);
    return m_items.empty();
}

void OutputBuffer::setWake(std::function<void()> wake) {
    std::lock_guard lock(m_wakeMutex);
    m_wake = std::move(wake);
}

void OutputBuffer::wake() {
    std::lock_guard lock(m_wakeMutex);
    if (m_wake)
        m_wake();
}

} // namespace tintype
