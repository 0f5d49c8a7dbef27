// The core of one running Tintype: catalogue, evaluation, document and jobs, built in their order.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"
#include "core/jobs/JobQueue.h"
#include "core/operations/OperationCatalog.h"
#include "core/pixels/Evaluation.h"

namespace tintype {

/// The composition root makes one for the window; `_tintype` makes one where there is no window.
struct Workbench {
    OperationCatalog catalog;
    Evaluation evaluation{catalog};
    Document document;
    JobQueue jobs;
};

} // namespace tintype
