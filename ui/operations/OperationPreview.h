// Builds what a form would make, a moment after the last change, without holding up the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/CancelToken.h"
#include "core/pixels/Evaluation.h"
#include "core/recipe/Image.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <string>

namespace tintype {

class GuiQueue;
struct Workbench;

/// Builds nodes and their header, on a job; never pixels. One at a time: of the wishes that come meanwhile the last one is
/// built next, and what was overtaken is stopped. Belongs to the GUI thread.
class OperationPreview : public QObject {
    Q_OBJECT
public:
    static constexpr int DELAY_MS = 150;
    /// Called on a job. It builds the header as well, so that what cannot be computed at all is said now.
    using Maker = std::function<Image(const EvaluationWatch& watch)>;

    OperationPreview(Workbench& workbench, GuiQueue& queue, QObject* parent);
    ~OperationPreview() override;

    /// Answered by `ready` or `failed`, unless another wish or drop() comes first. `title` is what people read of it.
    void request(const std::string& title, Maker maker);
    void drop();

Q_SIGNALS:
    /// What the maker made, which may be empty.
    void ready(const tintype::Image& image);
    void failed(const QString& error);

private:
    void build();
    struct Result {
        std::optional<Image> image;
        QString error; ///< neither is there when the job was stopped
    };
    void built(std::uint64_t serial, const Result& result);

    Workbench& m_workbench;
    GuiQueue& m_queue;
    QTimer m_delay;
    std::string m_title;
    Maker m_maker;
    std::uint64_t m_serial = 0; ///< of the newest wish
    CancelToken m_stop;         ///< of the build under way; not the job's, since being overtaken is nothing to tell people
    bool m_building = false;
    bool m_wanted = false; ///< the newest wish has not been begun
};

} // namespace tintype
