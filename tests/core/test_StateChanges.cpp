// What was done to a snapshot is done to the document as others have left it meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/StateChanges.h"
#include "core/recipe/Node.h"

#include <QTest>

using namespace tintype;

namespace {

using Names = std::vector<std::string>;

Image image(int width) {
    return Image(Node::create("black", {{"width", width}, {"height", 8}}));
}

/// With images of these names, each of another size, the last one active.
DocumentState stateOf(const Names& names) {
    DocumentState state;
    for (const std::string& name : names)
        state.setImage(name, image(int(state.imageCount()) + 1));
    if (!names.empty())
        state.setActive(names.back());
    return state;
}

} // namespace

class test_StateChanges : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatWasDoneIsDoneAgain();
    void whatWasNotTouchedStaysAsOthersLeftIt();
    void whatOthersRemovedIsAddedAgainWhenItWasChanged();
    void whatOthersRemovedMayBeRemovedAgain();
    void aRenamedImageFollowsItsName();
    void aRenameOverwritesWhatTookTheNameMeanwhile();
    void aRenamedImageThatOthersRemovedComesBackUnderItsNewName();
    void theActiveImageStaysWhenItsNameIsTaken();
    void twoNamesOfOneImageAreOneRenameAtMost();
    void scriptsAreSetAndRemoved();
    void theActiveImageChangesOnlyWhenItWasChanged();
};

void test_StateChanges::whatWasDoneIsDoneAgain() {
    const DocumentState before = stateOf({"a", "b", "c"});
    DocumentState after = before;
    after.setImage("a", image(50));
    after.removeImage("b");
    after.setImage("new", image(60));
    after.setActive("a");
    QVERIFY(StateChanges::between(before, after).appliedTo(before) == after);
    QVERIFY(StateChanges::between(before, before).appliedTo(before) == before);
}

void test_StateChanges::whatWasNotTouchedStaysAsOthersLeftIt() {
    const DocumentState before = stateOf({"a", "b"});
    DocumentState after = before;
    after.setImage("a", image(50));
    DocumentState now = before;
    now.setImage("b", image(70));
    now.setImage("theirs", image(80));
    const DocumentState result = StateChanges::between(before, after).appliedTo(now);
    QCOMPARE(result.imageNames(), (Names{"a", "b", "theirs"}));
    QVERIFY(result.image("a") == after.image("a"));
    QVERIFY(result.image("b") == now.image("b"));
}

void test_StateChanges::whatOthersRemovedIsAddedAgainWhenItWasChanged() {
    const DocumentState before = stateOf({"a", "b"});
    DocumentState after = before;
    after.setImage("a", image(50));
    const DocumentState result = StateChanges::between(before, after).appliedTo(stateOf({}));
    QCOMPARE(result.imageNames(), Names{"a"});
}

void test_StateChanges::whatOthersRemovedMayBeRemovedAgain() {
    const DocumentState before = stateOf({"a"});
    QCOMPARE(StateChanges::between(before, stateOf({})).appliedTo(stateOf({})).imageCount(), std::size_t(0));
}

void test_StateChanges::aRenamedImageFollowsItsName() {
    const DocumentState before = stateOf({"a", "b"});
    DocumentState after = before;
    after.renameImage("a", "new");
    const DocumentState result = StateChanges::between(before, after).appliedTo(before);
    // In its place, not at the end.
    QCOMPARE(result.imageNames(), (Names{"new", "b"}));
    QVERIFY(result.image("new") == before.image("a"));
}

void test_StateChanges::aRenameOverwritesWhatTookTheNameMeanwhile() {
    const DocumentState before = stateOf({"a", "b"});
    DocumentState after = before;
    after.renameImage("a", "new");
    DocumentState now = before;
    now.setImage("new", image(90));
    const DocumentState result = StateChanges::between(before, after).appliedTo(now);
    QCOMPARE(result.imageNames(), (Names{"b", "new"}));
    QVERIFY(result.image("new") == before.image("a"));
}

void test_StateChanges::aRenamedImageThatOthersRemovedComesBackUnderItsNewName() {
    const DocumentState before = stateOf({"a"});
    DocumentState after = before;
    after.renameImage("a", "new");
    const DocumentState result = StateChanges::between(before, after).appliedTo(stateOf({}));
    QCOMPARE(result.imageNames(), Names{"new"});
}

void test_StateChanges::theActiveImageStaysWhenItsNameIsTaken() {
    DocumentState before = stateOf({"a", "b"});
    before.setActive("a");
    DocumentState after = before;
    after.renameImage("a", "new");
    DocumentState now = before;
    now.setImage("new", image(90));
    QCOMPARE(StateChanges::between(before, after).appliedTo(now).active(), std::string("new"));
}

void test_StateChanges::twoNamesOfOneImageAreOneRenameAtMost() {
    DocumentState before;
    before.setImage("a", image(1));
    before.setImage("copy", before.image("a"));
    DocumentState after;
    after.setImage("new", before.image("a"));
    const StateChanges changes = StateChanges::between(before, after);
    QCOMPARE(changes.renamed.size(), std::size_t(1));
    QCOMPARE(changes.appliedTo(before).imageNames(), Names{"new"});
}

void test_StateChanges::scriptsAreSetAndRemoved() {
    DocumentState before;
    before.setScript("old", "1");
    before.setScript("changed", "2");
    DocumentState after = before;
    after.removeScript("old");
    after.setScript("changed", "3");
    after.setScript("new", "4");
    DocumentState now = before;
    now.setScript("theirs", "5");
    std::vector<std::string> texts;
    for (const NamedScript& script : StateChanges::between(before, after).appliedTo(now).scripts())
        texts.push_back(script.name + script.text);
    QCOMPARE(texts, (std::vector<std::string>{"changed3", "theirs5", "new4"}));
}

void test_StateChanges::theActiveImageChangesOnlyWhenItWasChanged() {
    const DocumentState before = stateOf({"a", "b"});
    DocumentState after = before;
    after.setImage("new", image(50));
    after.setActive("b");
    DocumentState now = before;
    now.setActive("a");
    QCOMPARE(StateChanges::between(before, after).appliedTo(now).active(), std::string("a"));
    after.setActive("a");
    QCOMPARE(StateChanges::between(before, after).appliedTo(before).active(), std::string("a"));
}

QTEST_GUILESS_MAIN(test_StateChanges)
#include "test_StateChanges.moc"
