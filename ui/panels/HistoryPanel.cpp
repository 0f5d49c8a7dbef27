// The panel with the undo history; a click on an edit goes there.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/HistoryPanel.h"

#include "ui/panels/HistoryModel.h"

#include <QListView>
#include <QVBoxLayout>

namespace tintype {

HistoryPanel::HistoryPanel(HistoryModel& history, QWidget* parent)
    : QWidget(parent), m_history(history), m_view(new QListView(this)) {
    m_view->setObjectName(QStringLiteral("historyList"));
    m_view->setAccessibleName(tr("History"));
    m_view->setModel(&m_history);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setSpacing(2);
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    connect(m_view, &QListView::clicked, this, &HistoryPanel::choose);
    connect(m_view, &QListView::activated, this, &HistoryPanel::choose);
    connect(&m_history, &HistoryModel::followed, this, &HistoryPanel::showCurrent);
    showCurrent();
}

QSize HistoryPanel::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 34, fontMetrics().height() * 12};
}

void HistoryPanel::choose(const QModelIndex& index) {
    if (m_history.canGoTo(index) && index != m_history.currentIndex())
        Q_EMIT goToWanted(m_history.editAt(index));
    else
        showCurrent();
}

void HistoryPanel::showCurrent() {
    const QModelIndex current = m_history.currentIndex();
    m_view->setCurrentIndex(current);
    m_view->scrollTo(current);
}

} // namespace tintype
