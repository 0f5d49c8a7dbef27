// Tests our kernels against plain loops: levels, masks, labels, and the micrograph with its known number of cells.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/Evaluation.h"

#include <QCryptographicHash>
#include <QTest>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>
#include <limits>
#include <set>
#include <thread>

using namespace tintype;

namespace {

/// Otsu's criterion, tried at every level between the values that occur; the lowest of the best.
double bruteForceLevel(std::vector<double> values) {
    std::ranges::sort(values);
    double best = -1;
    double level = values.front();
    double total = 0;
    for (double value : values)
        total += value;
    double dark = 0;
    for (std::size_t i = 0; i + 1 < values.size(); ++i) {
        dark += values[i];
        if (values[i] == values[i + 1])
            continue;
        const double n = double(i) + 1;
        const double m = double(values.size()) - n;
        const double apart = dark / n - (total - dark) / m;
        if (n * m * apart * apart > best) {
            best = n * m * apart * apart;
            level = values[i];
        }
    }
    return level;
}

/// A column of a table of tests.
struct Options {
    Parameters given;
};

} // namespace

class TestKernels : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};

    template <typename T>
    Image image(int width, int height, PixelFormat format, const std::vector<T>& pixels, int bands = 1) {
        auto buffer = std::make_shared<PixelBuffer>(ImageShape{width, height, bands, format, "b-w"});
        std::ranges::copy(pixels, static_cast<T*>(buffer->mutableData()));
        return Image(Node::createArray(buffer));
    }
    /// '#' is 255, everything else 0.
    Image mask(const std::vector<std::string>& rows) {
        std::vector<std::uint8_t> pixels;
        for (const std::string& row : rows) {
            for (char c : row)
                pixels.push_back(c == '#' ? 255 : 0);
        }
        return image(int(rows.front().size()), int(rows.size()), PixelFormat::UChar, pixels);
    }
    Image apply(const char* id, Parameters given, const char* output = "out") {
        return Image(m_evaluation.apply(m_catalog.get(id), std::move(given)), output);
    }
    double number(const Image& result, const EvaluationWatch& watch = {}) {
        double value = std::numeric_limits<double>::quiet_NaN();
        m_evaluation.value(result.output(), watch).toNumber(value);
        return value;
    }
    template <typename T>
    std::vector<T> pixels(const Image& of) {
        const auto buffer = m_evaluation.pixels(of);
        const auto* data = static_cast<const T*>(buffer->data());
        return {data, data + buffer->shape().byteCount() / sizeof(T)};
    }
    std::string complaint(const std::function<void()>& call) {
        try {
            call();
        } catch (const Error& error) {
            return error.what();
        }
        return "nothing";
    }
    Image micrograph(int width, int height, int count, int seed = 0) {
        return apply("micrograph", {{"width", width}, {"height", height}, {"count", count}, {"seed", seed}});
    }
    int countCells(const Image& of) {
        const Image blurred = apply("gaussblur", {{"in", of.output()}, {"sigma", 1.5}});
        const Image level = apply("otsu", {{"in", blurred.output()}});
        const Image found =
            apply("relational_const", {{"in", blurred.output()}, {"relational", "more"}, {"c", level.output()}});
        return int(number(apply("label", {{"in", found.output()}}, "count")));
    }

