// Tests that nodes become the right pixels, values and files, and that bad files are refused by name.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/pixels/Evaluation.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cstring>

using namespace tintype;

namespace {

const std::string SAMPLES = "/usr/lib/python3/dist-packages/skimage/data/";

std::string messageOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class TestEvaluation : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    Evaluation m_evaluation{m_catalog};
    QTemporaryDir m_folder;

    std::string path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    Image open(const std::string& name) { return Image(m_evaluation.openFile(SAMPLES + name)); }
    Image apply(const char* id, Parameters given) { return Image(m_evaluation.apply(m_catalog.get(id), given)); }
    Image ramp(int width, int height) {
        auto buffer = std::make_shared<PixelBuffer>(ImageShape{width, height, 1, PixelFormat::UChar, "b-w"});
        auto* pixels = static_cast<std::uint8_t*>(buffer->mutableData());
        for (int i = 0; i < width * height; ++i)
            pixels[i] = std::uint8_t(i % 251);
        return Image(Node::createArray(buffer));
    }
    std::vector<std::uint8_t> bytes(const Image& image, const EvaluationOptions& options = {}) {
        const auto buffer = m_evaluation.pixels(image, {}, options);
        const auto* data = static_cast<const std::uint8_t*>(buffer->data());
        return {data, data + buffer->shape().byteCount()};
    }
    void writeFile(const char* name, const QByteArray& content) {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

private Q_SLOTS:
    void arrayPixelsComeBackAsTheyWere() {
        const Image image = ramp(300, 200);
        const auto buffer = m_evaluation.pixels(image);
        QCOMPARE(std::memcmp(buffer->data(), image.node()->pixels()->data(), 300 * 200), 0);
    }

    void fileHasTheShapeThatItsHeaderSays() {
        const ImageInfo info = m_evaluation.info(open("astronaut.png"));
        QCOMPARE(info.shape.width, 512);
        QCOMPARE(info.shape.bands, 3);
        QCOMPARE(info.planeCount(), 1);
    }

    void operationChangesPixels() {
        const Image image = ramp(16, 16);
        const auto inverted = bytes(apply("invert", {{"in", image.output()}}));
        QCOMPARE(int(inverted[0]), 255);
        QCOMPARE(int(inverted[10]), 245);
    }

    void numberOfAnotherNodeIsAParameter() {
        const Image image = ramp(16, 16);
        const NodePtr level = m_evaluation.apply(m_catalog.get("max"), {{"in", image.output()}});
        const Image bright = apply("linear", {{"in", image.output()}, {"a", 0.0}, {"b", NodeOutput{level, "out"}}});
        const auto value = m_evaluation.value({apply("avg", {{"in", bright.output()}}).node(), "out"});
        QCOMPARE(std::get<double>(value), 250.0);
    }

    void numberStandsForAConstantImage() {
        const Image image = ramp(16, 16);
        QCOMPARE(int(bytes(apply("add", {{"left", image.output()}, {"right", 7}}))[0]), 7);
    }

    void rowsOfNumbersAreAMatrix() {
        const Image image = ramp(16, 16);
        const List rows{Value(List{0, 0, 0}), Value(List{0, 0, 1}), Value(List{0, 0, 0})};
        const Image moved = apply("conv", {{"in", image.output()}, {"mask", rows}});
        const NodeOutput point{apply("getpoint", {{"in", moved.output()}, {"x", 4}, {"y", 0}}).node(), "out_array"};
        QCOMPARE(QString::fromStdString(m_evaluation.value(point).toText()), QStringLiteral("[5.0]"));
    }

    void drawingLeavesTheInputAsItWas() {
        const Image image = ramp(16, 16);
        const Image drawn = apply("draw_rect", {{"image", image.output()}, {"ink", List{200.0}}, {"left", 0}, {"top", 0},
                                                {"width", 4}, {"height", 4}, {"fill", true}});
        QCOMPARE(int(bytes(drawn)[0]), 200);
        QCOMPARE(int(bytes(image)[0]), 0);
    }

    void limitsOfTheImageAreNamed() {
        const Image image = ramp(16, 16);
        const auto refusal = [&](const char* id, const Parameters& given) {
            return QString::fromStdString(messageOf([&] { apply(id, given); }));
        };
        QCOMPARE(refusal("extract_band", {{"in", image.output()}, {"band", 3}}),
                 QStringLiteral("extract_band: band must be from 0 to 0, since the image has 1 band(s), not 3"));
        QCOMPARE(refusal("crop", {{"input", image.output()}, {"left", 4}, {"top", 0}, {"width", 20}, {"height", 2}}),
                 QStringLiteral("crop: left + width must be at most 16, since the image has 16 pixels across, not 4 + 20"));
        const QString other = refusal("otsu", {{"in", open("astronaut.png").output()}});
        QVERIFY2(other.contains(QStringLiteral("512 x 512, 3 bands, uchar")), qPrintable(other));
    }

    void longChainsNeitherCrashNorRecurse() {
        Image image = ramp(8, 8);
        for (int i = 0; i < 3000; ++i)
            image = apply("invert", {{"in", image.output()}});
        QCOMPARE(bytes(image), bytes(ramp(8, 8)));
        m_evaluation.dropCaches();
        QCOMPARE(bytes(image), bytes(ramp(8, 8)));
        const auto value = m_evaluation.value({apply("max", {{"in", image.output()}}).node(), "out"});
        QCOMPARE(std::get<double>(value), 63.0);
    }

    void planesAreReadOneByOne() {
        const NodePtr file = m_evaluation.openFile(SAMPLES + "multipage.tif", {}, true);
        const Image all(file);
        const ImageInfo info = m_evaluation.info(all);
        QCOMPARE(info.planeCount(), 2);
        QCOMPARE(info.axes.front().name, std::string("page"));
        EvaluationOptions second;
        second.plane = 1;
        const Image plane(Node::create(Node::PLANE, {{"in", all.output()}, {"index", 1}}));
        QCOMPARE(bytes(plane), bytes(all, second));
        QVERIFY(bytes(plane) != bytes(all));
        // One recipe serves every plane.
        const Image inverted = apply("invert", {{"in", all.output()}});
        QVERIFY(bytes(inverted) != bytes(inverted, second));
    }

    void badFilesAreRefusedByName_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("reason");
        QTest::newRow("missing") << "nothing.png" << "there is no such file";
        QTest::newRow("folder") << "." << "folder";
        QTest::newRow("empty") << "empty.png" << "empty (0 bytes)";
        QTest::newRow("text") << "text.png" << "text.png";
    }
    void badFilesAreRefusedByName() {
        QFETCH(QString, name);
        QFETCH(QString, reason);
        writeFile("empty.png", {});
        writeFile("text.png", "this is no picture\n");
        const std::string file = m_folder.filePath(name).toStdString();
        const QString message = QString::fromStdString(messageOf([&] { m_evaluation.openFile(file); }));
        QVERIFY2(message.contains(reason), qPrintable(message));
    }

