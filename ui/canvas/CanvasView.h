// Shows one image of the document: pan, zoom, planes, previews.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/display/TileSource.h"

#include <QHash>
#include <QPointF>
#include <QWidget>

#include <memory>
#include <optional>

namespace tintype {

class CanvasBanner;
class CanvasViewport;
class GuiQueue;
class OperationCatalog;
class PixelProbe;
class PlaneBar;

/// Problem: pixels take as long as they take, and the window must not wait for them. The view asks a TileSource for
/// what is visible and paints what is there; what was shown before, or coarser tiles, stand in for what is not. It
/// lives on the GUI thread and may be destroyed at any time: its threads are told to stop and end between two tiles.
///
/// It does not take drops; they go on to the window.
class CanvasView : public QWidget {
    Q_OBJECT
public:
    /// Of setImage: the plane on which the image of that name was last seen, the first one for a new name.
    static constexpr int LAST_PLANE = -1;

    CanvasView(const Evaluation& evaluation, GuiQueue& queue, QWidget* parent = nullptr);
    ~CanvasView() override;

    /// Shows the image from now on and ends a preview; does nothing when it is the one that was set. An image of the
    /// name that is shown keeps zoom and position, another name gets those it had when it was last seen; a new name is
    /// fitted. An empty image shows what can be done to get one.
    void setImage(const QString& name, const Image& image, int plane = LAST_PLANE);
    /// Shows another image in the place of the one that was set; zoom and position stay.
    void showPreview(const Image& preview);
    void clearPreview();
    /// Operations came or went: what could not be shown may be shown now, and what functions do may look different. It stays as it
    /// is where one of them is not there.
    void followCatalog(const OperationCatalog& catalog);

    QString imageName() const { return m_name; }
    bool isPreviewing() const { return bool(m_preview); }
    int plane() const { return m_plane; }
    /// Pixels of the screen for a pixel of the image.
    double zoom() const;
    const TileSourceInfo& info() const { return m_info; }
    /// Everything in view is painted in its final state.
    bool isComplete() const;
    /// What the banner says; empty when all is well.
    QString message() const;
    /// The part that paints and takes mouse and keys.
    QWidget* viewport() const;
    /// Where a point of the image lies in the viewport, in the widget's coordinates.
    QPointF viewportPosition(const QPointF& imagePosition) const;

public Q_SLOTS:
    void setPlane(int plane);
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    /// Keeps the middle of the view in its place.
    void setZoom(double zoom);

Q_SIGNALS:
    /// `imagePosition` is meaningless unless inside.
    void cursorMoved(const QPoint& imagePosition, bool inside);
    /// The values of the pixel under the cursor, as text; empty outside.
    void pixelValue(const QString& text);
    void zoomChanged(double zoom);
    void planeChanged(int plane);
    /// Something became known of what is shown, a preview included: shape, damage, an error, progress.
    void infoChanged(const tintype::TileSourceInfo& info);
    /// Everything in view is there.
    void completed();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Seen {
        double zoom = 0; ///< 0: all of it
        QPointF center;
        int plane = 0;
    };
    void remember();
    void display(bool keepPicture, const Seen& seen);
    void showNothing();
    void changePlane(int plane);
    void onInfo(const TileSourceInfo& info);
    void onCursor(const QPoint& imagePosition, bool inside);
    void askPixel();
    void showMessage();
    void placeBanner();
    const Image& shown() const { return m_preview ? m_preview : m_image; }

    QString m_name;
    Image m_image;
    Image m_preview;
    int m_plane = 0;
    int m_look = 0; ///< grows with each change of the catalogue
    TileSourceInfo m_info;
    QHash<QString, Seen> m_seen;
    CanvasViewport* m_viewport;
    CanvasBanner* m_banner;
    PlaneBar* m_planes;
    std::optional<QPoint> m_cursor;
    std::uint64_t m_ticket = 0; ///< of the last question to the probe; 0: no answer is wanted
    std::unique_ptr<PixelProbe> m_probe;
    std::unique_ptr<TileSource> m_source;
};

} // namespace tintype
