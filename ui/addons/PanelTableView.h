// A table in an add-on's panel.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/panels/PanelTable.h"

#include <QTableView>

namespace tintype {

class GuiQueue;
class JobQueue;
class PanelTableModel;

/// A click on a heading sorts by that column, a second one the other way round, a third one not any more. Ctrl+C copies the
/// chosen rows, as spreadsheets read them.
class PanelTableView : public QTableView {
    Q_OBJECT
public:
    PanelTableView(JobQueue& jobs, GuiQueue& queue, QWidget* parent = nullptr);

    void setTable(PanelTablePtr table);
    QSize sizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void chooseOrder(int column);
    void copy() const;

    PanelTableModel* m_rows;
};

} // namespace tintype
