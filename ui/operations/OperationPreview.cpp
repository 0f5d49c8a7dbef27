// Builds what an operation would give, a moment after the last change, without holding up the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/operations/OperationPreview.h"

#include "core/Workbench.h"
#include "ui/GuiQueue.h"

namespace tintype {

OperationPreview::OperationPreview(Workbench& workbench, GuiQueue& queue, QObject* parent)
    : QObject(parent), m_workbench(workbench), m_queue(queue) {
    m_delay.setSingleShot(true);
    m_delay.setInterval(DELAY_MS);
    connect(&m_delay, &QTimer::timeout, this, &OperationPreview::build);
}

void OperationPreview::request(const Operation& operation, Parameters parameters) {
    m_operation = &operation;
    m_parameters = std::move(parameters);
    ++m_serial;
    m_wanted = true;
    m_delay.start();
}

void OperationPreview::drop() {
    ++m_serial;
    m_wanted = false;
    m_delay.stop();
}

void OperationPreview::build() {
    if (m_building || !m_wanted)
        return;
    m_building = true;
    m_wanted = false;
    m_workbench.jobs.submit(
        "Preview: " + m_operation->title,
        [this, post = m_queue.posterFor(this), &evaluation = m_workbench.evaluation, operation = m_operation,
         parameters = m_parameters, serial = m_serial](Job&) {
            Image image;
            QString error;
            try {
                image = Image(evaluation.apply(*operation, parameters), operation->imageOutput()->name);
                // The header, so that what cannot be computed at all is said now.
                evaluation.info(image);
            } catch (const std::exception& problem) {
                error = QString::fromUtf8(problem.what());
            }
            post([this, serial, image, error] { built(serial, image, error); });
        });
}

void OperationPreview::built(std::uint64_t serial, const Image& image, const QString& error) {
    m_building = false;
    if (m_wanted && !m_delay.isActive())
        build();
    if (serial != m_serial)
        return;
    if (error.isEmpty())
        Q_EMIT ready(image);
    else
        Q_EMIT failed(error);
}

} // namespace tintype
