// Tests edits of steps in the document: one undo step each, also when others change the image meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/document/Commands.h"
#include "core/document/StepCommands.h"
#include "core/recipe/StepOrder.h"

#include <QTest>

#include <atomic>
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

/// A type of its own, since Qt's meta objects cannot look into values, which may hold lists of values.
struct Changes {
    Parameters parameters;
};

} // namespace

class TestStepCommands : public QObject {
    Q_OBJECT

    std::unique_ptr<Workbench> m_workbench;

    Document& document() { return m_workbench->document; }
    Image image(const std::string& name) { return document().state()->image(name); }
    std::string lastLine() { return document().history().edits.back().pythonLine; }
    std::string lastTitle() { return document().history().edits.back().title; }
    std::size_t editCount() { return document().history().done; }
    OperationResult apply(const char* id, const Parameters& given, const std::string& name = "coins") {
        return applyOperation(*m_workbench, m_workbench->catalog.get(id), given, name);
    }
    SeenStep seen(const std::string& operation, const std::string& name = "coins") {
        for (const NodePtr& node : stepsOf(image(name)).steps)
            if (node->operation() == operation)
                return {name, node};
        return {};
    }
    Value parameter(const std::string& operation, const std::string& name) {
        return *seen(operation).node->parameter(name);
    }
    std::string names() {
        std::string text;
        for (const NodePtr& step : stepsOf(image("coins")).steps)
            text += (text.empty() ? "" : " ") + step->operation();
        return text;
    }

private Q_SLOTS:
    void init() {
        m_workbench = std::make_unique<Workbench>();
        openImage(*m_workbench, COINS);
        apply("gaussblur", {{"sigma", 2.0}});
        apply("invert", {});
    }
    void cleanup() { m_workbench.reset(); }

    void anEditIsOneUndoStepWithItsLine() {
        const Image before = image("coins");
        const Image result = editStep(*m_workbench, seen("gaussblur"), {{"sigma", 4}});
        QVERIFY(result == image("coins"));
        QCOMPARE(parameter("gaussblur", "sigma"), Value(4.0));
        QCOMPARE(lastTitle(), std::string("Edit Gaussian blur"));
        QCOMPARE(lastLine(), std::string("tt.edit_step(2, sigma=4.0, image=\"coins\")"));
        QCOMPARE(editCount(), std::size_t(4));
        document().undo();
        QVERIFY(image("coins") == before);
        document().redo();
        QVERIFY(image("coins") == result);
    }

    void aRemovalIsOneUndoStepWithItsLine() {
        const Image before = image("coins");
        removeStep(*m_workbench, seen("gaussblur"));
        QCOMPARE(names(), std::string("file invert"));
        QCOMPARE(lastTitle(), std::string("Remove Gaussian blur"));
        QCOMPARE(lastLine(), std::string("tt.remove_step(2, image=\"coins\")"));
        document().undo();
        QVERIFY(image("coins") == before);
    }

    void whatDiffersStandsInTheLine_data() {
        QTest::addColumn<Changes>("changes");
        QTest::addColumn<std::string>("line");
        const auto add = [](const char* name, const Parameters& changes, const char* arguments) {
            QTest::newRow(name) << Changes{changes} << "tt.edit_step(4, " + std::string(arguments) + ", image=\"coins\")";
        };
        add("only what differs", {{"width", 9}, {"height", 20}}, "width=9");
        add("set where it had its default", {{"background", List{7.0}}}, "background=[7.0]");
        add("automatic again", {{"extend", Value()}}, "extend=None");
    }
    void whatDiffersStandsInTheLine() {
        QFETCH(Changes, changes);
        QFETCH(std::string, line);
        apply("embed", {{"x", 1}, {"y", 2}, {"width", 8}, {"height", 20}, {"extend", "mirror"}});
        editStep(*m_workbench, seen("embed"), changes.parameters);
        QCOMPARE(lastLine(), line);
    }

    void nothingThatDiffersIsNoEdit() {
        const Image before = image("coins");
        QVERIFY(editStep(*m_workbench, seen("gaussblur"), {{"sigma", 2}}) == before);
        QVERIFY(editStep(*m_workbench, seen("gaussblur"), {}) == before);
        QCOMPARE(editCount(), std::size_t(3));
    }

