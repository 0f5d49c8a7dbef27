// Applies operations to the active image, and edits its steps, on jobs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/StepCommands.h"

#include <QObject>

#include <set>

namespace tintype {

class DocumentModel;
class JobModel;

/// Lives on the GUI thread. An operation that needs no values is applied at once when it is chosen, the others are
/// `formWanted`.
class OperationCommands : public QObject {
    Q_OBJECT
public:
    OperationCommands(Workbench& workbench, DocumentModel& document, QObject* parent = nullptr);

    void choose(const Operation& operation);
    void chooseById(const QString& id);
    void apply(const Operation& operation, const Parameters& given);
    /// `stepFormWanted`, unless the step has nothing to edit.
    void chooseStep(const SeenStep& step);
    void edit(const SeenStep& step, const Parameters& changes);
    void remove(const SeenStep& step);
    /// Forgets the job; true when it was one that applies what a form says.
    bool takeJob(std::uint64_t jobId) { return m_jobs.erase(jobId) > 0; }

Q_SIGNALS:
    void formWanted(const tintype::Operation* operation);
    void stepFormWanted(const tintype::SeenStep& step);
    void refused(const QString& reason);

private:
    Workbench& m_workbench;
    DocumentModel& m_document;
    std::set<std::uint64_t> m_jobs;
};

} // namespace tintype
