// The rows of a table in an add-on's panel, written as text when they are seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelTableModel.h"

#include "core/jobs/JobQueue.h"
#include "ui/GuiQueue.h"

#include <algorithm>

namespace tintype {

namespace {

/// Of a cell. Qt measures all of a text to show its beginning.
constexpr std::size_t MOST_BYTES_IN_SIGHT = 400;
constexpr int ROWS_AT_ONCE = 50'000;

QString inSight(const std::string& text) {
    return QString::fromUtf8(text.data(), qsizetype(std::min(text.size(), MOST_BYTES_IN_SIGHT)));
}

int rowsOf(const PanelTablePtr& table) {
    return table ? int(std::min<std::size_t>(table->rows(), PanelTableModel::MOST_ROWS)) : 0;
}

/// The name and the unit.
std::string headingOf(const PanelTable::Column& column) {
    return column.unit.empty() ? column.name : column.name + " (" + column.unit + ")";
}

} // namespace

PanelTableModel::PanelTableModel(JobQueue& jobs, GuiQueue& queue, QObject* parent)
    : QAbstractTableModel(parent), m_jobs(jobs), m_post(queue.posterFor(this)) {
    m_growth.setInterval(0);
    connect(&m_growth, &QTimer::timeout, this, &PanelTableModel::grow);
}

void PanelTableModel::setTable(PanelTablePtr table) {
    const auto isLike = [](const PanelTable::Column& a, const PanelTable::Column& b) { return a.name == b.name && a.unit == b.unit; };
    // Anew, the view would measure out each of a million rows.
    if (m_table && table && m_table->rows() == table->rows() && std::ranges::equal(m_table->columns(), table->columns(), isLike)) {
        m_table = std::move(table);
        if (rowCount() > 0 && columnCount() > 0)
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        sort(m_column, m_direction);
        return;
    }
    beginResetModel();
    m_table = std::move(table);
    m_order.reset();
    m_rows = std::min(rowsOf(m_table), ROWS_AT_ONCE);
    endResetModel();
    m_growth.start();
    sort(m_column, m_direction);
}

void PanelTableModel::grow() {
    const int left = rowsOf(m_table) - m_rows;
    if (left <= 0) {
        m_growth.stop();
        return;
    }
    const int more = std::min(left, ROWS_AT_ONCE);
    beginInsertRows({}, m_rows, m_rows + more - 1);
    m_rows += more;
    endInsertRows();
}

int PanelTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_rows;
}

int PanelTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_table ? 0 : int(m_table->columns().size());
}

QVariant PanelTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_table)
        return {};
    const std::size_t column = std::size_t(index.column());
    if (role == Qt::DisplayRole)
        return inSight(m_table->text(rowOf(index.row()), column));
    if (role == Qt::TextAlignmentRole && m_table->columns()[column].isNumber())
        return int(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

QVariant PanelTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (role != Qt::DisplayRole || !m_table)
        return {};
    if (orientation == Qt::Vertical)
        return qulonglong(rowOf(section));
    const PanelTable::Column& column = m_table->columns()[std::size_t(section)];
    return inSight(headingOf(column));
}

void PanelTableModel::sort(int column, Qt::SortOrder order) {
    m_column = column;
    m_direction = order;
    const std::uint64_t wish = ++m_sorting;
    if (!m_table || column < 0 || column >= columnCount()) {
        setOrder(nullptr);
        return;
    }
    m_jobs.submit(tr("Sorting a table").toStdString(),
                  [this, wish, table = m_table, column, order, post = m_post](Job&) {
                      const auto sorted = std::make_shared<const std::vector<std::uint32_t>>(
                          table->order(std::size_t(column), order == Qt::DescendingOrder));
                      post([this, wish, sorted] {
                          if (wish == m_sorting)
                              setOrder(sorted);
                      });
                  });
}

void PanelTableModel::write(std::vector<std::pair<int, int>> rows, std::function<void(const QString&)> done) const {
    if (!m_table)
        return;
    m_jobs.submit(tr("Copying rows").toStdString(),
                  [table = m_table, order = m_order, rows = std::move(rows), done = std::move(done), post = m_post](Job& job) {
        const std::vector<PanelTable::Column>& columns = table->columns();
        QString text;
        const auto add = [&](const std::string& cell, std::size_t column) {
            text += QString::fromStdString(cell) + (column + 1 == columns.size() ? u'\n' : u'\t');
        };
        for (std::size_t column = 0; column < columns.size(); ++column)
            add(headingOf(columns[column]), column);
        for (const auto& [first, last] : rows)
            for (auto row = std::size_t(first); row <= std::size_t(last); ++row) {
                job.token().check();
                for (std::size_t column = 0; column < columns.size(); ++column)
                    add(table->text(order ? (*order)[row] : row, column), column);
            }
        text.chop(1);
        post([done, text] { done(text); });
    });
}

void PanelTableModel::setOrder(Order order) {
    if (!order && !m_order)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    m_order = std::move(order);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace tintype
