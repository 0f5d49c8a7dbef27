// Tests formats that functions open and save: found by suffix and beginning, read once, written whole, refused, taken away.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/Workbench.h"
#include "core/document/Commands.h"
#include "core/recipe/Recipe.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace tintype;

namespace {

class Function : public OperationFunction {
public:
    using Call = std::function<std::vector<Value>(const Parameters& parameters, const CancelToken& token)>;
    explicit Function(Call call, const void* owner = nullptr) : m_call(std::move(call)), m_owner(owner) {}
    std::vector<Value> call(const Parameters& parameters, const CancelToken& token) const override { return m_call(parameters, token); }
    const void* owner() const override { return m_owner; }

private:
    Call m_call;
    const void* m_owner;
};

std::string messageOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "nothing";
}

NodeOutput grey(std::uint8_t value, int width = 4, int height = 3) {
    auto buffer = std::make_shared<PixelBuffer>(ImageShape{width, height, 1, PixelFormat::UChar, "b-w"});
    auto* const pixels = static_cast<std::uint8_t*>(buffer->mutableData());
    std::fill(pixels, pixels + width * height, value);
    return {Node::createArray(buffer), "out"};
}

std::string textOf(const Parameters& parameters, const char* name) {
    return *findParameter(parameters, name)->as<std::string>();
}

} // namespace

