// The last rows of many, for filters that go down a picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <memory>

namespace tintype {

/// Room for some rows of numbers, which are not set; a row takes the place of the one so many rows before.
template <typename T>
class Rows {
public:
    Rows(int rows, int count) : m_rows(rows), m_count(count), m_memory(new T[std::size_t(rows) * std::size_t(count)]) {}
    T* row(int index) { return m_memory.get() + std::size_t(index % m_rows) * std::size_t(m_count); }

private:
    int m_rows;
    int m_count;
    std::unique_ptr<T[]> m_memory;
};

/// The largest p for which 2^p is not more than the length.
inline int powerIn(int length) {
    return int(std::bit_width(unsigned(length))) - 1;
}

} // namespace tintype
