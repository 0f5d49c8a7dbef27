// Shows one image of the document: pan, zoom, planes, previews.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/canvas/CanvasView.h"

#include "core/display/PixelProbe.h"
#include "core/operations/OperationCatalog.h"
#include "core/pixels/FileFormats.h"
#include "ui/GuiQueue.h"
#include "ui/canvas/CanvasBanner.h"
#include "ui/canvas/CanvasViewport.h"
#include "ui/canvas/PlaneBar.h"

#include <QVBoxLayout>

namespace tintype {

namespace {

/// Whether functions do some of its steps, or open its files, and are all there. The ids of operations by functions have dots.
bool isMadeByFunctions(const Image& image, const OperationCatalog& catalog) {
    bool found = false;
    for (const NodePtr& node : upstream(image.node())) {
        const std::string format = addedFormatOf(*node);
        if (format.empty() && node->operation().find('.') == std::string::npos)
            continue;
        if (format.empty() ? !catalog.find(node->operation()) : !catalog.formats().find(format))
            return false;
        found = true;
    }
    return found;
}

} // namespace

CanvasView::CanvasView(const Evaluation& evaluation, GuiQueue& queue, QWidget* parent)
    : QWidget(parent), m_viewport(new CanvasViewport(this)), m_banner(new CanvasBanner(m_viewport)),
      m_planes(new PlaneBar(this)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_viewport, 1);
    layout->addWidget(m_planes);
    setFocusProxy(m_viewport);

    connect(m_viewport, &CanvasViewport::tilesWanted, this,
            [this](const std::vector<TileKey>& tiles) { m_source->request(tiles); });
    connect(m_viewport, &CanvasViewport::zoomChanged, this, &CanvasView::zoomChanged);
    connect(m_viewport, &CanvasViewport::completed, this, &CanvasView::completed);
    connect(m_viewport, &CanvasViewport::cursorMoved, this, &CanvasView::onCursor);
    connect(m_planes, &PlaneBar::planeChanged, this, &CanvasView::setPlane);

    const auto post = queue.posterFor(this);
    m_source = std::make_unique<TileSource>(
        evaluation, [this, post](const TileSourceInfo& info) { post([this, info] { onInfo(info); }); },
        [this, post](std::uint64_t generation, std::shared_ptr<const Tile> tile) {
            post([this, generation, tile = std::move(tile)] { m_viewport->addTile(generation, tile); });
        });
    m_probe = std::make_unique<PixelProbe>(evaluation, [this, post](std::uint64_t ticket, const std::string& text) {
        post([this, ticket, text] {
            if (ticket == m_ticket)
                Q_EMIT pixelValue(QString::fromStdString(text));
        });
    });
}

CanvasView::~CanvasView() = default;

double CanvasView::zoom() const {
    return m_viewport->view().zoom();
}

bool CanvasView::isComplete() const {
    return m_viewport->isComplete();
}

QWidget* CanvasView::viewport() const {
    return m_viewport;
}

QString CanvasView::message() const {
    return m_banner->isVisibleTo(m_viewport) ? m_banner->message() : QString();
}

QPointF CanvasView::viewportPosition(const QPointF& imagePosition) const {
    return m_viewport->view().toView(imagePosition) / m_viewport->devicePixelRatioF();
}

void CanvasView::setImage(const QString& name, const Image& image, int plane) {
    const bool sameName = name == m_name && m_image;
    if (!sameName)
        remember();
    const Seen seen = sameName ? Seen{0, {}, m_plane} : m_seen.value(name);
    const int newPlane = plane == LAST_PLANE ? seen.plane : plane;
    if (sameName && image == m_image && newPlane == m_plane)
        return; // something else changed in the document; a preview goes on
    m_name = name;
    m_image = image;
    m_preview = {};
    changePlane(newPlane);
    if (!image)
        return showNothing();
    display(sameName, seen);
}

void CanvasView::showPreview(const Image& preview) {
    if (!m_image || preview == shown())
        return;
    m_preview = preview;
    display(true, {});
}

