// Plots in panels: long lines are painted of few points, and look the same.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/panels/PanelPlot.h"
#include "tests/ui/QtWarnings.h"
#include "ui/addons/PanelPlotView.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>
#include <random>

using namespace tintype;

namespace {

constexpr double NONE = std::numeric_limits<double>::quiet_NaN();
constexpr int COUNT = 200'000;

PanelSeries over(std::vector<double> x, std::vector<double> y) {
    return {{}, std::move(x), std::move(y), 0};
}

std::vector<double> counted(int count) {
    std::vector<double> x(static_cast<std::size_t>(count));
    std::iota(x.begin(), x.end(), 0);
    return x;
}

std::vector<double> noise(int count, double spread) {
    std::mt19937 random(7);
    std::uniform_real_distribution<double> part(-spread, spread);
    std::vector<double> y(static_cast<std::size_t>(count));
    for (double& each : y)
        each = part(random);
    return y;
}

/// Where the line is in each column of the picture: its highest and its lowest pixel; -1 where it is not.
std::vector<std::pair<int, int>> columns(const PanelSeries& series) {
    PanelPlotView view;
    view.resize(700, 300);
    auto plot = std::make_shared<PanelPlot>();
    plot->series = {series};
    view.setPlot(plot);
    const QImage picture = view.grab().toImage();
    std::vector<std::pair<int, int>> found;
    for (int x = 0; x < picture.width(); ++x) {
        std::pair<int, int> ends{-1, -1};
        for (int y = 0; y < picture.height(); ++y) {
            const QColor color = picture.pixelColor(x, y);
            if (color.blue() - color.red() < 100)
                continue;
            ends = {ends.first < 0 ? y : ends.first, y};
        }
        found.push_back(ends);
    }
    return found;
}

/// By how many pixels the first line leaves what the second one covers, the next columns included, since the tip of a steep line
/// falls into one of two; 1000 where only the first one is.
int beyond(const std::vector<std::pair<int, int>>& line, const std::vector<std::pair<int, int>>& other) {
    int most = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i].first < 0)
            continue;
        int top = 1000, bottom = -1000;
        for (std::size_t near = i == 0 ? 0 : i - 1; near < std::min(i + 2, other.size()); ++near)
            if (other[near].first >= 0) {
                top = std::min(top, other[near].first);
                bottom = std::max(bottom, other[near].second);
            }
        if (bottom < 0)
            return 1000;
        most = std::max({most, top - line[i].first, line[i].second - bottom});
    }
    return most;
}

int difference(const PanelSeries& a, const PanelSeries& b) {
    const auto left = columns(a), right = columns(b);
    return std::max(beyond(left, right), beyond(right, left));
}

} // namespace

class test_PanelPlot : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { failOnQtWarnings(); }
    void aLongLineOfFewPointsIsTheSamePicture_data();
    void aLongLineOfFewPointsIsTheSamePicture();
    void gapsStayGapsAndTakeNoNeighbours();
    void aValueBetweenGapsIsADot();
    void aLineThatLeapsToAndFroIsSimplifiedAndSaysSo();
    void manyLinesTogetherAreNoMoreThanOne();
    void theLargestNumbersArePainted();
};

