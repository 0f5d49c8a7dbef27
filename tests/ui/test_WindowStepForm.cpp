// The form of a step: links and images that it shows, and what happens when others change things meanwhile.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/StepsFixture.h"

#include <QCheckBox>
#include <QComboBox>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowStepForm : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<StepsFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() {
        failOnQtWarnings();
        f().start();
    }

    void anImageThatIsClosedMeanwhileCannotBeEditedUntilItIsBack();
    void aStepIsEditedInAnImageThatGrewMeanwhile();
    void aStepThatWasEditedElsewhereIsRefused();
    void thePreviewEndsWhileAnotherImageIsShown();
    void aRenamedImageIsFollowed();
    void whatIsAutomaticStaysSo();
    void aLinkedNumberIsShownAndKept();
    void aNumberTakesThePlaceOfALink();
    void anImageInputIsShownAndStays();
    void whatALaterStepRefusesIsSaidInTheForm();
    void operationsByFunctionsAreEditedAlike();
    void aMissingOperationIsNamed();
    void anOperationThatGoesMeanwhileIsAwaited();

private:
    StepsFixture& f() { return *m_fixture; }
    std::unique_ptr<StepsFixture> m_fixture;
};

void test_WindowStepForm::anImageThatIsClosedMeanwhileCannotBeEditedUntilItIsBack() {
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    removeImage(f().document(), "coins");
    QTRY_COMPARE(f().shown("target"), u"A step of coins, which is not open any more."_s);
    QVERIFY(!f().canPress("apply"));
    QVERIFY(!f().canvas().isPreviewing());
    f().document().undo();
    QTRY_VERIFY(f().canPress("apply"));
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().press("apply");
    QTRY_COMPARE(f().sigma(), Value(5.0));
}

void test_WindowStepForm::aStepIsEditedInAnImageThatGrewMeanwhile() {
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().apply("sobel");
    QTRY_COMPARE(f().steps().count(), 4);
    f().press("apply");
    QTRY_COMPARE(f().sigma(), Value(5.0));
    QVERIFY(f().step("sobel"));
    QTRY_VERIFY(!f().form().isVisible());
}

void test_WindowStepForm::aStepThatWasEditedElsewhereIsRefused() {
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().run(u"tt.edit_step(2, sigma=7) and None"_s);
    const QString reason = u"\"coins\" was changed meanwhile, and the step Gaussian blur is not part of it any more"_s;
    QTRY_COMPARE(f().shown("formError"), reason);
    QVERIFY(!f().canvas().isPreviewing());
    f().press("apply");
    QTRY_COMPARE(f().shown("formError"), reason);
    QCOMPARE(f().sigma(), Value(7.0));
    // The step that the person saw comes back.
    f().document().undo();
    QTRY_COMPARE(f().shown("formError"), QString());
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().press("apply");
    QTRY_COMPARE(f().sigma(), Value(5.0));
}

void test_WindowStepForm::thePreviewEndsWhileAnotherImageIsShown() {
    f().open({f().picture("camera.png")});
    QTRY_COMPARE(f().names().size(), 2U);
    f().document().activate("coins");
    QTRY_COMPARE(f().steps().count(), 3);
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().document().activate("camera");
    QTRY_VERIFY(!f().canvas().isPreviewing());
    QCOMPARE(f().shown("target"), u"A step of coins, which is not shown now."_s);
    f().document().activate("coins");
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().press("close");
}

void test_WindowStepForm::aRenamedImageIsFollowed() {
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    renameImage(f().document(), "coins", "money");
    QTRY_COMPARE(f().shown("target"), u"A step of money; later steps follow."_s);
    f().press("apply");
    QTRY_COMPARE(f().document().history().edits.back().title, std::string("Edit Gaussian blur"));
    QVERIFY(f().image("money"));
}

void test_WindowStepForm::whatIsAutomaticStaysSo() {
    f().apply("embed", {{"x", 0}, {"y", 0}, {"width", 500}, {"height", 400}});
    QTRY_COMPARE(f().steps().count(), 4);
    f().doubleClickStep(3);
    QTRY_VERIFY(f().form().isVisible());
    QCOMPARE(f().editor<QComboBox>("extend")->currentText(), u"Automatic"_s);
    f().typeNumber("width", u"450"_s);
    f().press("apply");
    QTRY_VERIFY(f().steps().item(3)->text().contains(u"450"_s));
    QVERIFY(!f().step("embed")->parameter("extend"));
    QTRY_VERIFY(!f().form().isVisible());
    // Chosen, and automatic again.
    f().doubleClickStep(3);
    f().form().setParameters({{"extend", "mirror"}});
    f().press("apply");
    QTRY_VERIFY(f().logText().contains(u"tt.edit_step(4, extend=\"mirror\", image=\"coins\")"_s));
    QTRY_VERIFY(f().steps().item(3)->text().contains(u"mirror"_s));
    QTRY_VERIFY(!f().form().isVisible());
    f().doubleClickStep(3);
    f().editor<QComboBox>("extend")->setCurrentIndex(0);
    f().press("apply");
    QTRY_VERIFY(f().logText().contains(u"tt.edit_step(4, extend=None, image=\"coins\")"_s));
}

