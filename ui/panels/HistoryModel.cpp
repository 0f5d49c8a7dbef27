// The undo history as a list: where it began, the edits that are done, then those that were undone.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/HistoryModel.h"

#include "ui/DocumentModel.h"

#include <QApplication>
#include <QPalette>

namespace tintype {

HistoryModel::HistoryModel(DocumentModel& document, QObject* parent) : QAbstractListModel(parent), m_document(document) {
    connect(&document, &DocumentModel::changed, this, &HistoryModel::follow);
    follow();
}

int HistoryModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(m_history.edits.size()) + 1;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    if (index.row() == 0) {
        if (role == Qt::DisplayRole)
            return m_history.earlier ? tr("%n earlier edits", nullptr, int(m_history.earlier)) : tr("Start");
        return role == Qt::ForegroundRole && m_history.earlier ? QVariant(QApplication::palette().brush(QPalette::Disabled, QPalette::Text)) : QVariant();
    }
    const EditInfo& edit = m_history.edits[index.row() - 1];
    const bool isUndone = index.row() > int(m_history.done);
    switch (role) {
    case Qt::DisplayRole: return QString::fromStdString(edit.title);
    case Qt::ToolTipRole: return QString::fromStdString(edit.pythonLine);
    case Qt::AccessibleDescriptionRole: return isUndone ? tr("undone") : tr("done");
    case Qt::ForegroundRole:
        return isUndone ? QVariant(QApplication::palette().brush(QPalette::Disabled, QPalette::Text)) : QVariant();
    default: return {};
    }
}

QModelIndex HistoryModel::currentIndex() const {
    return index(int(m_history.done));
}

std::uint64_t HistoryModel::editAt(const QModelIndex& index) const {
    return index.row() == 0 ? 0 : m_history.edits[index.row() - 1].id;
}

bool HistoryModel::canGoTo(const QModelIndex& index) const {
    return index.isValid() && (index.row() > 0 || m_history.earlier == 0);
}

QString HistoryModel::nextUndo() const {
    return m_history.done ? QString::fromStdString(m_history.edits[m_history.done - 1].title) : QString();
}

QString HistoryModel::nextRedo() const {
    return m_history.done < m_history.edits.size() ? QString::fromStdString(m_history.edits[m_history.done].title)
                                                   : QString();
}

void HistoryModel::follow() {
    beginResetModel();
    m_history = m_document.document().history(MOST_EDITS);
    endResetModel();
    Q_EMIT followed();
}

} // namespace tintype
