// Builds what an operation would give, a moment after the last change, without holding up the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationPreview.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "ui/GuiQueue.h"

namespace tintype {

OperationPreview::OperationPreview(Workbench& workbench, GuiQueue& queue, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_queue(queue) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(DELAY_MS);
    connect(&m_delay, &QTimer::timeout, this, &OperationPreview::build);
}

OperationPreview::~OperationPreview() {
    m_stop.cancel();
}

void OperationPreview::request(const Operation& operation, Parameters parameters) {
    m_operation = &operation;
    m_parameters = std::move(parameters);
    ++m_serial;
    m_stop.cancel();
    m_wanted = true;
    m_delay.start();
}

void OperationPreview::drop() {
    ++m_serial;
    m_stop.cancel();
    m_wanted = false;
    m_delay.stop();
}

/// Answers when the last holder lets go of it: the work of a job that is stopped before its turn is dropped unseen.
std::shared_ptr<OperationPreview::Result> OperationPreview::makeResult() {
    return {new Result, [this, post = m_queue.posterFor(this), serial = m_serial](Result* result) {
                post([this, serial, result = std::shared_ptr<const Result>(result)] { built(serial, *result); });
            }};
}

void OperationPreview::build() {
    if (m_building || !m_wanted)
        return;
    m_building = true;
    m_wanted = false;
    m_stop = CancelToken();
    m_workbench.jobs.submit(
        "Preview: " + m_operation->title, [&evaluation = m_workbench.evaluation, operation = m_operation,
                                           parameters = m_parameters, stop = m_stop, result = makeResult()](Job& job) {
            const auto forward = job.token().onCancel([stop = stop]() mutable { stop.cancel(); });
            try {
                stop.check();
                const EvaluationWatch watch{stop, [&job](double fraction) { job.setProgress(fraction); }};
                const Image image(evaluation.apply(*operation, parameters, watch), operation->imageOutput()->name);
                // The header, so that what cannot be computed at all is said now.
                evaluation.info(image);
                result->image = image;
            } catch (const Error& problem) {
                job.token().check();
                if (problem.code() != ErrorCode::Cancelled)
                    result->error = QString::fromUtf8(problem.what());
            } catch (const std::exception& problem) {
                result->error = QString::fromUtf8(problem.what());
            }
        });
}

void OperationPreview::built(std::uint64_t serial, const Result& result) {
    m_building = false;
    if (m_wanted && !m_delay.isActive())
        build();
    if (serial != m_serial)
        return;
    if (!result.error.isEmpty())
        Q_EMIT failed(result.error);
    else if (result.image)
        Q_EMIT ready(result.image);
}

} // namespace tintype
