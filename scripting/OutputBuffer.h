// What running code prints, gathered between its threads and the window, and bounded.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/ScriptOutput.h"

#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace tintype {

/// Problem: a script can print a million lines in a second, which would fill the memory and drown the window. So the buffer
/// keeps a megabyte at most; what is oldest goes first, and a line says what was left out. Events (a line has started,
/// a script has ended) travel in the same order and are never dropped. Any thread; nothing blocks.
class OutputBuffer {
public:
    using Event = std::function<void()>;
    struct Item {
        OutputStream stream = OutputStream::Out;
        std::string text;
        Event event; ///< instead of text
    };
    /// In bytes; each piece counts a little more than its text, as it costs.
    static constexpr std::size_t LIMIT = 1 << 20;
    enum class Upto { End, LastEvent };

    void append(OutputStream stream, const std::string& text);
    void post(Event event);
    /// The oldest items, up to about so many bytes of text; with LastEvent nothing of what comes after that.
    std::vector<Item> take(std::size_t bytes, Upto upto = Upto::End);
    bool isEmpty() const;

    /// Called on the adding thread for every event, and for text when the buffer stops being empty; must not block. Null
    /// stops it, and waits for a call under way.
    void setWake(std::function<void()> wake);

private:
    void addPieces(OutputStream stream, const std::string& text);
    void dropOldest();
    void takeText(Item item, std::vector<Item>& taken);
    std::string leftOutText();
    void wake();

    mutable std::mutex m_mutex;
    std::deque<Item> m_items;
    std::size_t m_bytes = 0;
    std::size_t m_events = 0;
    std::size_t m_linesLeftOut = 0;
    std::size_t m_bytesLeftOut = 0; ///< of the line that was cut, whose end is still there
    bool m_lineIsOpen = false;    ///< what was taken last did not end its line

    std::mutex m_wakeMutex;
    std::function<void()> m_wake;
};

} // namespace tintype
