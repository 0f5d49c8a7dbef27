// Finds the values of an operation that measures, on a job.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/ValueFinder.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "core/document/CommandText.h"
#include "core/document/Commands.h"
#include "ui/operations/JobAnswer.h"
#include "ui/operations/OperationValues.h"

namespace tintype {

ValueFinder::ValueFinder(Workbench& workbench, GuiQueue& queue, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_queue(queue) {}

void ValueFinder::find(const Operation& operation, Parameters given, Parameters complete, const DocumentState& state) {
    const std::shared_ptr<Answer> answer =
        answerTo<Answer>(this, m_queue, [this, serial = ++m_serial](const Answer& found) { take(serial, found); });
    m_workbench.jobs.submit(operation.title, [answer, &workbench = m_workbench, &operation, complete = std::move(complete),
                                              given = std::move(given), state](Job& job) {
        try {
            const QString values = findValues(workbench.evaluation, operation, complete, job);
            const std::string line = lineOrComment(operation.title, [&] {
                return operationLine(operation, given, operation.firstImage() ? state.active() : std::string(), state,
                                     workbench.catalog);
            });
            answer->pythonLine = QString::fromStdString(line);
            answer->values = values;
        } catch (const Error& problem) {
            if (problem.code() == ErrorCode::Cancelled)
                throw;
            answer->error = QString::fromUtf8(problem.what());
        } catch (const std::exception& problem) {
            answer->error = QString::fromUtf8(problem.what());
        }
    });
}

void ValueFinder::take(std::uint64_t serial, const Answer& answer) {
    if (!answer.pythonLine.isEmpty())
        Q_EMIT measured(answer.pythonLine);
    if (serial == m_serial)
        Q_EMIT found(answer.values, answer.error);
    else if (!answer.error.isEmpty())
        Q_EMIT failedUnseen(answer.error);
}

} // namespace tintype
