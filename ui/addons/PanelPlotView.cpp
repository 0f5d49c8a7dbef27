// A plot in an add-on's panel: axes with round numbers, and lines, points or bars.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelPlotView.h"

#include <QPainter>

#include <array>
#include <cmath>
#include <limits>

namespace tintype {

namespace {

constexpr int TICK = 4;
constexpr int GAP = 4;
constexpr int MOST_TICKS = 6;
constexpr double POINT_SIZE = 4;
constexpr double GRID_INK = 0.16;
constexpr double NOTE_INK = 0.6;

/// Told apart by people who see few colours too, on dark and on light ground (after Okabe and Ito, jfly.uni-koeln.de/color).
constexpr std::array COLORS{0xff0072b2, 0xffd55e00, 0xff009e73, 0xffcc79a7, 0xffe69f00, 0xff56b4e9};

QString tickText(double value) {
    return QString::number(std::abs(value) < 1e-12 ? 0 : value, 'g', 6);
}

QColor between(const QColor& ground, const QColor& ink, double part) {
    const auto mix = [part](int from, int to) { return int(std::lround(from + (to - from) * part)); };
    return {mix(ground.red(), ink.red()), mix(ground.green(), ink.green()), mix(ground.blue(), ink.blue())};
}

void paintFrame(QPainter& painter, const QRect& area, const QColor& color) {
    painter.fillRect(QRect(area.left(), area.top(), area.width(), 1), color);
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), color);
    painter.fillRect(QRect(area.left(), area.top(), 1, area.height()), color);
    painter.fillRect(QRect(area.right(), area.top(), 1, area.height()), color);
}

/// Where a bar begins and ends.
std::pair<double, double> barOf(const PanelSeries& series, std::size_t bar) {
    if (series.x.size() > series.y.size())
        return {series.x[bar], series.x[bar + 1]};
    const double width = series.x.size() > 1 ? 0.8 * std::abs(series.x[1] - series.x[0]) : 0.8;
    return {series.x[bar] - width / 2, series.x[bar] + width / 2};
}

bool isThere(const PanelSeries& series, std::size_t i) {
    return std::isfinite(series.x[i]) && std::isfinite(series.y[i]);
}

} // namespace

/// Steps of 1, 2 and 5 give fewer.
constexpr int MOST_TICKS_FOR_ONE = 3;

std::vector<double> roundTicks(double low, double high, int wanted) {
    if (!(high > low) || wanted < 1)
        return {};
    const double rough = high / wanted - low / wanted;
    if (!std::isfinite(rough))
        return {};
    const double power = std::pow(10, std::floor(std::log10(rough)));
    double step = 10 * power;
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough) {
            step = factor * power;
            break;
        }
    std::vector<double> ticks;
    const double first = std::ceil(low / step - 1e-9);
    // Large numbers close together: what is added may change nothing, and a loop to the end would have none.
    for (int i = 0; i <= MOST_TICKS_FOR_ONE * wanted; ++i) {
        const double tick = (first + i) * step;
        if (tick > high + step * 1e-9)
            break;
        if (ticks.empty() || tick > ticks.back())
            ticks.push_back(tick);
    }
    return ticks;
}

