// The rows of a table in an add-on's panel, written as text when they are seen.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/panels/PanelTable.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace tintype {

class GuiQueue;
class JobQueue;

/// A million rows take long to sort, so a job does it, and the rows stay as they are until it has ended. The headers of a view
/// remember the height of each row; so rows come a part at a time, and the window answers between two parts.
class PanelTableModel : public QAbstractTableModel {
    Q_OBJECT
public:
    PanelTableModel(JobQueue& jobs, GuiQueue& queue, QObject* parent = nullptr);

    /// Null empties it.
    void setTable(PanelTablePtr table);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// A column below 0 gives the order of the table itself.
    void sort(int column, Qt::SortOrder order) override;
    /// The headings and these rows, from the first to the last of each pair, as spreadsheets read them; `done` gets the text when
    /// a job has written it.
    void write(std::vector<std::pair<int, int>> rows, std::function<void(const QString& text)> done) const;

    /// Of larger tables the first ones are shown: each time that one is painted Qt adds up the heights of all.
    static constexpr int MOST_ROWS = 4'000'000;

private:
    void grow();
    using Order = std::shared_ptr<const std::vector<std::uint32_t>>;
    void setOrder(Order order);
    std::size_t rowOf(int shown) const { return m_order ? (*m_order)[std::size_t(shown)] : std::size_t(shown); }

    JobQueue& m_jobs;
    std::function<void(std::function<void()>)> m_post;
    PanelTablePtr m_table;
    int m_rows = 0; ///< that are shown by now
    QTimer m_growth;
    Order m_order; ///< null: as they come
    std::uint64_t m_sorting = 0; ///< of the newest wish
    int m_column = -1;
    Qt::SortOrder m_direction = Qt::AscendingOrder;
};

} // namespace tintype
