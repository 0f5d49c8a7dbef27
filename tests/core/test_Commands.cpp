// Tests what people and scripts do to the document, and the Python lines that repeat it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/document/Commands.h"

#include <QTest>

#include <functional>
#include <thread>

using namespace tintype;

namespace {

const std::string COINS = "/usr/lib/python3/dist-packages/skimage/data/coins.png";

std::string errorOf(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

} // namespace

class TestCommands : public QObject {
    Q_OBJECT

    std::unique_ptr<Workbench> m_workbench;

    Document& document() { return m_workbench->document; }
    const Operation& operation(const char* id) { return m_workbench->catalog.get(id); }
    OperationResult apply(const char* id, const Parameters& given, const std::string& image = {}) {
        return applyOperation(*m_workbench, operation(id), given, image);
    }
    Image image(const std::string& name) { return document().state()->image(name); }
    std::string lastLine() { return document().history().edits.back().pythonLine; }
    std::string lastTitle() { return document().history().edits.back().title; }

private Q_SLOTS:
    void init() { m_workbench = std::make_unique<Workbench>(); }
    void cleanup() { m_workbench.reset(); }

    void openingAnImageNamesItAfterItsFile() {
        QCOMPARE(openImage(*m_workbench, COINS), std::string("coins"));
        QCOMPARE(lastLine(), "tt.data.images[\"coins\"] = tt.open(\"" + COINS + "\")");
        QCOMPARE(lastTitle(), std::string("Open coins.png"));
        QCOMPARE(openImage(*m_workbench, COINS), std::string("coins_2"));
        QCOMPARE(document().state()->active(), std::string("coins_2"));
    }

    void aFileThatCannotBeOpenedChangesNothing() {
        const std::string message = errorOf([&] { openImage(*m_workbench, "/nothing/here.png"); });
        QVERIFY2(message.starts_with("/nothing/here.png: "), message.c_str());
        QCOMPARE(document().history().done, std::size_t(0));
    }

    void anOperationTakesThePlaceOfItsImageInOneStep() {
        openImage(*m_workbench, COINS);
        const Image before = image("coins");
        const OperationResult result = apply("gaussblur", {{"sigma", 2.0}}, "coins");
        QCOMPARE(result.name, std::string("coins"));
        QVERIFY(image("coins") == result.image);
        QCOMPARE(result.image.node()->parameter("in")->as<NodeOutput>()->node, before.node());
        QCOMPARE(lastLine(), std::string("tt.ops.gaussblur(sigma=2.0, image=\"coins\")"));
        QCOMPARE(lastTitle(), operation("gaussblur").title);
        document().undo();
        QVERIFY(image("coins") == before);
    }

    void otherImagesOfTheDocumentAreNamedInTheLine() {
        openImage(*m_workbench, COINS);
        apply("invert", {}, openImage(*m_workbench, COINS));
        apply("add", {{"right", image("coins_2").output()}}, "coins");
        QCOMPARE(lastLine(), std::string("tt.ops.add(right=tt.data.images[\"coins_2\"], image=\"coins\")"));
    }

    void aGivenFirstImageReplacesTheNamedOne() {
        openImage(*m_workbench, COINS);
        const Image black = apply("black", {{"width", 8}, {"height", 8}}).image;
        apply("invert", {{"in", black.output()}}, "coins");
        QCOMPARE(image("coins").node()->parameter("in")->as<NodeOutput>()->node, black.node());
        QCOMPARE(lastLine(), std::string("tt.data.images[\"coins\"] = tt.data.images[\"black\"].invert()"));
    }

    void anOperationWithoutAnImageAddsOne() {
        openImage(*m_workbench, COINS);
        QCOMPARE(apply("black", {{"width", 8}, {"height", 4}}, "coins").name, std::string("black"));
        QCOMPARE(lastLine(), std::string("tt.ops.black(width=8, height=4)"));
        QCOMPARE(document().state()->active(), std::string("black"));
        QCOMPARE(apply("black", {{"width", 8}, {"height", 4}, {"bands", 1}}).name, std::string("black_2"));
        QCOMPARE(lastLine(), std::string("tt.ops.black(width=8, height=4)"));
    }

    void anOperationThatFindsAValueMakesNoStep() {
        openImage(*m_workbench, COINS);
        const OperationResult result = apply("avg", {}, "coins");
        QVERIFY(result.name.empty());
        QVERIFY(!result.image);
        QCOMPARE(result.outputs.size(), operation("avg").outputs.size());
        double average = 0;
        QVERIFY(m_workbench->evaluation.value(result.outputs.front()).toNumber(average));
        QVERIFY(average > 90 && average < 100);
        QCOMPARE(document().history().done, std::size_t(1));
    }

