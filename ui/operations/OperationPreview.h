// Builds what an operation would give, a moment after the last change, without holding up the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/operations/Operation.h"
#include "core/recipe/Image.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace tintype {

class GuiQueue;
struct Workbench;

/// Builds the node and its header, on a job; never pixels. One at a time: of the wishes that come meanwhile the last one is
/// built next, and what was overtaken is stopped. Belongs to the GUI thread.
class OperationPreview : public QObject {
    Q_OBJECT
public:
    static constexpr int DELAY_MS = 150;

    OperationPreview(Workbench& workbench, GuiQueue& queue, QObject* parent);
    ~OperationPreview() override;

    /// Answered by `ready` or `failed`, unless another wish or drop() comes first.
    void request(const Operation& operation, Parameters parameters);
    void drop();

Q_SIGNALS:
    void ready(const tintype::Image& image);
    void failed(const QString& error);

private:
    void build();
    struct Result {
        Image image;
        QString error; ///< both are empty when the job was stopped
    };
    std::shared_ptr<Result> makeResult();
    void built(std::uint64_t serial, const Result& result);

    Workbench& m_workbench;
    GuiQueue& m_queue;
    QTimer m_delay;
    const Operation* m_operation = nullptr;
    Parameters m_parameters;
    std::uint64_t m_serial = 0; ///< of the newest wish
    CancelToken m_stop;         ///< of the build under way; not the job's, since being overtaken is nothing to tell people
    bool m_building = false;
    bool m_wanted = false; ///< the newest wish has not been begun
};

} // namespace tintype
