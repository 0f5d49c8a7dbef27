// Owns a file descriptor.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <unistd.h>

#include <utility>

namespace tintype {

class FileHandle {
public:
    FileHandle() = default;
    explicit FileHandle(int number) : m_number(number) {}
    FileHandle(FileHandle&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
    FileHandle& operator=(FileHandle&& other) noexcept {
        std::swap(m_number, other.m_number);
        return *this;
    }
    ~FileHandle() { close(); }

    explicit operator bool() const { return m_number >= 0; }
    int number() const { return m_number; }
    void close() {
        if (m_number >= 0)
            ::close(std::exchange(m_number, -1));
    }

private:
    int m_number = -1;
};

} // namespace tintype
