// Says above the canvas which script holds Python, or does not end although it was stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Stall.h"

#include <QList>
#include <QTimer>
#include <QWidget>

#include <functional>
#include <optional>
#include <utility>

class QVBoxLayout;

namespace tintype {

/// One row for each; a row vanishes by itself when its script goes on or has ended.
class StallBar : public QWidget {
    Q_OBJECT
public:
    explicit StallBar(QWidget* parent = nullptr);

    /// Answers for the script of a job whether it is always run in its own process, and nothing for other code; without it,
    /// and for other code, that choice is not offered.
    using OwnProcessChoice = std::function<std::optional<bool>(quint64 jobId)>;
    void setOwnProcessChoice(OwnProcessChoice choice) { m_ownProcess = std::move(choice); }
    void showStalls(const QList<Stall>& stalls);

Q_SIGNALS:
    /// The person wants it ended: for the first time, or once more.
    void stopWanted(quint64 jobId);
    void stopAgainWanted(quint64 jobId);
    /// The script is to be run in its own process from the next time on, or not any more.
    void ownProcessWanted(quint64 jobId, bool wanted);

private:
    class Row;
    QList<Row*> rows() const;
    Row* addRow(const Stall& stall);
    void refresh();

    QVBoxLayout* m_layout;
    QTimer m_seconds;
    OwnProcessChoice m_ownProcess;
};

/// "holds Python for 12 s": what a list of jobs says of it.
QString shortText(const Stall& stall);

} // namespace tintype
