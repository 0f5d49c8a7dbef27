// The panel with the undo history; a click on an edit goes there.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListView;

namespace tintype {

class HistoryModel;

class HistoryPanel : public QWidget {
    Q_OBJECT
public:
    explicit HistoryPanel(HistoryModel& history, QWidget* parent = nullptr);

    QSize sizeHint() const override;

Q_SIGNALS:
    void goToWanted(quint64 editId);

private:
    void choose(const QModelIndex& index);
    void showCurrent();

    HistoryModel& m_history;
    QListView* m_view;
};

} // namespace tintype
