// Applies operations to the active image, on jobs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Value.h"

#include <QObject>

#include <set>

namespace tintype {

class DocumentModel;
class JobModel;
struct Operation;
struct Workbench;

/// Lives on the GUI thread. An operation that needs no values is applied at once when it is chosen, the others are
/// `formWanted`.
class OperationCommands : public QObject {
    Q_OBJECT
public:
    OperationCommands(Workbench& workbench, DocumentModel& document, QObject* parent = nullptr);

    void choose(const Operation& operation);
    void chooseById(const QString& id);
    void apply(const Operation& operation, const Parameters& given);
    /// Forgets the job; true when it was one that applies an operation.
    bool takeJob(std::uint64_t jobId) { return m_jobs.erase(jobId) > 0; }

Q_SIGNALS:
    void formWanted(const tintype::Operation* operation);
    void refused(const QString& reason);

private:
    Workbench& m_workbench;
    DocumentModel& m_document;
    std::set<std::uint64_t> m_jobs;
};

} // namespace tintype