PanelPlotView::PanelPlotView(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

QSize PanelPlotView::sizeHint() const {
    return {fontMetrics().averageCharWidth() * 40, fontMetrics().height() * 12};
}

QSize PanelPlotView::minimumSizeHint() const {
    return {fontMetrics().averageCharWidth() * 12, fontMetrics().height() * 9};
}

void PanelPlotView::setPlot(std::shared_ptr<const PanelPlot> plot) {
    m_plot = std::move(plot);
    findRanges();
    update();
}

void PanelPlotView::findRanges() {
    constexpr double FAR = std::numeric_limits<double>::infinity();
    Range x{FAR, -FAR}, y{FAR, -FAR};
    const auto include = [](Range& range, double value) {
        if (!std::isfinite(value))
            return;
        range.low = std::min(range.low, value);
        range.high = std::max(range.high, value);
    };
    const bool bars = m_plot && m_plot->kind == PanelPlot::Kind::Bars;
    for (const PanelSeries& series : m_plot ? m_plot->series : std::vector<PanelSeries>()) {
        for (std::size_t i = 0; i < series.y.size(); ++i) {
            if (!bars && !isThere(series, i))
                continue;
            include(y, series.y[i]);
            include(x, bars ? barOf(series, i).first : series.x[i]);
            include(x, bars ? barOf(series, i).second : series.x[i]);
        }
    }
    if (bars)
        include(y, 0);
    const auto widened = [](Range range) {
        if (range.low > range.high)
            return Range{0, 1};
        if (range.low == range.high) {
            const double around = std::max(0.5, std::abs(range.low) * 1e-6);
            return Range{range.low - around, range.high + around};
        }
        return range;
    };
    m_x = widened(x);
    m_y = widened(y);
    // Lines shall not touch the frame; bars stand on it.
    const double margin = m_y.high * 0.05 - m_y.low * 0.05;
    m_y.high = std::min(m_y.high + margin, std::numeric_limits<double>::max());
    if (!bars || m_y.low < 0)
        m_y.low = std::max(m_y.low - margin, std::numeric_limits<double>::lowest());
}

QColor PanelPlotView::colorOf(std::size_t series) const {
    const QColor color = QColor::fromRgb(QRgb(COLORS[series % COLORS.size()]));
    return palette().color(QPalette::Base).lightness() < 128 ? color.lighter(130) : color;
}

QRectF PanelPlotView::plotArea(const std::vector<double>& yTicks) const {
    const int line = fontMetrics().height();
    int widest = 0;
    for (const double tick : yTicks)
        widest = std::max(widest, fontMetrics().horizontalAdvance(tickText(tick)));
    const double left = widest + TICK + GAP + (m_plot->yTitle.empty() ? 0 : line + GAP);
    const double top = m_plot->title.empty() ? line / 2.0 : line + GAP;
    const double bottom = line + TICK + GAP + (m_plot->xTitle.empty() ? 0 : line);
    return QRectF(left, top, width() - left - line, height() - top - bottom);
}

QPointF PanelPlotView::place(const QRectF& area, double x, double y) const {
    return {area.left() + m_x.partOf(x) * area.width(), area.bottom() - m_y.partOf(y) * area.height()};
}

void PanelPlotView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (!m_plot)
        return;
    const auto yTicks = roundTicks(m_y.low, m_y.high, std::clamp(height() / (3 * fontMetrics().height()), 1, MOST_TICKS));
    const QRectF area = plotArea(yTicks);
    if (area.width() < 10 || area.height() < 10)
        return;
    painter.fillRect(area, palette().color(QPalette::Base));
    paintAxes(painter, area, yTicks);
    painter.setClipRect(area.adjusted(0, 0, 1, 1));
    for (std::size_t i = 0; i < m_plot->series.size(); ++i) {
        if (m_plot->kind == PanelPlot::Kind::Bars)
            paintBars(painter, area, m_plot->series[i], colorOf(i));
        else
            paintSeries(painter, area, m_plot->series[i], colorOf(i));
    }
    painter.setClipping(false);
    paintLegend(painter, area);
}

