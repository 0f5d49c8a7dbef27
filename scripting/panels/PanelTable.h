// A table in a panel: columns that stay where Python has them, written as text when they are looked at.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tintype {

/// Problem: a table may have a million rows, and a panel shows twenty. So nothing is copied or written as text before it is
/// seen: a column is where its numpy array is, whose memory `keeps` holds.
///
/// Any thread, without the GIL. Code that changes the array afterwards changes what is read here; it cannot make it shorter.
class PanelTable {
public:
    enum class Kind { Boolean, Signed, Unsigned, Real, Wide, Texts };

    struct Column {
        std::string name;
        std::string unit;
        Kind kind = Kind::Real;
        std::size_t itemSize = 0; ///< bytes; of Wide four for each letter
        const char* data = nullptr;
        std::ptrdiff_t stride = 0;
        std::vector<std::string> texts; ///< of Texts
        std::shared_ptr<void> keeps;

        bool isNumber() const { return kind == Kind::Signed || kind == Kind::Unsigned || kind == Kind::Real; }
    };

    PanelTable(std::vector<Column> columns, std::size_t rows) : m_columns(std::move(columns)), m_rows(rows) {}

    std::size_t rows() const { return m_rows; }
    const std::vector<Column>& columns() const { return m_columns; }
    std::string text(std::size_t row, std::size_t column) const;
    /// The rows in the order of a column: not numbers last, texts by their letters. Takes as long as sorting takes.
    std::vector<std::uint32_t> order(std::size_t column, bool isDescending) const;

private:
    double number(std::size_t row, const Column& column) const;

    const std::vector<Column> m_columns;
    const std::size_t m_rows;
};

using PanelTablePtr = std::shared_ptr<const PanelTable>;

} // namespace tintype
