// Finds out sizes and formats of images for the panels, on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/ImageDetails.h"

#include "core/jobs/ThreadPriority.h"
#include "core/jobs/WakeUp.h"
#include "ui/GuiQueue.h"

#include <QCoreApplication>
#include <QStringList>

#include <functional>
#include <mutex>
#include <thread>

namespace tintype {

/// Works off the newest request; the thread ends with it.
class ImageDetails::Worker {
public:
    using Done = std::function<void(const Image&, ImageDetail)>;

    Worker(const Evaluation& evaluation, Done done)
        : m_evaluation(evaluation), m_done(std::move(done)), m_thread([this] { work(); }) {}

    ~Worker() {
        // The GUI thread waits here, so what is being computed must end now.
        m_token.cancel();
        {
            std::lock_guard lock(m_mutex);
            m_ended = true;
        }
        m_changed.wake();
        m_thread.join();
    }

    void request(std::vector<Image> images) {
        {
            std::lock_guard lock(m_mutex);
            m_wanted = std::move(images);
        }
        m_changed.wake();
    }

private:
    /// Empty at the end.
    Image next() {
        while (true) {
            const int seen = m_changed.count();
            {
                std::lock_guard lock(m_mutex);
                if (m_ended)
                    return {};
                if (!m_wanted.empty()) {
                    Image image = m_wanted.front();
                    m_wanted.erase(m_wanted.begin());
                    return image;
                }
            }
            m_changed.waitSince(seen);
        }
    }

    void work() {
        lowerThreadPriority();
        while (const Image image = next()) {
            ImageDetail detail;
            try {
                detail.info = m_evaluation.info(image, {}, {m_token, {}});
            } catch (const std::exception& error) {
                detail.error = QString::fromUtf8(error.what());
            }
            m_done(image, std::move(detail));
        }
    }

    const Evaluation& m_evaluation;
    const Done m_done;
    CancelToken m_token;
    std::mutex m_mutex;
    WakeUp m_changed;
    std::vector<Image> m_wanted;
    bool m_ended = false;
    std::thread m_thread;
};

ImageDetails::ImageDetails(const Evaluation& evaluation, GuiQueue& queue, QObject* parent) : QObject(parent) {
    auto done = [this, post = queue.posterFor(this)](const Image& image, ImageDetail detail) {
        post([this, key = keyOf(image), detail = std::move(detail)] {
            m_known[key] = detail;
            Q_EMIT found();
        });
    };
    m_worker = std::make_unique<Worker>(evaluation, done);
}

ImageDetails::~ImageDetails() = default;

ImageDetails::Key ImageDetails::keyOf(const Image& image) {
    return {image.node()->id(), image.output().name};
}

void ImageDetails::request(const std::vector<Image>& images) {
    std::map<Key, ImageDetail> kept;
    std::vector<Image> missing;
    for (const Image& image : images) {
        const auto known = m_known.find(keyOf(image));
        if (known == m_known.end())
            missing.push_back(image);
        else
            kept.insert(*known);
    }
    m_known = std::move(kept);
    m_worker->request(std::move(missing));
}

const ImageDetail* ImageDetails::find(const Image& image) const {
    const auto known = m_known.find(keyOf(image));
    return known == m_known.end() ? nullptr : &known->second;
}

namespace {

QString tr(const char* text) {
    return QCoreApplication::translate("tintype::ImageDetails", text);
}

QString depthText(PixelFormat format) {
    switch (format) {
    case PixelFormat::UChar: return tr("8-bit");
    case PixelFormat::Char: return tr("8-bit signed");
    case PixelFormat::UShort: return tr("16-bit");
    case PixelFormat::Short: return tr("16-bit signed");
    case PixelFormat::UInt: return tr("32-bit");
    case PixelFormat::Int: return tr("32-bit signed");
    case PixelFormat::Float: return tr("float");
    case PixelFormat::Complex: return tr("complex");
    case PixelFormat::Double: return tr("double");
    case PixelFormat::DPComplex: return tr("double complex");
    }
    return {};
}

QString bandsText(const ImageShape& shape) {
    const QString space = QString::fromStdString(shape.interpretation);
    const bool colour = space == QLatin1String("srgb") || space == QLatin1String("rgb") || space == QLatin1String("rgb16");
    if (colour && shape.bands == 3)
        return tr("RGB");
    if (colour && shape.bands == 4)
        return tr("RGB with alpha");
    if (shape.bands == 1)
        return tr("grey");
    if (shape.bands == 2)
        return tr("grey with alpha");
    if (space == QLatin1String("cmyk") && shape.bands == 4)
        return tr("CMYK");
    if (space == QLatin1String("lab") && shape.bands == 3)
        return tr("Lab");
    return tr("%1 bands").arg(shape.bands);
}

} // namespace

QString formatText(const ImageShape& shape) {
    return depthText(shape.format) + QLatin1Char(' ') + bandsText(shape);
}

QString detailText(const ImageInfo& info) {
    QStringList parts;
    parts << tr("%1 × %2").arg(info.shape.width).arg(info.shape.height) << formatText(info.shape);
    for (const Axis& axis : info.axes)
        parts << tr("%1 %2").arg(QString::fromStdString(axis.name)).arg(axis.size);
    return parts.join(QStringLiteral(", "));
}

} // namespace tintype
