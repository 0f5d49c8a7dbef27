// A plot in an add-on's panel: axes with round numbers, and lines, points or bars.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/panels/PanelPlot.h"

#include <QWidget>

#include <memory>
#include <vector>

class QPainter;

namespace tintype {

/// Round numbers from `low` to `high`, some `wanted` of them.
std::vector<double> roundTicks(double low, double high, int wanted);

/// Painted in the colours of the palette. Numbers that are not finite leave gaps. Lines are thin and plain, and nothing is
/// translucent: for both Qt would wait for threads of its own, which get no processor while pixels are computed.
class PanelPlotView : public QWidget {
    Q_OBJECT
public:
    explicit PanelPlotView(QWidget* parent = nullptr);

    /// Null empties it.
    void setPlot(std::shared_ptr<const PanelPlot> plot);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Range {
        double low = 0;
        double high = 1;
        /// 0 at its beginning, 1 at its end. Halves, since the difference of the largest numbers is infinite.
        double partOf(double value) const { return (value / 2 - low / 2) / (high / 2 - low / 2); }
    };
    void findRanges();
    QRectF plotArea(const std::vector<double>& yTicks) const;
    QPointF place(const QRectF& area, double x, double y) const;
    void paintAxes(QPainter& painter, const QRectF& area, const std::vector<double>& yTicks) const;
    void paintSeries(QPainter& painter, const QRectF& area, const PanelSeries& series, const QColor& color) const;
    void paintBars(QPainter& painter, const QRectF& area, const PanelSeries& series, const QColor& color) const;
    void paintLegend(QPainter& painter, const QRectF& area) const;
    QColor colorOf(std::size_t series) const;

    std::shared_ptr<const PanelPlot> m_plot;
    Range m_x;
    Range m_y;
};

} // namespace tintype