class TestFileFormats : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<Workbench> m_workbench;
    int m_calls = 0;

    FileFormats& formats() { return m_workbench->catalog.formats(); }
    const Evaluation& evaluation() { return m_workbench->evaluation; }
    std::string path(const char* name, const QByteArray& content = "7") {
        QFile file(m_folder.filePath(QString::fromLatin1(name)));
        if (!content.isNull() && file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName().toStdString();
    }
    /// One grey picture, of the number in the file.
    Function::Call readsNumber() {
        return [this](const Parameters& parameters, const CancelToken&) {
            ++m_calls;
            QFile file(QString::fromStdString(textOf(parameters, "filename")));
            if (!file.open(QIODevice::ReadOnly))
                throw Error(ErrorCode::File, "gone");
            return std::vector<Value>{grey(std::uint8_t(file.readAll().toInt())), "page", List()};
        };
    }
    AddedFormat described(Function::Call load, Function::Call save = {}, const void* owner = nullptr) {
        AddedFormat format{"num", "Number", "the add-on Numbers", {"num"}, {}};
        format.load.options.id = "num";
        format.save.options.id = "num";
        if (load)
            format.load.function = std::make_shared<Function>(std::move(load), owner);
        if (save)
            format.save.function = std::make_shared<Function>(std::move(save), owner);
        return format;
    }
    int pixel(const Image& image, const EvaluationOptions& options = {}) {
        return *static_cast<const std::uint8_t*>(evaluation().pixels(image, {}, options)->data());
    }
    std::string refusal(const std::function<void(AddedFormat&)>& change) {
        AddedFormat format = described(readsNumber());
        change(format);
        return messageOf([&] { formats().add(std::move(format)); });
    }

private Q_SLOTS:
    void init() {
        m_workbench = std::make_unique<Workbench>();
        m_calls = 0;
    }

    void aFileOfItIsOpenedByItsSuffixAndReadOnce() {
        formats().add(described(readsNumber()));
        const std::string name = openImage(*m_workbench, path("a.num"));
        const Image image = m_workbench->document.state()->image(name);
        QCOMPARE(pixel(image), 7);
        QCOMPARE(evaluation().info(image).shape.width, 4);
        evaluation().dropCaches();
        QCOMPARE(pixel(image), 7);
        QCOMPARE(m_calls, 1);
    }

    void aFileIsReadAgainWhenItIsOpenedAgain() {
        formats().add(described(readsNumber()));
        const Image before(evaluation().openFile(path("again.num", "7")));
        QCOMPARE(pixel(before), 7);
        const Image after(evaluation().openFile(path("again.num", "123")));
        QCOMPARE(pixel(after), 123);
        QCOMPARE(pixel(before), 7);
    }

    void aRecipeWhoseFileHasChangedSaysSo() {
        formats().add(described(readsNumber()));
        const Image image(evaluation().openFile(path("changed.num", "7")));
        path("changed.num", "123");
        const std::string message = messageOf([&] { pixel(image); });
        QVERIFY2(message.find("the file has changed since it was opened") != std::string::npos, message.c_str());
    }

    void whatTheEngineDoesNotKnowIsFoundByItsBeginning() {
        AddedFormat format = described(readsNumber());
        format.beginnings = {"99", "7"};
        formats().add(std::move(format));
        QCOMPARE(pixel(Image(evaluation().openFile(path("nameless", "7")))), 7);
        const std::string message = messageOf([&] { evaluation().openFile(path("other", "8")); });
        QVERIFY2(message.ends_with("this is not an image, or of a kind that cannot be opened"), message.c_str());
    }

    void theSuffixGoesBeforeWhatIsInTheFile() {
        formats().add(described(readsNumber()));
        evaluation().writeToFile(Image(grey(9)), path("picture.png"));
        QFile::remove(m_folder.filePath(QStringLiteral("picture.num")));
        QVERIFY(QFile::rename(m_folder.filePath(QStringLiteral("picture.png")), m_folder.filePath(QStringLiteral("picture.num"))));
        const std::string picture = path("picture.num", {});
        QCOMPARE(pixel(Image(evaluation().openFile(picture))), 0);
        QCOMPARE(m_calls, 1);
        const QString elsewhere = m_folder.filePath(QStringLiteral("picture.other"));
        QFile::remove(elsewhere);
        QVERIFY(QFile::rename(m_folder.filePath(QStringLiteral("picture.num")), elsewhere));
        QCOMPARE(pixel(Image(evaluation().openFile(elsewhere.toStdString()))), 9);
        QCOMPARE(m_calls, 1);
    }

    void severalPlanesAreAnAxis() {
        formats().add(described([](const Parameters&, const CancelToken&) {
            return std::vector<Value>{List{grey(1), grey(2)}, "channel", List{"red", "green"}};
        }));
        const Image all(evaluation().openFile(path("planes.num"), {}, true));
        const ImageInfo info = evaluation().info(all);
        QCOMPARE(info.planeCount(), 2);
        QCOMPARE(info.axes[0].name, std::string("channel"));
        QCOMPARE(info.axes[0].labels, (std::vector<std::string>{"red", "green"}));
        EvaluationOptions second;
        second.plane = 1;
        QCOMPARE(pixel(all, second), 2);
        QCOMPARE(pixel(Image(Node::create(Node::PLANE, {{"in", all.output()}, {"index", 1}}))), 2);
        const Image first(evaluation().openFile(path("planes.num")));
        QCOMPARE(evaluation().info(first).planeCount(), 1);
        QCOMPARE(pixel(first), 1);
    }

    void optionsAreChecked() {
        AddedFormat format = described([](const Parameters& parameters, const CancelToken&) {
            return std::vector<Value>{grey(std::uint8_t(*findParameter(parameters, "level")->as<std::int64_t>())), "page", List()};
        });
        ParameterInfo level;
        level.name = "level";
        level.kind = ParameterKind::Integer;
        level.maximum = 100;
        level.defaultValue = 3;
        format.load.options.inputs = {level};
        formats().add(std::move(format));
        QCOMPARE(pixel(Image(evaluation().openFile(path("o.num")))), 3);
        const Image image(evaluation().openFile(path("o.num"), {{"level", 50}}));
        QCOMPARE(pixel(image), 50);
        QVERIFY(Recipe(image).toScript(m_workbench->catalog).find("o.num\", level=50, loader=\"num\")") != std::string::npos);
        const std::string range = messageOf([&] { evaluation().openFile(path("o.num"), {{"level", 101}}); });
        QVERIFY2(range.starts_with("num: level must be a whole number from 0 to 100"), range.c_str());
        const std::string unknown = messageOf([&] { evaluation().openFile(path("o.num"), {{"lever", 1}}); });
        QVERIFY2(unknown.find("did you mean 'level'") != std::string::npos, unknown.c_str());
    }

    void aRecipeInAFileSaysWhoseFormatIsMissing() {
        const AddedFormatPtr format = formats().add(described(readsNumber()));
        const Image image(evaluation().openFile(path("kept.num")));
        const QByteArray json = Recipe(image).toJson();
        QVERIFY(formats().remove(*format));
        const Image again = Recipe::fromJson(json, m_workbench->catalog).result();
        const std::string message = messageOf([&] { pixel(again); });
        QVERIFY2(message.ends_with("kept.num: it is opened by the format 'num' of the add-on Numbers, which is off or missing"), message.c_str());
        QCOMPARE(messageOf([&] { pixel(image); }), message);
        formats().add(described(readsNumber()));
        QCOMPARE(pixel(again), 7);
        QCOMPARE(pixel(image), 7);
    }

    void savingWritesBesideAndPutsInPlace() {
        std::string written;
        formats().add(described({}, [&](const Parameters& parameters, const CancelToken&) {
            written = textOf(parameters, "filename");
            QFile file(QString::fromStdString(written));
            if (!file.open(QIODevice::WriteOnly))
                throw Error(ErrorCode::File, "cannot");
            file.write(QByteArray::number(pixel(Image(*findParameter(parameters, "image")->as<NodeOutput>()))));
            return std::vector<Value>();
        }));
        const std::string target = path("out.num", "old");
        evaluation().writeToFile(Image(grey(42)), target);
        QVERIFY(written != target && written.ends_with(".num"));
        QVERIFY(!QFile::exists(QString::fromStdString(written)));
        QFile file(QString::fromStdString(target));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("42"));
        const std::string message = messageOf([&] { evaluation().openFile(target); });
        QVERIFY2(message.ends_with("of a kind that cannot be opened"), message.c_str());
    }

    void aSaveThatFailsLeavesTheOldFileAndNothingElse() {
        for (const bool throws : {true, false}) {
            std::string written;
            AddedFormat format = described({}, [&](const Parameters& parameters, const CancelToken&) -> std::vector<Value> {
                written = textOf(parameters, "filename");
                if (!throws)
                    return {};
                QFile file(QString::fromStdString(written));
                if (file.open(QIODevice::WriteOnly))
                    file.write("half");
                throw Error(ErrorCode::File, "the disk is full");
            });
            const AddedFormatPtr added = formats().add(std::move(format));
            const std::string target = path("old.num", "old");
            const std::string message = messageOf([&] { evaluation().writeToFile(Image(grey(42)), target); });
            QCOMPARE(message, throws ? std::string("the disk is full")
                                     : target + ": the format Number (num) of the add-on Numbers has not written the file that it was told to write");
            QVERIFY(!QFile::exists(QString::fromStdString(written)));
            QFile file(QString::fromStdString(target));
            QVERIFY(file.open(QIODevice::ReadOnly));
            QCOMPARE(file.readAll(), QByteArray("old"));
            formats().remove(*added);
        }
    }

    void suffixesAreListedWithTheEnginesOwn() {
        const AddedFormatPtr format = formats().add(described(readsNumber()));
        QCOMPARE(std::ranges::count(formats().loadableSuffixes(), "num"), 1);
        QCOMPARE(std::ranges::count(formats().savableSuffixes(), "num"), 0);
        QCOMPARE(std::ranges::count(formats().savableSuffixes(), "png"), 1);
        QVERIFY(formats().canSave("/x/A.PNG") && !formats().canSave("/x/a.num"));
        formats().remove(*format);
        QCOMPARE(std::ranges::count(formats().loadableSuffixes(), "num"), 0);
    }

    void whatIsWrongIsNamed() {
        QCOMPARE(refusal([](AddedFormat& format) { format.suffixes = {"tif"}; }),
                 std::string("file format 'num': files that end in .tif are opened or saved by Tintype itself"));
        QCOMPARE(refusal([](AddedFormat& format) { format.suffixes = {"ome.tif"}; }),
                 std::string("file format 'num': files that end in .ome.tif are opened or saved by Tintype itself"));
        for (const char* suffix : {"", "a b", ".num", "a/b", "*"})
            QVERIFY(refusal([&](AddedFormat& format) { format.suffixes = {suffix}; }).find("is no suffix of file names") != std::string::npos);
        QVERIFY(refusal([](AddedFormat& format) { format.suffixes = {"tint"}; }).find("Tintype's own scripts or projects") != std::string::npos);
        QVERIFY(refusal([](AddedFormat& format) { format.suffixes.clear(); }).find("it needs a suffix") != std::string::npos);
        for (const char* id : {"", "Num", "7", "a.b", "a b"})
            QVERIFY(refusal([&](AddedFormat& format) { format.id = id; }).find("its id must be of small letters") != std::string::npos);
        QVERIFY(refusal([](AddedFormat& format) { format.id = "pngload"; }).find("has a loader or a saver of that name") != std::string::npos);
        QVERIFY(refusal([](AddedFormat& format) { format.load.function = nullptr; }).find("a function that loads") != std::string::npos);
        QVERIFY(refusal([](AddedFormat& format) { format.beginnings = {""}; }).find("1 to 4096 bytes, not 0") != std::string::npos);
    }

    void anIdOrASuffixOfSomebodyElseIsRefused() {
        const int here = 0, there = 0;
        const AddedFormatPtr mine = formats().add(described(readsNumber(), {}, &here));
        AddedFormat other = described(readsNumber(), {}, &there);
        other.origin = "the add-on Others";
        QCOMPARE(messageOf([&] { formats().add(other); }),
                 std::string("file format 'num': the add-on Others brings it, but there is one of that id already, of the add-on Numbers"));
        other.id = "other";
        QCOMPARE(messageOf([&] { formats().add(other); }),
                 std::string("file format 'other': the suffix .num is taken by the format Number (num) of the add-on Numbers"));
        const AddedFormatPtr again = formats().add(described(readsNumber(), {}, &here));
        QVERIFY(!formats().remove(*mine));
        QCOMPARE(formats().find("num"), again);
    }

    void whoMayBringAFormatIsWaitedForBeforeAFileIsRefused() {
        int asked = 0;
        formats().setBringer([&](const CancelToken&) {
            if (++asked == 2)
                formats().add(described(readsNumber()));
        });
        QVERIFY(messageOf([&] { evaluation().openFile(path("late.num")); }) != "nothing");
        QCOMPARE(pixel(Image(evaluation().openFile(path("late.num")))), 7);
        QCOMPARE(asked, 2);
        evaluation().writeToFile(Image(grey(1)), path("quick.png"));
        evaluation().openFile(path("quick.png", {}));
        QCOMPARE(asked, 2);
    }

    void oneThatOpensFilesByItselfIsAnErrorAndNoCrash() {
        formats().add(described([this](const Parameters& parameters, const CancelToken&) {
            const NodePtr same = evaluation().openFile(textOf(parameters, "filename"));
            return std::vector<Value>{NodeOutput{same, "out"}, "page", List()};
        }));
        const std::string message = messageOf([&] { evaluation().readAdded(evaluation().openFile(path("self.num"))); });
        QVERIFY2(message.find("does one of them use itself?") != std::string::npos, message.c_str());
    }

    void aStopEndsTheReading() {
        formats().add(described([](const Parameters&, const CancelToken& token) {
            while (!token.isCancelled())
                QTest::qSleep(1);
            return std::vector<Value>{grey(1), "page", List()};
        }));
        const NodePtr file = evaluation().openFile(path("endless.num"));
        CancelToken token;
        token.cancel();
        QVERIFY_EXCEPTION_THROWN(evaluation().readAdded(file, {token, {}}), Error);
    }
};

QTEST_MAIN(TestFileFormats)
#include "test_FileFormats.moc"