    void whatIsRefusedChangesNothing() {
        openImage(*m_workbench, COINS);
        const Document::State before = document().state();
        QVERIFY(errorOf([&] {
                    apply("gaussblur", {{"sigma", "x"}}, "coins");
                }).starts_with("gaussblur: sigma must be"));
        QCOMPARE(errorOf([&] { apply("invert", {}, "coin"); }),
                 std::string("there is no image \"coin\"; the images are \"coins\""));
        QCOMPARE(errorOf([&] { apply("invert", {}); }), std::string("invert needs an image; say which"));
        QCOMPARE(document().state(), before);
    }

    void operationsOfManyThreadsOnOneImageAllCount() {
        constexpr int EACH = 50;
        apply("black", {{"width", 8}, {"height", 8}});
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([this] {
                for (int n = 0; n < EACH; ++n)
                    apply("invert", {}, "black");
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(image("black").node()->depth(), unsigned(4 * EACH + 1));
        QCOMPARE(document().history(1000).done, std::size_t(4 * EACH + 1));
    }

    void operationsOfAGroupAreOneStep() {
        apply("black", {{"width", 8}, {"height", 8}});
        const std::uint64_t group = document().newGroup("Twice");
        for (int i = 0; i < 2; ++i)
            applyOperation(*m_workbench, operation("invert"), {}, "black", group);
        QCOMPARE(lastTitle(), std::string("Twice"));
        document().undo();
        QCOMPARE(image("black").node()->depth(), 1u);
    }

    void settingAnImageWritesItsRecipe() {
        const Image source(m_workbench->evaluation.openFile(COINS));
        const Image blurred(
            m_workbench->evaluation.apply(operation("gaussblur"), {{"in", source.output()}, {"sigma", 2.0}}));
        setImage(*m_workbench, "c", blurred);
        QCOMPARE(lastLine(), "tt.data.images[\"c\"] = tt.Image.new_from_file(\"" + COINS + "\").gaussblur(2.0)");
        QCOMPARE(lastTitle(), std::string("Add c"));
        setImage(*m_workbench, "c",
                 Image(m_workbench->evaluation.apply(operation("invert"), {{"in", blurred.output()}})));
        QCOMPARE(lastLine(), std::string("tt.data.images[\"c\"] = tt.data.images[\"c\"].invert()"));
        QCOMPARE(lastTitle(), std::string("Change c"));
    }

    void pixelsInMemoryLeaveACommentInTheLog() {
        const auto buffer = std::make_shared<PixelBuffer>(ImageShape{5, 3, 1, PixelFormat::UChar, "b-w"});
        setImage(*m_workbench, "drawn", Image(Node::createArray(buffer)));
        QVERIFY(document().state()->has("drawn"));
        QVERIFY2(lastLine().starts_with("# tt.data.images[\"drawn\"]: the source \"array 5x3\" holds pixels in memory"),
                 lastLine().c_str());
    }

    void scriptsAreSetAndRemovedWithTheirLines() {
        setScript(document(), "count", "print(\"1\")\nprint(2)");
        QCOMPARE(lastLine(), std::string("tt.data.scripts[\"count\"] = \"print(\\\"1\\\")\\nprint(2)\""));
        QCOMPARE(document().state()->scripts().size(), std::size_t(1));
        removeScript(document(), "count");
        QCOMPARE(lastLine(), std::string("del tt.data.scripts[\"count\"]"));
        QVERIFY(document().state()->scripts().empty());
        QVERIFY(errorOf([&] { removeScript(document(), "count"); }).starts_with("there is no script"));
    }

    void imagesAreRenamedDuplicatedAndRemoved() {
        const std::string name = "a \"b\"";
        setImage(*m_workbench, name, apply("black", {{"width", 8}, {"height", 8}}).image);
        duplicateImage(document(), name);
        QCOMPARE(lastLine(), std::string("tt.data.images[\"a \\\"b\\\"_2\"] = tt.data.images[\"a \\\"b\\\"\"]"));
        renameImage(document(), name + "_2", "c");
        QCOMPARE(lastLine(), std::string("tt.data.images.rename(\"a \\\"b\\\"_2\", \"c\")"));
        QVERIFY(image("c") == image(name));
        removeImage(document(), name);
        QCOMPARE(lastLine(), std::string("del tt.data.images[\"a \\\"b\\\"\"]"));
        QCOMPARE(document().state()->imageNames(), (std::vector<std::string>{"black", "c"}));
        QCOMPARE(document().state()->active(), std::string("c"));
        QVERIFY(errorOf([&] { removeImage(document(), name); }).starts_with("there is no image"));
        QVERIFY(errorOf([&] { duplicateImage(document(), name); }).starts_with("there is no image"));
    }
};

QTEST_GUILESS_MAIN(TestCommands)
#include "test_Commands.moc"
