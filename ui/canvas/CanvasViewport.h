// The part of a canvas that paints the image and takes mouse and keys.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas/TilePainter.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <optional>
#include <vector>

class QNativeGestureEvent;

namespace tintype {

class BusyIndicator;

/// GUI thread. It says which tiles it wants and is given those that came; tiles and movements that come close together
/// cost one repaint.
class CanvasViewport : public QWidget {
    Q_OBJECT
public:
    explicit CanvasViewport(QWidget* parent = nullptr);

    /// What to show when there is no image.
    void clear();
    /// Where a new image is looked at first: all of it, unless a zoom is given.
    struct Place {
        double zoom = 0;
        QPointF center;
    };
    /// Another image comes in the place of the one that is shown, which stays until then.
    void replaceImage(std::uint64_t generation);
    void newImage(std::uint64_t generation, const std::optional<Place>& place);
    void setGrid(std::uint64_t generation, const TileGrid& grid);
    void addTile(std::uint64_t generation, std::shared_ptr<const Tile> tile);
    /// No more tiles will come.
    void giveUp();

    const ViewTransform& view() const { return m_view; }
    bool isFitted() const { return m_fitMost > 0; }
    bool isComplete() const;

    void fit();
    void zoomAt(const QPointF& devicePosition, double zoom);
    void setZoom(double zoom);
    void zoomIn() { setZoom(ViewTransform::stepUp(m_view.zoom())); }
    void zoomOut() { setZoom(ViewTransform::stepDown(m_view.zoom())); }

Q_SIGNALS:
    void tilesWanted(const std::vector<tintype::TileKey>& tiles);
    void zoomChanged(double zoom);
    void cursorMoved(const QPoint& imagePosition, bool inside);
    void completed();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QSize deviceSize() const;
    void updateViewSize();
    void pinch(const QNativeGestureEvent& event);
    void pan(const QPointF& deviceDistance);
    void viewChanged();
    void reportCursor();
    void scheduleFrame();
    void nextFrame();
    void noteCompleteness();
    QColor groundColor() const;
    void paintEmpty(QPainter& painter) const;

    TilePainter m_painter;
    ViewTransform m_view;
    bool m_hasImage = false;
    bool m_complete = true;
    bool m_gaveUp = false;
    double m_fitMost = 0; ///< above 0: all of the image is in view and stays so when the window is resized
    std::optional<Place> m_place;
    double m_reportedZoom = 0;

    std::optional<QPointF> m_dragFrom;
    std::optional<QPointF> m_cursor;
    std::optional<QPoint> m_reportedCursor;

    QTimer m_frame;
    QElapsedTimer m_sinceFrame;
    QTimer m_untilBusy;
    BusyIndicator* m_busy;
};

} // namespace tintype