void test_WindowStepForm::aLinkedNumberIsShownAndKept() {
    f().run(u"tt.data.images['coins'] = (lambda im: im > im.otsu())(tt.active)"_s);
    QTRY_COMPARE(f().steps().count(), 5);
    f().doubleClickStep(4);
    QTRY_VERIFY(f().form().isVisible());
    auto* linked = f().editor<QCheckBox>("c");
    QVERIFY(linked && linked->isChecked());
    const Workbench& workbench = f().application->workbench();
    const Value level = workbench.evaluation.value({f().step("otsu"), workbench.catalog.get("otsu").outputs.front().name});
    double number = 0;
    QVERIFY(level.toNumber(number));
    QTRY_COMPARE(f().shown("found").section(u',', 0, 0), QString::number(number));
    QVERIFY(f().shown("found").contains(u"Otsu"_s));
    f().form().setParameters({{"relational", "less"}});
    f().press("apply");
    QTRY_COMPARE(*f().step("relational_const")->parameter("relational"), Value("less"));
    QVERIFY(f().step("otsu"));
    QTRY_VERIFY(f().logText().contains(u"tt.edit_step(5, relational=\"less\", image=\"coins\")"_s));
}

void test_WindowStepForm::aNumberTakesThePlaceOfALink() {
    f().run(u"tt.data.images['coins'] = (lambda im: im > im.otsu())(tt.active)"_s);
    QTRY_COMPARE(f().steps().count(), 5);
    f().doubleClickStep(4);
    QTRY_VERIFY(f().shown("found").contains(u','));
    QTest::mouseClick(f().editor<QCheckBox>("c"), Qt::LeftButton, {}, QPoint(8, f().editor<QCheckBox>("c")->height() / 2));
    auto* edit = f().editor<QLineEdit>("c");
    QTRY_VERIFY(edit && edit->isVisible());
    // The number that was found is a good one to begin with.
    QCOMPARE(edit->text(), f().shown("found").section(u',', 0, 0));
    QTest::keySequence(edit, QKeySequence::SelectAll);
    QTest::keyClicks(edit, u"90"_s);
    f().press("apply");
    QTRY_VERIFY(!f().step("otsu"));
    QCOMPARE(*f().step("relational_const")->parameter("c"), Value(List{90.0}));
    QTRY_VERIFY(f().logText().contains(u"tt.edit_step(5, c=[90.0], image=\"coins\")"_s));
}

void test_WindowStepForm::anImageInputIsShownAndStays() {
    f().run(u"tt.data.images['coins'] = tt.active + tt.active.sobel()"_s);
    QTRY_COMPARE(f().steps().count(), 5);
    f().doubleClickStep(4);
    QTRY_VERIFY(f().form().isVisible());
    QCOMPARE(f().shown("fixed"), u"from “%1”"_s.arg(QString::fromStdString(f().application->workbench().catalog.get("sobel").title)));
    f().press("close");
}

void test_WindowStepForm::whatALaterStepRefusesIsSaidInTheForm() {
    f().apply("embed", {{"x", 0}, {"y", 0}, {"width", 500}, {"height", 500}});
    f().apply("extract_area", {{"left", 390}, {"top", 310}, {"width", 100}, {"height", 100}});
    QTRY_COMPARE(f().steps().count(), 5);
    const Image before = f().image("coins");
    f().doubleClickStep(3);
    f().typeNumber("width", u"450"_s);
    QTRY_VERIFY(f().shown("formError").contains(u"extract_area"_s));
    f().press("apply");
    QTRY_VERIFY(f().shown("formError").contains(u"extract_area"_s));
    QVERIFY(f().form().isVisible());
    QVERIFY(f().image("coins") == before);
}

void test_WindowStepForm::operationsByFunctionsAreEditedAlike() {
    f().defineBrighten();
    f().run(u"tt.ops.test.it(by=3); tt.ops.invert() and None"_s);
    QTRY_COMPARE(f().steps().count(), 5);
    f().doubleClickStep(3);
    QTRY_VERIFY(f().form().isVisible());
    QCOMPARE(f().editor<QDoubleSpinBox>("by")->value(), 3.0);
    f().typeNumber("by", u"9"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().press("apply");
    QTRY_VERIFY(f().logText().contains(u"tt.edit_step(4, by=9.0, image=\"coins\")"_s));
    QCOMPARE(*f().step("test.it")->parameter("by"), Value(9.0));
    f().run(u"tt.remove_operation('test.it')"_s);
}

void test_WindowStepForm::aMissingOperationIsNamed() {
    f().defineBrighten();
    f().run(u"tt.ops.test.it(by=3) and None"_s);
    QTRY_COMPARE(f().steps().count(), 4);
    f().run(u"tt.remove_operation('test.it')"_s);
    QTRY_VERIFY(f().steps().item(3)->text().startsWith(u"test.it — missing"_s));
    f().doubleClickStep(3);
    QTRY_COMPARE(f().messages(), QStringList{u"The operation test.it is not there: the add-on or the script that brings it is "
                                             "off or missing."_s});
    QVERIFY(!f().form().isVisible());
    QTest::keyClick(&f().steps(), Qt::Key_Delete);
    QTRY_COMPARE(f().steps().count(), 3);
    QVERIFY(!f().step("test.it"));
}

void test_WindowStepForm::anOperationThatGoesMeanwhileIsAwaited() {
    f().defineBrighten();
    f().run(u"tt.ops.test.it(by=3) and None"_s);
    QTRY_COMPARE(f().steps().count(), 4);
    f().doubleClickStep(3);
    f().typeNumber("by", u"9"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    f().run(u"tt.remove_operation('test.it')"_s);
    QTRY_VERIFY(f().shown("formError").contains(u"not there any more: the console brought it"_s));
    QVERIFY(!f().canPress("apply"));
    f().defineBrighten();
    QTRY_VERIFY(f().canPress("apply"));
    QCOMPARE(f().editor<QDoubleSpinBox>("by")->value(), 9.0);
    f().press("apply");
    QTRY_COMPARE(*f().step("test.it")->parameter("by"), Value(9.0));
    f().run(u"tt.remove_operation('test.it')"_s);
}

QTEST_MAIN(test_WindowStepForm)
#include "test_WindowStepForm.moc"