    void aStepThatIsStillThereIsEditedInTheImageAsItIsNow() {
        const SeenStep step = seen("gaussblur");
        apply("sobel", {});
        editStep(*m_workbench, step, {{"sigma", 4}});
        QCOMPARE(names(), std::string("file gaussblur invert sobel"));
        QCOMPARE(parameter("gaussblur", "sigma"), Value(4.0));
    }

    void aStepThatHasGoneIsRefused_data() {
        QTest::addColumn<std::string>("how");
        for (const char* how : {"edited", "removed", "undone"})
            QTest::newRow(how) << std::string(how);
    }
    void aStepThatHasGoneIsRefused() {
        QFETCH(std::string, how);
        const SeenStep step = seen("gaussblur");
        if (how == "edited")
            editStep(*m_workbench, step, {{"sigma", 3}});
        else if (how == "removed")
            removeStep(*m_workbench, step);
        else
            document().goTo(document().history().edits.front().id);
        const Image before = image("coins");
        const std::string reason = "\"coins\" was changed meanwhile, and the step Gaussian blur is not part of it any more";
        QCOMPARE(errorOf([&] { editStep(*m_workbench, step, {{"sigma", 4}}); }), reason);
        QCOMPARE(errorOf([&] { removeStep(*m_workbench, step); }), reason);
        QVERIFY(image("coins") == before);
    }

    void anImageThatHasGoneIsRefused() {
        const SeenStep step = seen("gaussblur");
        removeImage(document(), "coins");
        const std::string reason = errorOf([&] { editStep(*m_workbench, step, {{"sigma", 4}}); });
        QVERIFY2(reason.starts_with("there is no image"), reason.c_str());
    }

    void othersThatEditAtTheSameTimeLoseNothing() {
        // Each thread edits the blur as often as it can while the others put steps on top.
        std::atomic<int> edits = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                for (int k = 0; k < 25; ++k) {
                    if (i % 2)
                        apply("invert", {});
                    else if (errorOf([&] { editStep(*m_workbench, seen("gaussblur"), {{"sigma", 1.0 + k + i * 0.1}}); }) == "no error")
                        ++edits;
                }
            });
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(stepsOf(image("coins")).steps.size(), std::size_t(3 + 2 * 25));
        QVERIFY(edits >= 25);
    }

    void otherImagesKeepTheirs() {
        duplicateImage(document(), "coins");
        const Image other = image("coins_2");
        editStep(*m_workbench, seen("gaussblur"), {{"sigma", 4}});
        QVERIFY(image("coins_2") == other);
    }

    void whatALaterStepRefusesChangesNothing() {
        apply("embed", {{"x", 0}, {"y", 0}, {"width", 500}, {"height", 500}});
        apply("extract_area", {{"left", 390}, {"top", 310}, {"width", 100}, {"height", 100}});
        const Image before = image("coins");
        const std::string reason = errorOf([&] { editStep(*m_workbench, seen("embed"), {{"width", 450}}); });
        QVERIFY2(reason.find("extract_area") != std::string::npos, reason.c_str());
        QVERIFY(image("coins") == before);
    }

    void whatFailsAnywayCanBeRepairedInParts() {
        const Image known = image("coins");
        setImage(*m_workbench, "coins", Image(Node::create("scan.despeckle", {{"image", known.output()}})));
        editStep(*m_workbench, seen("gaussblur"), {{"sigma", 4}});
        QCOMPARE(parameter("gaussblur", "sigma"), Value(4.0));
        removeStep(*m_workbench, seen("scan.despeckle"));
        QCOMPARE(names(), std::string("file gaussblur invert"));
    }

    void aStoppedEditChangesNothing() {
        const Image before = image("coins");
        EvaluationWatch watch;
        watch.token.cancel();
        errorOf([&] { editStep(*m_workbench, seen("gaussblur"), {{"sigma", 4}}, 0, watch); });
        QVERIFY(image("coins") == before);
    }

    void editsJoinAGroup() {
        const std::uint64_t group = document().newGroup("Both");
        const Image before = image("coins");
        editStep(*m_workbench, seen("gaussblur"), {{"sigma", 4}}, group);
        removeStep(*m_workbench, seen("invert"), group);
        QCOMPARE(lastTitle(), std::string("Both"));
        document().undo();
        QVERIFY(image("coins") == before);
    }
};


QTEST_GUILESS_MAIN(TestStepCommands)
#include "test_StepCommands.moc"