void PanelPlotView::paintAxes(QPainter& painter, const QRectF& area, const std::vector<double>& yTicks) const {
    const QColor ink = palette().color(QPalette::WindowText);
    const QColor grid = between(palette().color(QPalette::Base), ink, GRID_INK);
    const int line = fontMetrics().height();
    painter.setPen(ink);
    for (const double tick : yTicks) {
        const double y = place(area, 0, tick).y();
        painter.fillRect(QRectF(area.left(), std::round(y), area.width(), 1), grid);
        painter.drawText(QRectF(0, y - line, area.left() - TICK - GAP, 2 * line), Qt::AlignRight | Qt::AlignVCenter, tickText(tick));
    }
    const int wanted = std::clamp(int(area.width()) / (fontMetrics().averageCharWidth() * 10), 1, MOST_TICKS);
    for (const double tick : roundTicks(m_x.low, m_x.high, wanted)) {
        const double x = place(area, tick, 0).x();
        painter.fillRect(QRectF(std::round(x), area.top(), 1, area.height()), grid);
        painter.drawText(QRectF(x - 100, area.bottom() + TICK, 200, line), Qt::AlignHCenter | Qt::AlignTop, tickText(tick));
    }
    paintFrame(painter, area.toRect(), ink);
    const QRectF below(area.left(), height() - line, area.width(), line);
    painter.drawText(below, Qt::AlignCenter, QString::fromStdString(m_plot->xTitle));
    painter.drawText(QRectF(area.left(), 0, area.width(), line), Qt::AlignCenter, QString::fromStdString(m_plot->title));
    painter.save();
    painter.rotate(-90);
    painter.drawText(QRectF(-area.bottom(), 0, area.height(), line), Qt::AlignCenter, QString::fromStdString(m_plot->yTitle));
    painter.restore();
}

void PanelPlotView::paintSeries(QPainter& painter, const QRectF& area, const PanelSeries& series, const QColor& color) const {
    const bool points = m_plot->kind == PanelPlot::Kind::Points;
    painter.setPen(color);
    QPolygonF line;
    for (std::size_t i = 0; i < series.y.size(); ++i) {
        const bool there = isThere(series, i);
        if (there && points) {
            const QPointF middle = place(area, series.x[i], series.y[i]);
            painter.fillRect(QRectF(middle.x() - POINT_SIZE / 2, middle.y() - POINT_SIZE / 2, POINT_SIZE, POINT_SIZE), color);
        } else if (there)
            line << place(area, series.x[i], series.y[i]);
        if (!points && (!there || i + 1 == series.y.size())) {
            // Between two gaps.
            if (line.size() == 1)
                painter.drawPoint(line.first());
            painter.drawPolyline(line);
            line.clear();
        }
    }
}

void PanelPlotView::paintBars(QPainter& painter, const QRectF& area, const PanelSeries& series, const QColor& color) const {
    for (std::size_t i = 0; i < series.y.size(); ++i) {
        const auto [from, to] = barOf(series, i);
        if (!std::isfinite(series.y[i]) || !std::isfinite(from) || !std::isfinite(to))
            continue;
        QRectF bar(place(area, from, series.y[i]), place(area, to, 0));
        bar = bar.normalized();
        // A line of the ground between bars that are wide enough for it.
        if (bar.width() > 3)
            bar.setWidth(bar.width() - 1);
        painter.fillRect(bar, color);
    }
}

void PanelPlotView::paintLegend(QPainter& painter, const QRectF& area) const {
    const int line = fontMetrics().height();
    int row = 0;
    for (std::size_t i = 0; i < m_plot->series.size(); ++i) {
        const QString title = QString::fromStdString(m_plot->series[i].title);
        if (title.isEmpty())
            continue;
        const QRectF place(area.left(), area.top() + GAP + row++ * line, area.width() - line - GAP, line);
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(place, Qt::AlignRight | Qt::AlignVCenter, title);
        painter.fillRect(QRectF(place.right() + GAP, place.center().y() - 2, line - 2 * GAP, 4), colorOf(i));
    }
    std::size_t most = 0;
    for (const PanelSeries& series : m_plot->series)
        most = std::max(most, series.drawnOf);
    if (most == 0)
        return;
    // Nobody shall take for a measurement what is none.
    painter.setPen(between(palette().color(QPalette::Base), palette().color(QPalette::WindowText), NOTE_INK));
    painter.drawText(QRectF(area.left() + GAP, area.top() + GAP + row * line, area.width() - 2 * GAP, line),
                     Qt::AlignRight | Qt::AlignVCenter, tr("Simplified, of %L1 points").arg(most));
}

} // namespace tintype
