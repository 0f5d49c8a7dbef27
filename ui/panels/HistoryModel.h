// The undo history as a list: where it began, the edits that are done, then those that were undone.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"

#include <QAbstractListModel>

namespace tintype {

class DocumentModel;

/// Shows a part of long histories only; the first row says how many edits lie before it.
class HistoryModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr std::size_t MOST_EDITS = 500;

    explicit HistoryModel(DocumentModel& document, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    /// The row of the last edit that is done.
    QModelIndex currentIndex() const;
    /// What Document::goTo takes; the first row of a history that is shown whole is its start, 0.
    std::uint64_t editAt(const QModelIndex& index) const;
    /// False for the row that only counts the edits before.
    bool canGoTo(const QModelIndex& index) const;

    QString nextUndo() const;
    QString nextRedo() const;

Q_SIGNALS:
    void followed();

private:
    void follow();

    DocumentModel& m_document;
    Document::HistoryView m_history;
};

} // namespace tintype
