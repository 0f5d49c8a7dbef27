// Says above the canvas which script holds Python, or does not end although it was stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Stall.h"

#include <QList>
#include <QTimer>
#include <QWidget>

class QVBoxLayout;

namespace tintype {

/// One row for each; a row vanishes by itself when its script goes on or has ended.
class StallBar : public QWidget {
    Q_OBJECT
public:
    explicit StallBar(QWidget* parent = nullptr);

    void showStalls(const QList<Stall>& stalls);

Q_SIGNALS:
    /// The person wants it ended: for the first time, or once more.
    void stopWanted(quint64 jobId);
    void stopAgainWanted(quint64 jobId);

private:
    class Row;
    QList<Row*> rows() const;
    void refresh();

    QVBoxLayout* m_layout;
    QTimer m_seconds;
};

/// "holds Python for 12 s": what a list of jobs says of it.
QString shortText(const Stall& stall);

} // namespace tintype
