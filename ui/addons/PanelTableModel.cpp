// The rows of a table in an add-on's panel, written as text when they are seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelTableModel.h"

#include "core/jobs/JobQueue.h"
#include "ui/GuiQueue.h"

#include <algorithm>
#include <limits>

namespace tintype {

PanelTableModel::PanelTableModel(JobQueue& jobs, GuiQueue& queue, QObject* parent)
    : QAbstractTableModel(parent), m_jobs(jobs), m_post(queue.posterFor(this)) {}

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
    endResetModel();
    sort(m_column, m_direction);
}

int PanelTableModel::rowCount(const QModelIndex& parent) const {
    // Qt counts rows as int.
    return parent.isValid() || !m_table ? 0 : int(std::min<std::size_t>(m_table->rows(), std::numeric_limits<int>::max()));
}

int PanelTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_table ? 0 : int(m_table->columns().size());
}

QVariant PanelTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || !m_table)
        return {};
    const std::size_t column = std::size_t(index.column());
    if (role == Qt::DisplayRole)
        return QString::fromStdString(m_table->text(rowOf(index.row()), column));
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
    const QString name = QString::fromStdString(column.name);
    return column.unit.empty() ? name : tr("%1 (%2)").arg(name, QString::fromStdString(column.unit));
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

void PanelTableModel::setOrder(Order order) {
    if (!order && !m_order)
        return;
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    m_order = std::move(order);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

} // namespace tintype
