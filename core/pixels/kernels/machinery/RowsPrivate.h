// The last rows of many, for filters that go down a picture.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <bit>
#include <cstddef>
#include <memory>
#include <new>

namespace tintype {

/// Room for some rows of numbers, which are not set; a row takes the place of the one so many rows before.
template <typename T>
class Rows {
public:
    Rows(int rows, int count)
        : m_rows(rows), m_stride((std::size_t(count) * sizeof(T) + LINE - 1) / LINE * LINE / sizeof(T)),
          m_memory(static_cast<T*>(::operator new[](std::size_t(rows) * m_stride * sizeof(T), std::align_val_t(LINE)))) {}
    T* row(int index) { return m_memory.get() + std::size_t(index % m_rows) * m_stride; }

private:
    /// Of the cache; registers that lie across two of them are read in two goes.
    static constexpr std::size_t LINE = 64;

    struct Delete {
        void operator()(T* memory) const { ::operator delete[](memory, std::align_val_t(LINE)); }
    };

    int m_rows;
    std::size_t m_stride;
    std::unique_ptr<T[], Delete> m_memory;
};

/// The largest p for which 2^p is not more than the length.
inline int powerIn(int length) {
    return int(std::bit_width(unsigned(length))) - 1;
}

} // namespace tintype
