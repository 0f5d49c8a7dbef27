// Tests that a project file holds the whole document, is written whole or not at all, and is refused with the reason.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/document/Document.h"
#include "core/document/Project.h"
#include "core/operations/OperationCatalog.h"
#include "core/pixels/PixelBuffer.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>

#include <sys/resource.h>

using namespace tintype;

namespace {

std::string errorOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

/// No file may grow beyond some bytes while this lives: to a program the same as a disk that is full, and true for root
/// too.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    void (*m_handler)(int);
    rlimit m_before = {};
};

} // namespace

class TestProject : public QObject {
    Q_OBJECT

    OperationCatalog m_catalog;
    QTemporaryDir m_folder;

    std::string path(const char* name) const { return m_folder.filePath(QString::fromUtf8(name)).toStdString(); }
    QByteArray content(const char* name) const {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    std::string write(const char* name, const QByteArray& content) const {
        QFile file(m_folder.filePath(QString::fromUtf8(name)));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("the test cannot write %s", name);
        return path(name);
    }
    Image black(int width = 8) const {
        return Image(m_catalog.makeNode(m_catalog.get("black"), {{"width", width}, {"height", 8}}));
    }
    Image inverted(const Image& image) const {
        return Image(m_catalog.makeNode(m_catalog.get("invert"), {{"in", image.output()}}));
    }
    static void set(Document& document, const std::string& name, const Image& image) {
        document.edit("Set", "", [&](DocumentState state) {
            state.setImage(name, image);
            return state;
        });
    }
    /// Two images on one source, and a script.
    void fill(Document& document) const {
        const Image source = black();
        set(document, "source", source);
        set(document, "wörk \xff", inverted(source));
        document.edit("Script", "", [](DocumentState state) {
            state.setScript("count.py", "print(\"ü\")\n");
            state.setActive("source");
            return state;
        });
    }
    /// What `json` is refused with when it stands in a file; the open document must stay as it is.
    void checkRefused(const std::string& file, const char* reason) const {
        Document document;
        fill(document);
        const Document::State before = document.state();
        const std::string message = errorOf([&] { openProject(document, file, m_catalog); });
        QVERIFY2(QString::fromStdString(message).contains(QString::fromUtf8(reason)), message.c_str());
        QVERIFY2(message.starts_with(file + ": "), message.c_str());
        QCOMPARE(document.state(), before);
        QCOMPARE(document.history().done, before->imageCount() + 1);
    }

private Q_SLOTS:
    void aProjectHoldsTheWholeDocument() {
        Document document;
        fill(document);
        saveProject(document, path("a.tint"));
        QVERIFY(!document.isModified());
        QCOMPARE(document.path(), path("a.tint"));

        Document opened;
        set(opened, "other", black());
        openProject(opened, path("a.tint"), m_catalog);
        const Document::State state = opened.state();
        QCOMPARE(state->imageNames(), document.state()->imageNames());
        QCOMPARE(state->active(), std::string("source"));
        QCOMPARE(state->scripts(), document.state()->scripts());
        // The images still share their source.
        QCOMPARE(state->image("wörk \xff").node()->parameter("in")->as<NodeOutput>()->node,
                 state->image("source").node());
        QCOMPARE(state->image("source").node()->parameters(), document.state()->image("source").node()->parameters());
        QVERIFY(!opened.isModified());
        QVERIFY(!opened.undo());
        QCOMPARE(opened.path(), path("a.tint"));
    }

    void anEmptyDocumentIsAProjectToo() {
        Document document;
        saveProject(document, path("empty.tint"));
        openProject(document, path("empty.tint"), m_catalog);
        QCOMPARE(document.state()->imageCount(), std::size_t(0));
    }

    void aLongChainIsSavedAndOpened() {
        Document document;
        Image image = black();
        for (int i = 0; i < 100000; ++i)
            image = inverted(image);
        set(document, "long", image);
        set(document, "longer", inverted(image));
        saveProject(document, path("long.tint"));
        openProject(document, path("long.tint"), m_catalog);
        QCOMPARE(document.state()->image("longer").node()->depth(), 100002u);
    }

    void filesThatAreNoProjectsAreRefusedWithTheReason() {
        checkRefused(path("nothing.tint"), "there is no such file");
        checkRefused(m_folder.path().toStdString(), "this is a folder");
        checkRefused(write("zero.tint", ""), "the file is empty (0 bytes)");
        checkRefused(write("text.tint", "hello"), "this is not a project: it is not JSON");
        checkRefused(write("cut.tint", R"({"tintype": 1, "nodes": [)"), "it is not JSON");
        checkRefused(write("other.tint", "{}"), "not a project of Tintype");
        checkRefused(write("new.tint", R"({"tintype": 2})"), "newer Tintype");
        checkRefused(write("recipe.tint", R"({"tintype": 1, "nodes": [], "result": {}})"), "lacks the list of images");
        checkRefused(write("bad.tint", R"({"tintype": 1, "scripts": [], "images": [], "nodes":
            [{"operation": "black", "parameters": {"width": 0, "height": 1}}]})"),
                     "step 1 (black): black: width must be");
        checkRefused(write("active.tint", R"({"tintype": 1, "scripts": [], "active": "b",
            "nodes": [{"operation": "black", "parameters": {"width": 1, "height": 1}}],
            "images": [{"name": "a", "image": {"node": 0, "output": "out"}}]})"),
                     "there is no image \"b\"; the images are \"a\"");
    }

    void aFullDiskLeavesTheOldFileUntouched() {
        Document document;
        fill(document);
        saveProject(document, path("full.tint"));
        const QByteArray before = content("full.tint");
        const QStringList files = QDir(m_folder.path()).entryList(QDir::Files);
        for (int i = 0; i < 200; ++i)
            set(document, "image " + std::to_string(i), black(i + 1));
        std::string message;
        {
            const FullDisk disk(8192);
            message = errorOf([&] { saveProject(document, path("full.tint")); });
        }
        QVERIFY2(message.starts_with(path("full.tint") + ": the project cannot be saved ("), message.c_str());
        QCOMPARE(content("full.tint"), before);
        QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files), files);
        QVERIFY(document.isModified());
        saveProject(document, path("full.tint"));
        QVERIFY(content("full.tint").size() > 8192);
    }

    void aFullDiskIsNoticedWhenTheLastBytesAreWritten() {
        Document document;
        fill(document);
        std::string message;
        {
            const FullDisk disk(1);
            message = errorOf([&] { saveProject(document, path("small.tint")); });
        }
        QVERIFY2(message.starts_with(path("small.tint") + ": the project cannot be saved ("), message.c_str());
        QVERIFY(!QFile::exists(m_folder.filePath(QStringLiteral("small.tint"))));
    }

    void placesThatCannotHoldAProjectAreRefused() {
        Document document;
        const auto refusal = [&](const std::string& file) { return errorOf([&] { saveProject(document, file); }); };
        QCOMPARE(refusal(m_folder.path().toStdString()),
                 m_folder.path().toStdString() + ": this is a folder; a project is saved as a file");
        QCOMPARE(refusal(path("none/a.tint")), path("none/a.tint") + ": there is no folder " + path("none"));
        QCOMPARE(refusal("/dev/full"), std::string("/dev/full: this is not an ordinary file"));
        QCOMPARE(refusal(""), std::string("the name of a project file must not be empty"));
    }

    void pixelsInMemoryAreNamedWithTheirImage() {
        Document document;
        fill(document);
        saveProject(document, path("array.tint"));
        const QByteArray before = content("array.tint");
        const auto buffer = std::make_shared<PixelBuffer>(ImageShape{5, 3, 1, PixelFormat::UChar, "b-w"});
        set(document, "drawn", inverted(Image(Node::createArray(buffer))));
        QCOMPARE(
            errorOf([&] { saveProject(document, path("array.tint")); }),
            std::string("the image \"drawn\": the source \"array 5x3\" holds pixels in memory and cannot be written "
                        "down; save it to a file first"));
        QCOMPARE(content("array.tint"), before);
    }
};

QTEST_GUILESS_MAIN(TestProject)
#include "test_Project.moc"
