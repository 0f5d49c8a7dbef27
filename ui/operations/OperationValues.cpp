// The values that an operation finds, as one line for people.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationValues.h"

#include "core/jobs/Job.h"
#include "core/pixels/Evaluation.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace tintype {

QString findValues(const Evaluation& evaluation, const Operation& operation, const Parameters& parameters, Job& job) {
    EvaluationWatch watch;
    watch.token = job.token();
    watch.progress = [&job](double fraction) { job.setProgress(fraction); };
    const NodePtr node = evaluation.apply(operation, parameters, watch);
    QStringList lines;
    for (const ParameterInfo& output : operation.outputs) {
        if (output.isImage() || output.hidden)
            continue;
        const Value value = evaluation.value(NodeOutput{node, output.name}, watch);
        if (!value.isNone())
            lines << u"%1 = %2"_s.arg(QString::fromStdString(output.name), QString::fromStdString(value.toText()));
    }
    // The only value needs no name.
    return lines.size() == 1 ? lines.first().section(u" = "_s, 1) : lines.join(u", "_s);
}

} // namespace tintype
