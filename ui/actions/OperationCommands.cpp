// Applies operations to the active image, and edits its steps, on jobs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/OperationCommands.h"

#include "core/Workbench.h"
#include "core/document/Commands.h"
#include "core/recipe/StepEdit.h"
#include "ui/DocumentModel.h"

#include <algorithm>

namespace tintype {

namespace {

bool needsValues(const Operation& operation) {
    const ParameterInfo* image = operation.firstImage();
    return std::any_of(operation.inputs.begin(), operation.inputs.end(), [&](const ParameterInfo& info) {
        return &info != image && (info.required || (!info.hidden && !info.output));
    });
}

std::string titleOf(const SeenStep& step, const OperationCatalog& catalog) {
    const Operation* operation = catalog.find(step.node->operation());
    return operation ? operation->title : step.node->operation();
}

/// The reason as a sentence.
QString sentence(const std::string& reason) {
    const QString text = QString::fromStdString(reason);
    return text.isEmpty() ? text : text.left(1).toUpper() + text.mid(1) + QLatin1Char('.');
}

} // namespace

OperationCommands::OperationCommands(Workbench& workbench, DocumentModel& document, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_document(document) {}

void OperationCommands::choose(const Operation& operation) {
    if (operation.imageOutput() && !needsValues(operation))
        apply(operation, {});
    else
        Q_EMIT formWanted(&operation);
}

void OperationCommands::chooseById(const QString& id) {
    if (const Operation* operation = m_workbench.catalog.find(id.toStdString()))
        choose(*operation);
}

void OperationCommands::apply(const Operation& operation, const Parameters& given) {
    const std::string active = m_document.state().active();
    if (active.empty() && operation.firstImage()) {
        Q_EMIT refused(tr("%1 needs an image; open one first.").arg(QString::fromStdString(operation.title)));
        return;
    }
    const JobPtr job =
        m_workbench.jobs.submit(operation.title, [&workbench = m_workbench, &operation, given, active](Job& job) {
            const EvaluationWatch watch{job.token(), [&job](double fraction) { job.setProgress(fraction); }};
            applyOperation(workbench, operation, given, active, 0, watch);
        });
    m_jobs.insert(job->id());
}

void OperationCommands::chooseStep(const SeenStep& step) {
    const QString reason = sentence(whyNotEdited(*step.node, m_workbench.catalog));
    if (reason.isEmpty())
        Q_EMIT stepFormWanted(step);
    else
        Q_EMIT refused(reason);
}

void OperationCommands::edit(const SeenStep& step, const Parameters& changes) {
    const JobPtr job = m_workbench.jobs.submit(
        "Edit " + titleOf(step, m_workbench.catalog), [&workbench = m_workbench, step, changes](Job& job) {
            editStep(workbench, step, changes, 0, {job.token(), [&job](double fraction) { job.setProgress(fraction); }});
        });
    m_jobs.insert(job->id());
}

void OperationCommands::remove(const SeenStep& step) {
    const QString reason = sentence(whyNotRemoved(*step.node, m_workbench.catalog));
    if (!reason.isEmpty()) {
        Q_EMIT refused(reason);
        return;
    }
    m_workbench.jobs.submit("Remove " + titleOf(step, m_workbench.catalog), [&workbench = m_workbench, step](Job& job) {
        removeStep(workbench, step, 0, {job.token(), [&job](double fraction) { job.setProgress(fraction); }});
    });
}

} // namespace tintype
