// Finds out sizes and formats of images for the panels, on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pixels/Evaluation.h"

#include <QObject>

#include <map>
#include <memory>
#include <vector>

namespace tintype {

class GuiQueue;

/// What is known about one image; an error when it cannot be evaluated.
struct ImageDetail {
    ImageInfo info;
    QString error;
};

/// Evaluation may block for as long as pixels take, so the GUI thread only asks here and shows what is known so far. What is
/// asked for replaces what was asked before. Lives on the GUI thread.
class ImageDetails : public QObject {
    Q_OBJECT
public:
    ImageDetails(const Evaluation& evaluation, GuiQueue& queue, QObject* parent = nullptr);
    /// Waits for the one image that is being looked at.
    ~ImageDetails() override;

    /// Answers from memory come at once through find(), the others with `found`.
    void request(const std::vector<Image>& images);
    /// Null while it is not known.
    const ImageDetail* find(const Image& image) const;

Q_SIGNALS:
    void found();

private:
    class Worker;
    using Key = std::pair<std::uint64_t, std::string>;
    static Key keyOf(const Image& image);

    /// Of the images asked for last only; node ids are never used twice.
    std::map<Key, ImageDetail> m_known;
    std::unique_ptr<Worker> m_worker;
};

/// "8-bit RGB", "16-bit grey", "float, 5 bands".
QString formatText(const ImageShape& shape);
/// "384 × 303, 8-bit grey", with the axes where there are several planes.
QString detailText(const ImageInfo& info);

} // namespace tintype
