// Tests filters against plain loops: median, rank, erosion, dilation, and the exact Gaussian blur, edges and binning.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/Evaluation.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <functional>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

/// The value at `index` among the sorted ones of each window; the edge's pixels are repeated outside.
std::vector<std::uint8_t> sortedWindows(const std::vector<std::uint8_t>& pixels, int width, int height, int size,
                                        int index) {
    std::vector<std::uint8_t> result;
    std::vector<std::uint8_t> window;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            window.clear();
            for (int dy = -size / 2; dy <= size / 2; ++dy) {
                for (int dx = -size / 2; dx <= size / 2; ++dx)
                    window.push_back(pixels[std::size_t(std::clamp(y + dy, 0, height - 1) * width +
                                                        std::clamp(x + dx, 0, width - 1))]);
            }
            std::ranges::nth_element(window, window.begin() + index);
            result.push_back(window[std::size_t(index)]);
        }
    }
    return result;
}

/// The Gaussian of one row or column, far beyond where it matters.
std::vector<double> gaussianPass(const std::vector<double>& in, int width, int height, double sigma, bool across) {
    const int reach = int(std::ceil(8 * sigma));
    std::vector<double> weights;
    double sum = 0;
    for (int i = -reach; i <= reach; ++i) {
        weights.push_back(std::exp(-i * i / (2 * sigma * sigma)));
        sum += weights.back();
    }
    std::vector<double> out(in.size());
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double total = 0;
            for (int i = -reach; i <= reach; ++i) {
                const int column = across ? std::clamp(x + i, 0, width - 1) : x;
                const int row = across ? y : std::clamp(y + i, 0, height - 1);
                total += weights[std::size_t(i + reach)] * in[std::size_t(row * width + column)];
            }
            out[std::size_t(y * width + x)] = total / sum;
        }
    }
    return out;
}

} // namespace

class TestFilters : public QObject {
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

private Q_SLOTS:
    void gaussianBlurIsExactAndKeepsTheFormat_data() {
        QTest::addColumn<double>("sigma");
        for (double sigma : {0.5, 1.0, 3.0, 9.0})
            QTest::newRow(qPrintable(QString::number(sigma))) << sigma;
    }

    void gaussianBlurIsExactAndKeepsTheFormat() {
        QFETCH(double, sigma);
        const Image grey = micrograph(150, 140, 3);
        const auto source = pixels<std::uint8_t>(grey);
        const std::vector<double> numbers(source.begin(), source.end());
        const auto expected = gaussianPass(gaussianPass(numbers, 150, 140, sigma, true), 150, 140, sigma, false);
        const Image blurred = apply("gaussblur", {{"in", grey.output()}, {"sigma", sigma}});
        QVERIFY(m_evaluation.info(blurred).shape.format == PixelFormat::UChar);
        const auto found = pixels<std::uint8_t>(blurred);
        for (std::size_t i = 0; i < found.size(); ++i)
            QVERIFY2(std::abs(found[i] - expected[i]) < 0.6, qPrintable(QString::number(expected[i])));
    }

    void binningIsNotBiased() {
        const Image grey = micrograph(150, 140, 3);
        const auto source = pixels<std::uint8_t>(grey);
        const auto found =
            pixels<std::uint8_t>(apply("shrink", {{"in", grey.output()}, {"hshrink", 2}, {"vshrink", 2}}));
        for (std::size_t i = 0; i < found.size(); ++i) {
            const std::size_t at = i / 75 * 2 * 150 + i % 75 * 2;
            const double mean = (source[at] + source[at + 1] + source[at + 150] + source[at + 151]) / 4.0;
            QVERIFY2(std::abs(found[i] - mean) <= 0.5, qPrintable(QString::number(mean)));
        }
    }

    void medianAndRankEqualASortOfTheWindow_data() {
        QTest::addColumn<QString>("format");
        QTest::addColumn<int>("size");
        QTest::newRow("small window") << u"uchar"_s << 3;
        QTest::newRow("large window") << u"uchar"_s << 15;
        QTest::newRow("16 bits") << u"ushort"_s << 5;
        QTest::newRow("16 bits, large window") << u"ushort"_s << 9;
        QTest::newRow("float") << u"float"_s << 3;
        QTest::newRow("32 bits") << u"int"_s << 3;
    }

    void medianAndRankEqualASortOfTheWindow() {
        QFETCH(QString, format);
        QFETCH(int, size);
        const Image grey = micrograph(150, 140, 3);
        const Image of = apply("cast", {{"in", grey.output()}, {"format", format.toStdString()}});
        const auto narrow = [&](const Image& result) {
            return pixels<std::uint8_t>(apply("cast", {{"in", result.output()}, {"format", "uchar"}}));
        };
        const int middle = size * size / 2;
        const int third = size * size / 3;
        const auto expected = sortedWindows(pixels<std::uint8_t>(grey), 150, 140, size, middle);
        QVERIFY(narrow(apply("median", {{"in", of.output()}, {"size", size}})) == expected);
        QVERIFY(narrow(apply("rank", {{"in", of.output()}, {"width", size}, {"height", size}, {"index", middle}})) ==
                expected);
        const Image lower = apply("rank", {{"in", of.output()}, {"width", size}, {"height", size}, {"index", third}});
        QVERIFY(narrow(lower) == sortedWindows(pixels<std::uint8_t>(grey), 150, 140, size, third));
    }

    void medianRefusesAnEvenWindow() {
        const std::string reason = complaint([&] { apply("median", {{"in", mask({"#.#"}).output()}, {"size", 4}}); });
        QVERIFY2(reason.find("odd size, not 4") != std::string::npos, reason.c_str());
    }

    void erodeAndDilateShrinkAndGrow() {
        const Image dot = mask({".......", ".......", ".......", "...#...", ".......", ".......", "......."});
        const Image disc = apply("dilate", {{"in", dot.output()}, {"radius", 2}});
        QCOMPARE(pixels<std::uint8_t>(disc), pixels<std::uint8_t>(mask({".......", "..###..", ".#####.", ".#####.",
                                                                        ".#####.", "..###..", "......."})));
        const Image square = apply("dilate", {{"in", dot.output()}, {"radius", 2}, {"shape", "square"}});
        QCOMPARE(pixels<std::uint8_t>(apply("erode", {{"in", square.output()}, {"radius", 2}, {"shape", "square"}})),
                 pixels<std::uint8_t>(dot));
    }

    void erodeOfEveryFormatEqualsLibvipsRank_data() {
        QTest::addColumn<QString>("format");
        for (const char* format : {"uchar", "char", "ushort", "short", "uint", "int", "float", "double"})
            QTest::newRow(format) << QString::fromUtf8(format);
    }

    void erodeOfEveryFormatEqualsLibvipsRank() {
        QFETCH(QString, format);
        const Image of = apply("cast", {{"in", micrograph(200, 180, 5).output()}, {"format", format.toStdString()}});
        const Image eroded = apply("erode", {{"in", of.output()}, {"radius", 2}, {"shape", "square"}});
        const Image rank = apply("rank", {{"in", of.output()}, {"width", 5}, {"height", 5}, {"index", 0}});
        QCOMPARE(pixels<std::uint8_t>(eroded), pixels<std::uint8_t>(rank));
    }
};

QTEST_GUILESS_MAIN(TestFilters)
#include "test_Filters.moc"