void test_PanelPlot::aLongLineOfFewPointsIsTheSamePicture_data() {
    QTest::addColumn<std::vector<double>>("x");
    QTest::addColumn<std::vector<double>>("y");
    std::vector<double> spikes = noise(COUNT, 0.1);
    spikes[100'001] = 5;
    spikes[COUNT - 1] = -4;
    QTest::newRow("noise with spikes") << counted(COUNT) << spikes;
    // Nearly all of its points lie in the first hundredth of the width.
    std::vector<double> powers = counted(COUNT);
    for (double& x : powers)
        x = std::pow(x / COUNT, 8);
    std::vector<double> waves = powers;
    for (double& y : waves)
        y = std::sin(60 * y);
    QTest::newRow("uneven x") << powers << waves;
    std::vector<double> down = counted(COUNT);
    std::reverse(down.begin(), down.end());
    QTest::newRow("x from the right") << down << spikes;
    // Not sorted, but smooth.
    std::vector<double> cosine, sine;
    for (int i = 0; i < COUNT; ++i) {
        cosine.push_back(std::cos(i * 3e-5));
        sine.push_back(std::sin(i * 3e-5) * (1 + i * 1e-5));
    }
    QTest::newRow("there and back") << cosine << sine;
}

void test_PanelPlot::aLongLineOfFewPointsIsTheSamePicture() {
    QFETCH(std::vector<double>, x);
    QFETCH(std::vector<double>, y);
    const PanelSeries all = over(x, y);
    const PanelSeries few = thinned(all);
    QVERIFY2(few.y.size() <= 8 * (MOST_PLOT_COLUMNS + 1), qPrintable(QString::number(few.y.size())));
    QCOMPARE(few.drawnOf, 0U);
    QVERIFY2(difference(few, all) <= 1, qPrintable(QString::number(difference(few, all))));
}

void test_PanelPlot::gapsStayGapsAndTakeNoNeighbours() {
    std::vector<double> y = noise(COUNT, 1);
    std::fill(y.begin() + 50'000, y.begin() + 90'000, NONE);
    // Alone, each in a column of its own.
    for (int i = 100'000; i < 150'000; i += 500)
        y[std::size_t(i)] = NONE;
    const PanelSeries all = over(counted(COUNT), y);
    const PanelSeries few = thinned(all);
    QVERIFY(few.y.size() <= 8 * (MOST_PLOT_COLUMNS + 1));
    QVERIFY2(difference(few, all) <= 1, qPrintable(QString::number(difference(few, all))));
    // No line leads over any of them.
    for (std::size_t i = 0; i + 1 < few.y.size(); ++i) {
        if (std::isnan(few.y[i]) || std::isnan(few.y[i + 1]))
            continue;
        const auto from = y.begin() + std::ptrdiff_t(few.x[i]), to = y.begin() + std::ptrdiff_t(few.x[i + 1]);
        QVERIFY(std::none_of(from, to, [](double each) { return std::isnan(each); }));
    }
    const PanelSeries beside = thinned(over(y, noise(COUNT, 1)));
    QVERIFY(std::ranges::any_of(beside.y, [](double each) { return std::isnan(each); }));
    QVERIFY(thinned(over(counted(COUNT), std::vector<double>(COUNT, NONE))).y.empty());
}

void test_PanelPlot::aValueBetweenGapsIsADot() {
    const auto found = columns(over({0, 1, 2, 3, 4}, {0, NONE, 1, NONE, 0}));
    QCOMPARE(std::ranges::count_if(found, [](const auto& ends) { return ends.first >= 0; }), 3);
}

void test_PanelPlot::aLineThatLeapsToAndFroIsSimplifiedAndSaysSo() {
    std::vector<double> x = noise(COUNT, 3), y = noise(COUNT, 1);
    std::reverse(y.begin(), y.end());
    x[77'777] = 30;
    y[111'111] = -20;
    const PanelSeries few = thinned(over(x, y));
    QVERIFY2(few.y.size() <= 8 * (MOST_PLOT_COLUMNS + 1), qPrintable(QString::number(few.y.size())));
    QCOMPARE(few.drawnOf, std::size_t(COUNT));
    QVERIFY(std::ranges::find(few.x, 30) != few.x.end());
    QVERIFY(std::ranges::find(few.y, -20) != few.y.end());
    PanelPlotView view;
    view.resize(700, 300);
    const auto ink = [&](std::size_t drawnOf) {
        auto plot = std::make_shared<PanelPlot>();
        plot->series = {over({0, 1}, {0, 0})};
        plot->series.front().drawnOf = drawnOf;
        view.setPlot(plot);
        return view.grab().toImage();
    };
    QVERIFY(ink(0) != ink(COUNT));
}

void test_PanelPlot::manyLinesTogetherAreNoMoreThanOne() {
    PanelPlot plot;
    plot.series.assign(100, over(counted(5'000), noise(5'000, 1)));
    thin(plot);
    std::size_t points = 0;
    for (const PanelSeries& series : plot.series)
        points += series.y.size();
    QVERIFY2(points <= 8 * (MOST_COLUMNS_OF_ALL + 100), qPrintable(QString::number(points)));
}

void test_PanelPlot::theLargestNumbersArePainted() {
    constexpr double LARGEST = std::numeric_limits<double>::max();
    const auto found = columns(over({-LARGEST, 0, LARGEST}, {-LARGEST, LARGEST, -LARGEST}));
    QVERIFY(std::ranges::count_if(found, [](const auto& ends) { return ends.first >= 0; }) > 300);
    QVERIFY(std::ranges::count_if(columns(over({0, 1}, {1e300, 1e300})), [](const auto& ends) { return ends.first >= 0; }) > 0);
}

QTEST_MAIN(test_PanelPlot)
#include "test_PanelPlot.moc"
