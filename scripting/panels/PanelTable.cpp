// A table in a panel: columns that stay where Python has them, written as text when they are looked at.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/panels/PanelTable.h"

#include <QString>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

namespace tintype {

namespace {

constexpr int DIGITS = 6;
/// Up to here every whole number has its own double.
constexpr double MOST_WHOLE = 9007199254740992.0;

const char* at(const PanelTable::Column& column, std::size_t row) {
    return column.data + std::ptrdiff_t(row) * column.stride;
}

/// An array's items may lie anywhere.
template <typename T>
T read(const char* from) {
    T value;
    std::memcpy(&value, from, sizeof(T));
    return value;
}

std::int64_t readSigned(const char* from, std::size_t size) {
    switch (size) {
    case 1: return read<std::int8_t>(from);
    case 2: return read<std::int16_t>(from);
    case 4: return read<std::int32_t>(from);
    default: return read<std::int64_t>(from);
    }
}

std::uint64_t readUnsigned(const char* from, std::size_t size) {
    switch (size) {
    case 1: return read<std::uint8_t>(from);
    case 2: return read<std::uint16_t>(from);
    case 4: return read<std::uint32_t>(from);
    default: return read<std::uint64_t>(from);
    }
}

double readReal(const char* from, std::size_t size) {
    return size == 4 ? double(read<float>(from)) : read<double>(from);
}

std::string readWide(const char* from, std::size_t size) {
    std::u32string text(size / 4, U'\0');
    std::memcpy(text.data(), from, text.size() * 4);
    const std::size_t end = text.find(U'\0');
    return QString::fromUcs4(text.data(), qsizetype(end == std::u32string::npos ? text.size() : end)).toStdString();
}

std::string realText(double value) {
    const bool isWhole = std::abs(value) < MOST_WHOLE && value == std::floor(value);
    return (isWhole ? QString::number(value, 'f', 0) : QString::number(value, 'g', DIGITS)).toStdString();
}

} // namespace

std::string PanelTable::text(std::size_t row, std::size_t column) const {
    const Column& of = m_columns[column];
    if (of.kind == Kind::Texts)
        return of.texts[row];
    const char* const from = at(of, row);
    switch (of.kind) {
    case Kind::Boolean: return read<std::uint8_t>(from) ? "yes" : "no";
    case Kind::Signed: return std::to_string(readSigned(from, of.itemSize));
    case Kind::Unsigned: return std::to_string(readUnsigned(from, of.itemSize));
    case Kind::Wide: return readWide(from, of.itemSize);
    default: return realText(readReal(from, of.itemSize));
    }
}

double PanelTable::number(std::size_t row, const Column& column) const {
    const char* const from = at(column, row);
    switch (column.kind) {
    case Kind::Boolean: return read<std::uint8_t>(from);
    case Kind::Signed: return double(readSigned(from, column.itemSize));
    case Kind::Unsigned: return double(readUnsigned(from, column.itemSize));
    default: return readReal(from, column.itemSize);
    }
}

std::vector<std::uint32_t> PanelTable::order(std::size_t column, bool isDescending) const {
    const Column& of = m_columns[column];
    std::vector<std::uint32_t> rows(m_rows);
    std::iota(rows.begin(), rows.end(), 0U);
    const auto sort = [&](const auto& keys, const auto& less) {
        std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) {
            return isDescending ? less(keys[b], keys[a]) : less(keys[a], keys[b]);
        });
    };
    // Copied first: Python may change its arrays, and sorting needs keys that stay.
    if (of.kind == Kind::Texts || of.kind == Kind::Wide) {
        std::vector<std::string> keys(m_rows);
        for (std::size_t row = 0; row < m_rows; ++row)
            keys[row] = text(row, column);
        sort(keys, std::less<>());
        return rows;
    }
    std::vector<double> keys(m_rows);
    for (std::size_t row = 0; row < m_rows; ++row)
        keys[row] = number(row, of);
    const auto numbersEnd = std::stable_partition(rows.begin(), rows.end(), [&](std::uint32_t row) { return !std::isnan(keys[row]); });
    std::stable_sort(rows.begin(), numbersEnd, [&](std::uint32_t a, std::uint32_t b) {
        return isDescending ? keys[b] < keys[a] : keys[a] < keys[b];
    });
    return rows;
}

} // namespace tintype
