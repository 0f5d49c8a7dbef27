// Tests that no edit of the document is lost, and that its history goes back and forth.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/document/Document.h"
#include "core/pixels/PixelBuffer.h"

#include <QTest>

#include <atomic>
#include <future>
#include <thread>

using namespace tintype;

namespace {

Image someImage() {
    return Image(Node::create("black", {{"width", 8}, {"height", 8}}));
}

Document::Change setting(const std::string& name, const Image& image) {
    return [=](DocumentState state) {
        state.setImage(name, image);
        return state;
    };
}

std::vector<std::string> titles(const Document& document) {
    std::vector<std::string> titles;
    for (const EditInfo& edit : document.history().edits)
        titles.push_back(edit.title);
    return titles;
}

using Names = std::vector<std::string>;

} // namespace

class TestDocument : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eightThreadsEditingAtOnceLoseNoEdit() {
        constexpr int EDITS = 500;
        Document document;
        document.edit("Start", "", setting("chain", someImage()));
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 8; ++thread) {
            threads.emplace_back([&document] {
                for (int i = 0; i < EDITS; ++i)
                    document.edit("Invert", "", [](DocumentState state) {
                        const NodePtr node = Node::create("invert", {{"in", state.image("chain").output()}});
                        state.setImage("chain", Image(node));
                        return state;
                    });
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(document.state()->image("chain").node()->depth(), unsigned(8 * EDITS + 1));
        QCOMPARE(document.history(10000).done, std::size_t(8 * EDITS + 1));
    }

    void undoAndRedoGoBackAndForth() {
        Document document;
        const Image first = someImage();
        const Image second = someImage();
        document.edit("First", "", setting("a", first));
        document.edit("Second", "", setting("a", second));
        QCOMPARE(document.undo().value(), std::string("Second"));
        QVERIFY(document.state()->image("a") == first);
        QCOMPARE(document.undo().value(), std::string("First"));
        QVERIFY(!document.state()->has("a"));
        QVERIFY(!document.undo());
        QCOMPARE(document.redo().value(), std::string("First"));
        QCOMPARE(document.redo().value(), std::string("Second"));
        QVERIFY(!document.redo());
        QVERIFY(document.state()->image("a") == second);
    }

    void aNewEditForgetsWhatWasUndone() {
        Document document;
        document.edit("First", "", setting("a", someImage()));
        document.undo();
        document.edit("Other", "", setting("b", someImage()));
        QVERIFY(!document.redo());
        QCOMPARE(titles(document), Names{"Other"});
    }

    void editsOfAGroupAreOneStep() {
        Document document;
        document.edit("Before", "", setting("a", someImage()));
        const std::uint64_t group = document.newGroup("Clean up");
        document.edit("Blur", "line 1", setting("a", someImage()), group);
        document.edit("Invert", "line 2", setting("a", someImage()), group);
        QCOMPARE(titles(document), (Names{"Before", "Clean up"}));
        QCOMPARE(document.history().edits.back().pythonLine, std::string("line 1\nline 2"));
        document.undo();
        QCOMPARE(document.history().done, std::size_t(1));
    }

    void anEditOfSomebodyElseSplitsAGroup() {
        Document document;
        const std::uint64_t group = document.newGroup("Clean up");
        document.edit("Blur", "", setting("a", someImage()), group);
        document.edit("By hand", "", setting("b", someImage()));
        document.edit("Invert", "", setting("a", someImage()), group);
        document.edit("Crop", "", setting("a", someImage()), group);
        QCOMPARE(titles(document), (Names{"Clean up", "By hand", "Clean up"}));
    }

    void aGroupThatHasEndedGivesNoMoreTitles() {
        Document document;
        const std::uint64_t group = document.newGroup("Clean up");
        document.edit("Blur", "", setting("a", someImage()), group);
        document.edit("By hand", "", setting("b", someImage()));
        document.endGroup(group);
        document.edit("Invert", "", setting("a", someImage()), group);
        QCOMPARE(titles(document), (Names{"Clean up", "By hand", "Invert"}));
    }

    void theTitleComesFromTheStateThatWasChanged() {
        Document document;
        document.edit("Other", [&](const DocumentState& state) {
            const bool isNew = !state.has("a");
            if (isNew) // somebody is quicker
                document.edit("Quicker", "", setting("a", someImage()));
            return Document::Edited{setting("a", someImage())(state), "", isNew ? "Add a" : "Change a"};
        });
        QCOMPARE(titles(document), (Names{"Quicker", "Change a"}));
    }

    void aLongGroupKeepsItsFirstLinesOnly() {
        Document document;
        const std::uint64_t group = document.newGroup("Loop");
        for (int i = 0; i < 1000; ++i)
            document.edit("Blur", "line", setting("a", someImage()), group);
        const std::string line = document.history().edits.back().pythonLine;
        QVERIFY(QString::fromStdString(line).endsWith(QStringLiteral("line\n# and more")));
        QVERIFY(line.size() < 200);
    }

    void anErrorLeavesEverythingAsItWas() {
        Document document;
        document.edit("First", "", setting("a", someImage()));
        const Document::State before = document.state();
        const std::uint64_t revision = document.revision();
        QVERIFY_THROWS_EXCEPTION(Error, document.edit("Bad", "", [](DocumentState state) {
            state.removeImage("a");
            state.removeImage("nothing");
            return state;
        }));
        QVERIFY(document.state() == before);
        QCOMPARE(document.revision(), revision);
        QCOMPARE(document.history().done, std::size_t(1));
    }

    void anEditThatChangesNothingMakesNoStep() {
        Document document;
        const Image image = someImage();
        document.edit("First", "", setting("a", image));
        document.edit("Again", "", setting("a", image));
        QCOMPARE(titles(document), Names{"First"});
    }

    void goToReachesEveryEdit() {
        Document document;
        for (int i = 0; i < 5; ++i)
            document.edit("Edit " + std::to_string(i), "", setting("image " + std::to_string(i), someImage()));
        const std::vector<EditInfo> edits = document.history().edits;
        document.goTo(edits[1].id);
        QCOMPARE(document.state()->imageCount(), std::size_t(2));
        document.goTo(edits[3].id);
        QCOMPARE(document.state()->imageCount(), std::size_t(4));
        document.goTo(edits[3].id);
        QCOMPARE(document.state()->imageCount(), std::size_t(4));
        document.goTo(0);
        QCOMPARE(document.state()->imageCount(), std::size_t(0));
        document.goTo(edits[4].id);
        QCOMPARE(document.state()->imageCount(), std::size_t(5));
        QVERIFY_THROWS_EXCEPTION(Error, document.goTo(12345));
    }

    void theHistoryIsCutOnBothSides() {
        Document document;
        for (int i = 0; i < 10; ++i)
            document.edit("Edit " + std::to_string(i), "", setting("a", someImage()));
        for (int i = 0; i < 5; ++i)
            document.undo();
        const Document::HistoryView view = document.history(2);
        QCOMPARE(view.earlier, std::size_t(3));
        QCOMPARE(view.done, std::size_t(2));
        Names seen;
        for (const EditInfo& edit : view.edits)
            seen.push_back(edit.title);
        QCOMPARE(seen, (Names{"Edit 3", "Edit 4", "Edit 5", "Edit 6"}));
    }

    void observersAreToldOfEveryChangeInOrder() {
        Document document;
        std::vector<DocumentChange> changes;
        {
            const auto subscription =
                document.subscribe([&changes](const DocumentChange& change) { changes.push_back(change); });
            document.edit("First", "line", setting("a", someImage()));
            document.edit("Second", "", setting("b", someImage()));
            document.activate("a");
            document.undo();
            document.redo();
            document.markSaved(document.state(), "/p.tint");
            document.replace({}, "");
        }
        document.edit("Unseen", "", setting("a", someImage()));
        using Kind = DocumentChange::Kind;
        const std::vector<Kind> kinds = {Kind::Edit, Kind::Edit,  Kind::Activated, Kind::Undo,
                                         Kind::Redo, Kind::Saved, Kind::Replaced};
        QCOMPARE(changes.size(), kinds.size());
        for (std::size_t i = 0; i < kinds.size(); ++i) {
            QCOMPARE(changes[i].kind, kinds[i]);
            QCOMPARE(changes[i].revision, i + 1);
        }
        QCOMPARE(changes[0].edit.pythonLine, std::string("line"));
    }

    void observersSeeTheRevisionsOfManyThreadsInOrder() {
        Document document;
        std::uint64_t last = 0;
        std::atomic<int> calls = 0;
        bool inOrder = true;
        const auto subscription = document.subscribe([&](const DocumentChange& change) {
            inOrder = inOrder && change.revision == last + 1;
            last = change.revision;
            ++calls;
        });
        std::vector<std::thread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&document, thread] {
                for (int i = 0; i < 300; ++i)
                    document.edit("Edit", "", setting("image " + std::to_string(thread), someImage()));
            });
        }
        for (std::thread& thread : threads)
            thread.join();
        QCOMPARE(calls.load(), 4 * 300);
        QVERIFY(inOrder);
    }

    void anObserverMayEdit() {
        Document document;
        int calls = 0;
        const auto subscription = document.subscribe([&](const DocumentChange&) {
            if (++calls == 1)
                document.edit("From the observer", "", setting("b", someImage()));
        });
        document.edit("First", "", setting("a", someImage()));
        QCOMPARE(calls, 2);
        QCOMPARE(document.state()->imageCount(), std::size_t(2));
    }

    void onlyAnEditSinceTheLastSaveIsAModification() {
        Document document;
        QVERIFY(!document.isModified());
        document.edit("First", "", setting("a", someImage()));
        document.edit("Second", "", setting("b", someImage()));
        QVERIFY(document.isModified());
        document.markSaved(document.state(), "/p.tint");
        QVERIFY(!document.isModified());
        QCOMPARE(document.path(), std::string("/p.tint"));
        document.activate("a");
        QVERIFY(!document.isModified());
        document.undo();
        QVERIFY(document.isModified());
        document.redo();
        QVERIFY(!document.isModified());
    }

    void whatGoesWithTheLastStateMayAskTheDocument() {
        Document document;
        std::vector<std::future<std::uint64_t>> questions;
        int answers = 0;
        const auto letGo = [&](const void*) {
            questions.push_back(std::async(std::launch::async, [&document] { return document.revision(); }));
            answers += questions.back().wait_for(std::chrono::seconds(20)) == std::future_status::ready;
        };
        const auto open = [&] {
            static const unsigned char PIXEL = 0;
            const auto owner = std::shared_ptr<const void>(&PIXEL, letGo);
            const auto buffer = std::make_shared<PixelBuffer>(ImageShape{1, 1, 1, PixelFormat::UChar, "b-w"}, &PIXEL, owner);
            DocumentState state;
            state.setImage("a", Image(Node::createArray(buffer)));
            return state;
        };
        document.replace(open(), "");
        document.replace({}, "");
        QCOMPARE(answers, 1);
        document.markSaved(std::make_shared<const DocumentState>(open()), "/p.tint");
        document.markSaved(document.state(), "/p.tint");
        QCOMPARE(answers, 2);
        QCOMPARE(questions.size(), std::size_t(2));
    }

    void theNextImageBecomesActiveWhenTheActiveOneGoes() {
        DocumentState state;
        for (const char* name : {"a", "b", "c"})
            state.setImage(name, someImage());
        QCOMPARE(state.active(), std::string("c"));
        state.setActive("a");
        state.removeImage("a");
        QCOMPARE(state.active(), std::string("b"));
        state.setActive("c");
        state.removeImage("c");
        QCOMPARE(state.active(), std::string("b"));
        state.removeImage("b");
        QCOMPARE(state.active(), std::string());
    }

    void renamingKeepsThePlaceAndRefusesTakenNames() {
        DocumentState state;
        for (const char* name : {"a", "b"})
            state.setImage(name, someImage());
        state.renameImage("b", "c");
        QCOMPARE(state.imageNames(), (Names{"a", "c"}));
        QCOMPARE(state.active(), std::string("c"));
        QVERIFY_THROWS_EXCEPTION(Error, state.renameImage("a", "c"));
        QVERIFY_THROWS_EXCEPTION(Error, state.renameImage("a", ""));
        QVERIFY_THROWS_EXCEPTION(Error, state.renameImage("x", "y"));
        QCOMPARE(state.freeName("a"), std::string("a_2"));
        QCOMPARE(state.freeName("x"), std::string("x"));
    }

    void anObserverThatThrowsKeepsNobodyFromHearing() {
        Document document;
        int thrown = 0;
        std::vector<std::string> heard;
        const auto broken = document.subscribe([&](const DocumentChange&) {
            if (++thrown == 1)
                throw std::runtime_error("no memory");
        });
        const auto listening = document.subscribe([&](const DocumentChange& change) { heard.push_back(change.edit.title); });
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, document.edit("First", "", setting("a", someImage())));
        document.edit("Second", "", setting("b", someImage()));
        QCOMPARE(heard, (Names{"First", "Second"}));
        QCOMPARE(titles(document), (Names{"First", "Second"}));
    }

    void aHundredThousandEditsCanBeUndoneAndForgotten() {
        Document document;
        document.edit("Start", "", setting("a", someImage()));
        for (int i = 0; i < 100000; ++i)
            document.edit("Invert", "tt.ops.invert()", [](DocumentState state) {
                state.setImage("a", Image(Node::create("invert", {{"in", state.image("a").output()}})));
                return state;
            });
        QCOMPARE(document.state()->image("a").node()->depth(), 100001u);
        document.goTo(document.history(100001).edits.front().id);
        QCOMPARE(document.state()->image("a").node()->depth(), 1u);
        document.replace({}, "");
    }
};

QTEST_GUILESS_MAIN(TestDocument)
#include "test_Document.moc"