void CanvasView::clearPreview() {
    if (!m_preview)
        return;
    m_preview = {};
    display(true, {});
}

void CanvasView::followCatalog(const OperationCatalog& catalog) {
    // What was found out about any image counts for nothing from now on; what is seen stays where it is the same.
    ++m_look;
    if (m_image && (m_info.failed() || isMadeByFunctions(shown(), catalog)))
        display(true, {});
}

void CanvasView::display(bool keepPicture, const Seen& seen) {
    m_info = {};
    m_info.generation = m_source->setImage(shown(), m_plane, m_look);
    if (keepPicture)
        m_viewport->replaceImage(m_info.generation);
    else if (seen.zoom > 0)
        m_viewport->newImage(m_info.generation, CanvasViewport::Place{seen.zoom, seen.center});
    else
        m_viewport->newImage(m_info.generation, std::nullopt);
    askPixel();
}

void CanvasView::showNothing() {
    m_source->setImage({});
    m_info = {};
    m_viewport->clear();
    m_planes->setAxes({});
    m_banner->setMessage(CanvasBanner::Kind::Warning, {});
    Q_EMIT infoChanged(m_info);
}

void CanvasView::remember() {
    if (!m_image || m_viewport->isFitted())
        m_seen[m_name] = {0, {}, m_plane};
    else
        m_seen[m_name] = {zoom(), m_viewport->view().center(), m_plane};
}

void CanvasView::changePlane(int plane) {
    if (plane == m_plane)
        return;
    m_plane = plane;
    m_planes->setPlane(plane);
    Q_EMIT planeChanged(plane);
}

void CanvasView::setPlane(int plane) {
    if (plane == m_plane || plane < 0)
        return;
    changePlane(plane);
    if (m_image)
        display(true, {});
}

void CanvasView::onInfo(const TileSourceInfo& info) {
    if (info.generation != m_info.generation)
        return;
    m_info = info;
    if (info.image.shape.width > 0 && m_plane >= info.image.planeCount())
        return setPlane(0); // an edit has left fewer planes
    if (info.image.shape.width > 0) {
        m_viewport->setGrid(info.generation, TileGrid(info.image.shape));
        m_planes->setAxes(info.image.axes);
        m_planes->setPlane(m_plane);
    }
    if (info.failed())
        m_viewport->giveUp();
    showMessage();
    Q_EMIT infoChanged(info);
}

void CanvasView::showMessage() {
    const QString reason = QString::fromStdString(m_info.error);
    if (m_info.damaged)
        m_banner->setMessage(CanvasBanner::Kind::Warning,
                             tr("This image is damaged; what could be read is shown. %1").arg(reason));
    else if (m_info.failed() && m_preview)
        m_banner->setMessage(CanvasBanner::Kind::Error, tr("The preview cannot be shown. %1").arg(reason));
    else if (m_info.failed())
        m_banner->setMessage(CanvasBanner::Kind::Error, tr("This image cannot be shown. %1").arg(reason));
    else
        m_banner->setMessage(CanvasBanner::Kind::Warning, {});
    placeBanner();
}

void CanvasView::placeBanner() {
    m_banner->placeIn(m_viewport->rect());
}

void CanvasView::onCursor(const QPoint& imagePosition, bool inside) {
    m_cursor = inside ? std::optional(imagePosition) : std::nullopt;
    Q_EMIT cursorMoved(imagePosition, inside);
    askPixel();
}

void CanvasView::askPixel() {
    if (m_cursor && shown()) {
        m_ticket = m_probe->ask({shown(), m_plane, m_cursor->x(), m_cursor->y()});
        return;
    }
    m_ticket = 0;
    Q_EMIT pixelValue({});
}

void CanvasView::zoomIn() {
    m_viewport->zoomIn();
}

void CanvasView::zoomOut() {
    m_viewport->zoomOut();
}

void CanvasView::zoomToFit() {
    m_viewport->fit();
}

void CanvasView::setZoom(double zoom) {
    m_viewport->setZoom(zoom);
}

void CanvasView::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    // Laid out by now: the layout handles the event before it comes here.
    placeBanner();
}

} // namespace tintype
