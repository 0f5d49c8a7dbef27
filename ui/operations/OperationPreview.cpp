// Builds what a form would make, a moment after the last change, without holding up the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationPreview.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "ui/operations/JobAnswer.h"

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

void OperationPreview::request(const std::string& title, Maker maker) {
    m_title = title;
    m_maker = std::move(maker);
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

void OperationPreview::build() {
    if (m_building || !m_wanted)
        return;
    m_building = true;
    m_wanted = false;
    m_stop = CancelToken();
    const std::shared_ptr<Result> result =
        answerTo<Result>(this, m_queue, [this, serial = m_serial](const Result& given) { built(serial, given); });
    m_workbench.jobs.submit("Preview: " + m_title, [maker = m_maker, stop = m_stop, result](Job& job) {
        const auto forward = job.token().onCancel([stop = stop]() mutable { stop.cancel(); });
        try {
            stop.check();
            result->image = maker({stop, [&job](double fraction) { job.setProgress(fraction); }});
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
        Q_EMIT ready(*result.image);
}

} // namespace tintype