    void truncatedJpegFailsUnlessToldOtherwise() {
        QFile rocket(QString::fromStdString(SAMPLES + "rocket.jpg"));
        QVERIFY(rocket.open(QIODevice::ReadOnly));
        writeFile("cut.jpg", rocket.readAll().left(40'000));
        const Image image(m_evaluation.openFile(path("cut.jpg")));
        QVERIFY(!messageOf([&] { bytes(image); }).empty());
        EvaluationOptions tolerant;
        tolerant.tolerant = true;
        QVERIFY(!bytes(image, tolerant).empty());
        QVERIFY(!bytes(Image(m_evaluation.openFile(path("cut.jpg"), {{"fail_on", "none"}}))).empty());
    }

    void fileThatWasOverwrittenIsNoticed() {
        m_evaluation.writeToFile(ramp(16, 16), path("changing.png"));
        const Image before(m_evaluation.openFile(path("changing.png")));
        m_evaluation.writeToFile(ramp(32, 32), path("changing.png"));
        QCOMPARE(m_evaluation.info(Image(m_evaluation.openFile(path("changing.png")))).shape.width, 32);
        // The image opened before keeps its pixels: Tintype itself wrote over them.
        QCOMPARE(bytes(before), bytes(ramp(16, 16)));
        // Somebody else's change is an error rather than other pixels.
        const Image second(m_evaluation.openFile(path("changing.png")));
        writeFile("changing.png", "other");
        QVERIFY(messageOf([&] { bytes(second); }).find("has changed") != std::string::npos);
    }

    void pictureOfARecipeMayHaveBeenCopied() {
        m_evaluation.writeToFile(ramp(16, 16), path("copied.png"));
        const qint64 size = QFileInfo(QString::fromStdString(path("copied.png"))).size();
        const auto source = [&](qint64 bytes) {
            return Image(Node::create(Node::FILE, {{"filename", path("copied.png")},
                                                   {"size", std::int64_t(bytes)},
                                                   {"modified", 1},
                                                   {"planes", false}}));
        };
        QCOMPARE(bytes(source(size)), bytes(ramp(16, 16)));
        QVERIFY(messageOf([&] { bytes(source(size + 1)); }).find("has changed") != std::string::npos);
    }

    void savedFileHoldsTheSamePixels() {
        const Image image = apply("invert", {{"in", open("coins.png").output()}});
        m_evaluation.writeToFile(image, path("out.png"));
        QCOMPARE(bytes(Image(m_evaluation.openFile(path("out.png")))), bytes(image));
    }

    void failedSaveLeavesTheOldFile() {
        m_evaluation.writeToFile(ramp(16, 16), path("kept.png"));
        QVERIFY(!messageOf([&] { m_evaluation.writeToFile(ramp(8, 8), path("kept.png"), {{"no_such", 1}}); }).empty());
        CancelToken stopped;
        stopped.cancel();
        QVERIFY(!messageOf([&] { m_evaluation.writeToFile(ramp(8, 8), path("kept.png"), {}, {stopped, {}}); }).empty());
        QCOMPARE(bytes(Image(m_evaluation.openFile(path("kept.png")))), bytes(ramp(16, 16)));
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("*.part*")}, QDir::Files | QDir::Hidden).size(), 0);
    }

    void unknownEndingIsRefusedWithTheKnownOnes() {
        const std::string message = messageOf([&] { m_evaluation.writeToFile(ramp(8, 8), path("out.xyz")); });
        QVERIFY2(message.find(".png") != std::string::npos, message.c_str());
    }

    void cancelEndsAnEvaluation() {
        // Far too much work to end by itself while the test waits.
        Image slow = apply("gaussnoise", {{"width", 60'000}, {"height", 60'000}});
        slow = apply("gaussblur", {{"in", slow.output()}, {"sigma", 20.0}});
        EvaluationWatch watch;
        watch.progress = [token = watch.token](double) mutable { token.cancel(); };
        QVERIFY_EXCEPTION_THROWN(m_evaluation.writeToFile(slow, path("slow.tif"), {}, watch), Error);
        QVERIFY(!QFile::exists(QString::fromStdString(path("slow.tif"))));
    }

    void aStopEndsOneEvaluationAndNoLaterOne() {
        Image image = apply("gaussnoise", {{"width", 3000}, {"height", 3000}, {"seed", 1}});
        image = apply("gaussblur", {{"in", image.output()}, {"sigma", 2.0}});
        EvaluationWatch stopped;
        stopped.progress = [token = stopped.token](double) mutable { token.cancel(); };
        QVERIFY_EXCEPTION_THROWN(m_evaluation.pixels(image, stopped), Error);
        EvaluationWatch ended;
        const auto before = m_evaluation.pixels(image, ended);
        // It has nothing to stop any more.
        ended.token.cancel();
        const auto after = m_evaluation.pixels(image, EvaluationWatch());
        QVERIFY(std::memcmp(before->data(), after->data(), before->shape().byteCount()) == 0);
    }

    void displayShowsBytesAsTheyAre() {
        const Image image = open("coins.png");
        const auto reader = m_evaluation.displayReader(image, 0);
        std::vector<std::uint32_t> shown(64 * 64);
        reader->read({10, 20, 64, 64}, shown.data(), 64 * 4);
        const auto grey = bytes(image);
        const int width = m_evaluation.info(image).shape.width;
        for (int y = 0; y < 64; ++y) {
            for (int x = 0; x < 64; ++x)
                QCOMPARE(int(shown[y * 64 + x] & 0xff), int(grey[(y + 20) * width + x + 10]));
        }
    }
};

QTEST_GUILESS_MAIN(TestEvaluation)
#include "test_Evaluation.moc"
