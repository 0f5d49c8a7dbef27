// A table in an add-on's panel.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelTableView.h"

#include "ui/addons/PanelTableModel.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>

namespace tintype {

namespace {

constexpr int ROWS_IN_SIGHT = 8;
constexpr int ROWS_TO_MEASURE = 30; ///< for the width of a column
constexpr int COLUMNS_TO_MEASURE = 50; ///< others are as wide as Qt makes them
constexpr int MOST_COPIED = 1'000'000;

} // namespace

PanelTableView::PanelTableView(JobQueue& jobs, GuiQueue& queue, QWidget* parent)
    : QTableView(parent), m_rows(new PanelTableModel(jobs, queue, this)) {
    setModel(m_rows);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setWordWrap(false);
    setShowGrid(false);
    setHorizontalScrollMode(ScrollPerPixel);
    setMinimumWidth(60);
    const int height = fontMetrics().height() + 4;
    // Measuring each row would be a million measurements.
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(height);
    verticalHeader()->setDefaultSectionSize(height);
    horizontalHeader()->setResizeContentsPrecision(ROWS_TO_MEASURE);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsClickable(true);
    connect(horizontalHeader(), &QHeaderView::sectionClicked, this, &PanelTableView::chooseOrder);
}

void PanelTableView::setTable(PanelTablePtr table) {
    const auto namesOf = [this] {
        QStringList names;
        for (int column = 0; column < m_rows->columnCount(); ++column)
            names << m_rows->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        return names;
    };
    const QStringList before = namesOf();
    m_rows->setTable(std::move(table));
    // Where the columns are the same, a person may have made them wider.
    if (namesOf() == before)
        return;
    for (int column = 0; column < std::min(m_rows->columnCount(), COLUMNS_TO_MEASURE); ++column)
        resizeColumnToContents(column);
}

QSize PanelTableView::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 40, verticalHeader()->defaultSectionSize() * (ROWS_IN_SIGHT + 2)};
}

void PanelTableView::chooseOrder(int column) {
    QHeaderView& header = *horizontalHeader();
    const bool isSorted = header.isSortIndicatorShown() && header.sortIndicatorSection() == column;
    if (isSorted && header.sortIndicatorOrder() == Qt::DescendingOrder) {
        header.setSortIndicatorShown(false);
        m_rows->sort(-1, Qt::AscendingOrder);
        return;
    }
    const Qt::SortOrder order = isSorted ? Qt::DescendingOrder : Qt::AscendingOrder;
    header.setSortIndicatorShown(true);
    header.setSortIndicator(column, order);
    m_rows->sort(column, order);
}

void PanelTableView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        copy();
        event->accept();
    } else {
        QTableView::keyPressEvent(event);
    }
}

void PanelTableView::copy() const {
    std::vector<std::pair<int, int>> rows;
    int left = MOST_COPIED;
    for (const QItemSelectionRange& range : selectionModel()->selection()) {
        const int last = std::min(range.bottom(), range.top() + left - 1);
        if (last < range.top())
            break;
        rows.emplace_back(range.top(), last);
        left -= last - range.top() + 1;
    }
    if (!rows.empty())
        m_rows->write(std::move(rows), [](const QString& text) { QGuiApplication::clipboard()->setText(text); });
}

} // namespace tintype