private Q_SLOTS:
    void otsuFindsTheLevelOfEightAndSixteenBits() {
        std::vector<std::uint8_t> small;
        std::vector<std::uint16_t> large;
        for (unsigned i = 0; i < 2000; ++i) {
            const unsigned value = i % 3 ? 30 + i * 7919 % 50 : 140 + i * 104729 % 90;
            small.push_back(std::uint8_t(value));
            large.push_back(std::uint16_t(value * 200));
        }
        const double level = number(apply("otsu", {{"in", image(50, 40, PixelFormat::UChar, small).output()}}));
        QCOMPARE(level, bruteForceLevel({small.begin(), small.end()}));
        const double wide = number(apply("otsu", {{"in", image(50, 40, PixelFormat::UShort, large).output()}}));
        QCOMPARE(wide, bruteForceLevel({large.begin(), large.end()}));
    }

    void otsuOfFloatsLiesBetweenTheClassesAndIgnoresNaN() {
        std::vector<float> values(600, -0.5f);
        std::fill(values.begin() + 300, values.end(), 0.25f);
        values[7] = std::numeric_limits<float>::quiet_NaN();
        values[8] = std::numeric_limits<float>::infinity();
        const double level = number(apply("otsu", {{"in", image(30, 20, PixelFormat::Float, values).output()}}));
        QVERIFY2(level >= -0.5 && level < 0.25, qPrintable(QString::number(level)));
    }

    void otsuOfOneValueIsThatValue() {
        const std::vector<std::uint8_t> flat(100, 7);
        QCOMPARE(number(apply("otsu", {{"in", image(10, 10, PixelFormat::UChar, flat).output()}})), 7.0);
        const std::vector<float> flatFloat(100, 2.5f);
        QCOMPARE(number(apply("otsu", {{"in", image(10, 10, PixelFormat::Float, flatFloat).output()}})), 2.5);
    }

    void otsuRefusesSeveralBands() {
        const Image colour = image(2, 2, PixelFormat::UChar, std::vector<std::uint8_t>(12), 3);
        const std::string reason = complaint([&] { number(apply("otsu", {{"in", colour.output()}})); });
        QVERIFY2(reason.find("otsu") != std::string::npos && reason.find("one band") != std::string::npos,
                 reason.c_str());
    }

    void thresholdMasksWhatIsAboveTheLevel() {
        const std::vector<std::uint8_t> ramp{0, 50, 100, 128, 129, 255};
        const Image of = image(6, 1, PixelFormat::UChar, ramp);
        const std::vector<std::uint8_t> above{0, 0, 0, 0, 255, 255};
        QCOMPARE(pixels<std::uint8_t>(apply("threshold", {{"in", of.output()}, {"method", "fixed"}, {"level", 128}})),
                 above);
        const double level = number(apply("otsu", {{"in", of.output()}}));
        QCOMPARE(number(apply("threshold", {{"in", of.output()}}, "found")), level);
    }

    void triangleFindsTheFootOfTheTail() {
        // A steep peak at 20 and a flat tail to 220: the foot lies near the peak.
        std::vector<std::uint8_t> values(9000, 20);
        for (int i = 0; i < 1000; ++i)
            values.push_back(std::uint8_t(21 + i % 200));
        const Image of = image(100, 100, PixelFormat::UChar, values);
        const double level = number(apply("threshold", {{"in", of.output()}, {"method", "triangle"}}, "found"));
        QVERIFY2(level >= 20 && level <= 25, qPrintable(QString::number(level)));
        const Image negative = apply("invert", {{"in", of.output()}});
        const double inverted =
            number(apply("threshold", {{"in", negative.output()}, {"method", "triangle"}}, "found"));
        QCOMPARE(inverted, 254 - level);
    }

    void labelNumbersObjectsInReadingOrder() {
        const Image objects = mask({"##..#", "....#", "#...#", ".#..."});
        const Image labels = apply("label", {{"in", objects.output()}});
        const std::vector<int> expected{1, 1, 0, 0, 2, 0, 0, 0, 0, 2, 3, 0, 0, 0, 2, 0, 3, 0, 0, 0};
        QCOMPARE(pixels<int>(labels), expected);
        QCOMPARE(number(Image(labels.node(), "count")), 3.0);
    }

    void labelWithFourNeighboursPartsCorners() {
        const Image objects = mask({"#..", ".#.", "..#"});
        QCOMPARE(number(apply("label", {{"in", objects.output()}, {"connectivity", 4}}, "count")), 3.0);
        QCOMPARE(number(apply("label", {{"in", objects.output()}, {"connectivity", 8}}, "count")), 1.0);
    }

    void labelCountsFractionsAsObjects() {
        const Image faint = image(3, 1, PixelFormat::Float, std::vector<float>{0.25f, 0, -0.5f});
        QCOMPARE(pixels<int>(apply("label", {{"in", faint.output()}})), (std::vector<int>{1, 0, 2}));
    }

    void labelOfAnEmptyMaskCountsNothing() {
        QCOMPARE(number(apply("label", {{"in", mask({"...", "..."}).output()}}, "count")), 0.0);
    }

    void micrographHasTheCellsThatWereAskedFor_data() {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("height");
        QTest::addColumn<int>("count");
        QTest::newRow("one") << 300 << 200 << 1;
        QTest::newRow("some") << 640 << 480 << 37;
        QTest::newRow("many") << 1024 << 768 << 500;
        QTest::newRow("a strip") << 1500 << 90 << 20;
    }

    void micrographHasTheCellsThatWereAskedFor() {
        QFETCH(int, width);
        QFETCH(int, height);
        QFETCH(int, count);
        for (int seed = 0; seed < 5; ++seed)
            QCOMPARE(countCells(micrograph(width, height, count, seed)), count);
    }

    void micrographIsTheSameOnEveryMachine() {
        const auto bytes = pixels<std::uint8_t>(micrograph(320, 240, 12, 3));
        const QByteArray hash =
            QCryptographicHash::hash(QByteArrayView(bytes.data(), qsizetype(bytes.size())), QCryptographicHash::Sha1)
                .toHex();
        QCOMPARE(hash, QByteArray("652ba1e062cac8faddb0f0e49a05299ff9b00886"));
    }

    void micrographIsTheSameInTiles() {
        const Image whole = micrograph(320, 240, 12);
        const auto all = pixels<std::uint8_t>(whole);
        const auto part = m_evaluation.pixels(whole, PixelRect{101, 57, 33, 21});
        const auto* data = static_cast<const std::uint8_t*>(part->data());
        for (int y = 0; y < 21; ++y)
            QVERIFY(std::equal(data + y * 33, data + y * 33 + 33, all.begin() + (y + 57) * 320 + 101));
    }

    void micrographSaysHowManyCellsFit() {
        const std::string reason = complaint([&] { pixels<std::uint8_t>(micrograph(100, 100, 50)); });
        QVERIFY2(reason.find("50 cells do not fit into 100 x 100 pixels; about 9 do") != std::string::npos,
                 reason.c_str());
    }

    void aCancelledScanEnds() {
        EvaluationWatch watch;
        watch.token.cancel();
        const Image noise = apply("gaussnoise", {{"width", 20000}, {"height", 20000}});
        const NodePtr node = m_catalog.makeNode(m_catalog.get("otsu"), {{"in", noise.output()}});
        try {
            m_evaluation.value(NodeOutput{node}, watch);
            QFAIL("the scan was not stopped");
        } catch (const Error& error) {
            QCOMPARE(int(error.code()), int(ErrorCode::Cancelled));
        }
    }

    void aCancelledSearchEnds_data() {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("side");
        QTest::addColumn<Options>("options");
        QTest::newRow("canny_edges") << "canny_edges" << 2000 << Options{{{"low", 20}, {"high", 60}}};
        QTest::newRow("clahe") << "clahe" << 5000 << Options{{{"across", 32}, {"down", 32}}};
        QTest::newRow("find_lines") << "find_lines" << 500 << Options{{{"votes", 1}, {"angle", 0.25}}};
        QTest::newRow("find_segments") << "find_segments" << 500 << Options{{{"votes", 400}}};
        QTest::newRow("circles by their votes") << "find_circles" << 500 << Options{{{"edge", 1}, {"votes", 10000}, {"max_radius", 200}}};
        QTest::newRow("split_objects of one object") << "split_objects" << 2500 << Options{};
        QTest::newRow("circles by their radii")
            << "find_circles" << 500 << Options{{{"edge", 500}, {"votes", 1}, {"max_radius", 30}, {"distance", 1}}};
    }

    /// The processor's time, not the clock's: other programs may run.
    void aCancelledSearchEnds() {
        QFETCH(QString, id);
        QFETCH(int, side);
        QFETCH(Options, options);
        std::vector<std::uint8_t> noise(std::size_t(side) * std::size_t(side));
        std::ranges::generate(noise, [random = 1u]() mutable { return std::uint8_t((random = random * 1664525 + 1013904223) >> 24); });
        options.given.insert(options.given.begin(), {"in", image(side, side, PixelFormat::UChar, noise).output()});
        const auto search = [&](const EvaluationWatch& watch) {
            const std::clock_t begin = std::clock();
            m_evaluation.apply(m_catalog.get(id.toStdString()), options.given, watch);
            return std::clock() - begin;
        };
        const std::clock_t whole = search({});
        const std::clock_t begin = std::clock();
        EvaluationWatch watch;
        std::thread canceller([&] {
            while (std::clock() - begin < whole / 8)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            watch.token.cancel();
        });
        try {
            search(watch);
            canceller.join();
            QFAIL("the search was not stopped");
        } catch (const Error& error) {
            canceller.join();
            QCOMPARE(int(error.code()), int(ErrorCode::Cancelled));
        }
        const std::clock_t spent = std::clock() - begin;
        QVERIFY2(spent < whole * 2 / 3, (std::to_string(spent) + " of " + std::to_string(whole)).c_str());
    }

    void kernelsMayRunOnAnyThreadAtOnce() {
        const Image of = micrograph(640, 480, 37);
        std::vector<int> counts(6);
        std::vector<std::thread> threads;
        for (int& count : counts)
            threads.emplace_back([this, &count, of] { count = countCells(of); });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(counts, std::vector<int>(6, 37));
    }
};

QTEST_GUILESS_MAIN(TestKernels)
#include "test_Kernels.moc"
