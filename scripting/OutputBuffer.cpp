// What running code prints, gathered between its threads and the window, and bounded.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/OutputBuffer.h"

#include <algorithm>

namespace tintype {

namespace {

constexpr std::size_t PIECE = 16 << 10;

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
        if (m_bytes > LIMIT)
            dropOldest();
    }
    if (wasEmpty)
        wake();
}

void OutputBuffer::addPieces(OutputStream stream, const std::string& text) {
    // Of a text longer than the limit, all but the end would be dropped at once.
    for (std::size_t from = 0; from < text.size();) {
        const bool joins = !m_items.empty() && !m_items.back().event && m_items.back().stream == stream &&
                           m_items.back().text.size() < PIECE;
        if (!joins)
            m_items.push_back({stream, {}, {}});
        const std::size_t length = wholeCharacters(text, from, PIECE);
        m_items.back().text.append(text, from, length);
        m_bytes += length;
        from += length;
        if (m_bytes > LIMIT)
            dropOldest();
    }
}

void OutputBuffer::post(Event event) {
    bool wasEmpty = false;
    {
        std::lock_guard lock(m_mutex);
        wasEmpty = m_items.empty();
        m_items.push_back({OutputStream::Out, {}, std::move(event)});
    }
    if (wasEmpty)
        wake();
}

void OutputBuffer::dropOldest() {
    while (m_bytes > LIMIT) {
        const auto oldest = std::find_if(m_items.begin(), m_items.end(), [](const Item& item) { return !item.event; });
        m_linesLeftOut += std::count(oldest->text.begin(), oldest->text.end(), '\n');
        m_cutInsideLine = oldest->text.back() != '\n';
        m_bytes -= oldest->text.size();
        m_items.erase(oldest);
    }
}

std::vector<OutputBuffer::Item> OutputBuffer::take(std::size_t bytes) {
    std::vector<Item> taken;
    std::lock_guard lock(m_mutex);
    for (std::size_t size = 0; !m_items.empty() && size < bytes;) {
        Item item = std::move(m_items.front());
        m_items.pop_front();
        if (!item.event) {
            m_bytes -= item.text.size();
            if (m_cutInsideLine) {
                const std::size_t end = item.text.find('\n');
                item.text.erase(0, end == std::string::npos ? end : end + 1);
                m_cutInsideLine = end == std::string::npos;
                m_linesLeftOut += !m_cutInsideLine;
            }
            if (m_linesLeftOut > 0 && !m_cutInsideLine) {
                taken.push_back({OutputStream::Error, (m_lineIsOpen ? "\n[… " : "[… ") + std::to_string(m_linesLeftOut) +
                                                          (m_linesLeftOut == 1 ? " line" : " lines") + " left out]\n", {}});
                m_linesLeftOut = 0;
                m_lineIsOpen = false;
            }
            if (item.text.empty())
                continue;
            size += item.text.size();
            m_lineIsOpen = item.text.back() != '\n';
        }
        taken.push_back(std::move(item));
    }
    return taken;
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
