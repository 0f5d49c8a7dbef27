// Finds the values of an operation that measures, on a job.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/DocumentState.h"
#include "core/operations/Operation.h"

#include <QObject>

#include <cstdint>

namespace tintype {

class GuiQueue;
struct Workbench;

/// Belongs to the GUI thread. A wish that was overtaken is computed to its end, since it stands in the log.
class ValueFinder : public QObject {
    Q_OBJECT
public:
    ValueFinder(Workbench& workbench, GuiQueue& queue, QObject* parent);

    /// `given` is what the person set, `complete` has the image besides; `state` is for the Python line.
    void find(const Operation& operation, Parameters given, Parameters complete, const DocumentState& state);
    /// What is under way is not `found` any more.
    void drop() { ++m_serial; }

Q_SIGNALS:
    /// What the newest wish has found, or why not; both are empty when it was stopped.
    void found(const QString& values, const QString& error);
    /// By what this Python line does.
    void measured(const QString& pythonLine);
    /// Why values were not found that nobody waits for any more.
    void failedUnseen(const QString& error);

private:
    struct Answer {
        QString values;
        QString error;
        QString pythonLine;
    };
    void take(std::uint64_t serial, const Answer& answer);

    Workbench& m_workbench;
    GuiQueue& m_queue;
    std::uint64_t m_serial = 0;
};

} // namespace tintype
