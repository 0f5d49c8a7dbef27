// Tests what measuring is made of: sums of parts, hulls, outlines; and that long work on objects tells its progress and
// stops.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/measure/ObjectShape.h"
#include "core/pixels/Evaluation.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

using namespace tintype;

namespace {

using Rows = std::vector<std::string>;

ObjectSums sumsOf(const Rows& rows, std::size_t begin, std::size_t end) {
    ObjectSums sums;
    for (std::size_t y = begin; y < end; ++y) {
        for (std::size_t x = 0; x < rows[y].size(); ++x) {
            const std::size_t first = x;
            while (x < rows[y].size() && rows[y][x] == '#')
                ++x;
            if (x > first)
                sums.addRun(int(y), int(first), int(x));
        }
    }
    return sums;
}

std::int64_t hullPixels(const Rows& rows) {
    return sumsOf(rows, 0, rows.size()).outline.pixelCount();
}

} // namespace

class TestMeasure : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};

    /// Far more pixels than a test may compute.
    Image huge() {
        return Image(m_evaluation.apply(m_catalog.get("black"), {{"width", 150'000}, {"height", 100'000}}));
    }

    /// Runs work that is stopped as soon as it tells how far it has come.
    template <typename F>
    void mustStop(F&& work) {
        EvaluationWatch watch;
        double last = 0;
        watch.progress = [&](double fraction) {
            last = fraction;
            watch.token.cancel();
        };
        try {
            work(watch);
            QFAIL("the work was not stopped");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), int(ErrorCode::Cancelled));
        }
        QVERIFY2(last < 0.5, qPrintable(QString::number(last)));
    }

private Q_SLOTS:
    void anObjectMayBeSummedUpInAnyParts() {
        const Rows rows{"..###...#", ".#...##..", "#########", "...#.....", "..####...", "#.......#"};
        const ObjectSums whole = sumsOf(rows, 0, rows.size());
        for (std::size_t cut = 1; cut < rows.size(); ++cut) {
            ObjectSums parts = sumsOf(rows, 0, cut);
            parts.append(sumsOf(rows, cut, rows.size()));
            QCOMPARE(parts.area, whole.area);
            QVERIFY(parts.xx == whole.xx && parts.xy == whole.xy && parts.yy == whole.yy);
            QCOMPARE(parts.outline.pixelCount(), whole.outline.pixelCount());
            QCOMPARE(ObjectShape(parts).orientation, ObjectShape(whole).orientation);
        }
    }

    void theHullHoldsThePixelsBetween() {
        QCOMPARE(hullPixels({"#"}), 1);
        QCOMPARE(hullPixels({"####", "####", "####"}), 12);
        QCOMPARE(hullPixels({"####", "#..#", "####"}), 12);
        QCOMPARE(hullPixels({"#.", ".#"}), 2);
        QCOMPARE(hullPixels({"#....", ".....", "....."}), 1);
        QCOMPARE(hullPixels({"..#..", ".....", "#...#", ".....", "..#.."}), 13);
        QCOMPARE(hullPixels({"#...#"}), 5);
    }

    void sumsOfHugeObjectsAreExact() {
        ObjectSums sums;
        const double width = 9'000'000;
        const double height = 40'000;
        for (int y = 0; y < int(height); ++y)
            sums.addRun(y + 9'000'000, 7, 7 + int(width));
        const ObjectShape shape(sums);
        QCOMPARE(shape.majorAxis, 4 * std::sqrt((width * width - 1) / 12));
        QCOMPARE(shape.minorAxis, 4 * std::sqrt((height * height - 1) / 12));
        QCOMPARE(shape.orientation, 0.0);
        QCOMPARE(shape.solidity, 1.0);
    }

    void measuringStops() {
        const Image labels = huge();
        mustStop([&](const EvaluationWatch& watch) { m_evaluation.measureObjects(labels, labels, watch); });
    }

    void labellingStops() {
        const Image mask = huge();
        mustStop([&](const EvaluationWatch& watch) {
            m_evaluation.apply(m_catalog.get("label"), {{"in", mask.output()}}, watch);
        });
    }

    void fillingHolesStops() {
        const Image mask = huge();
        mustStop([&](const EvaluationWatch& watch) {
            m_evaluation.apply(m_catalog.get("fill_holes"), {{"in", mask.output()}}, watch);
        });
    }

    void progressOfMeasuringGrowsToTheEnd() {
        const Image labels(m_evaluation.apply(m_catalog.get("black"), {{"width", 2000}, {"height", 40000}}));
        std::vector<double> told;
        EvaluationWatch watch;
        watch.progress = [&](double fraction) { told.push_back(fraction); };
        QVERIFY(m_evaluation.measureObjects(labels, {}, watch).front().values.empty());
        QVERIFY(!told.empty() && std::ranges::is_sorted(told) && told.size() > 2 && told.back() == 1);
    }
};

QTEST_GUILESS_MAIN(TestMeasure)
#include "test_Measure.moc"
