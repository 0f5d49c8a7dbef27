// Steps of the recipe panel are edited and left out by mouse and keys, with a preview of the whole image.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/StepsFixture.h"

#include <QSignalSpy>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowSteps : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<StepsFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() {
        failOnQtWarnings();
        f().start();
    }

    void aDoubleClickOpensTheFormWithTheValuesOfTheStep();
    void aChangeIsPreviewedWithAllLaterSteps();
    void okIsOneUndoStepWithItsLine();
    void cancelLeavesAllAsItWas_data();
    void cancelLeavesAllAsItWas();
    void nothingThatChangedIsNoEdit();
    void returnOpensTheForm();
    void deleteLeavesTheStepOut();
    void whatCannotBeLeftOutOrEditedSaysWhy();
    void theStepStaysChosenWhenItWasEdited();

private:
    StepsFixture& f() { return *m_fixture; }
    std::unique_ptr<StepsFixture> m_fixture;
};

void test_WindowSteps::aDoubleClickOpensTheFormWithTheValuesOfTheStep() {
    f().doubleClickStep(1);
    QTRY_VERIFY(f().form().isVisible());
    QCOMPARE(f().shown("title"), u"Edit Gaussian blur"_s);
    QVERIFY(f().steps().item(1)->toolTip().endsWith(u"Step 2, for tt.edit_step"_s));
    QCOMPARE(f().shown("target"), u"A step of coins; later steps follow."_s);
    QCOMPARE(f().editor<QDoubleSpinBox>("sigma")->value(), 2.0);
    QCOMPARE(f().button("apply").text(), u"OK"_s);
    QTRY_VERIFY2(f().form().isAncestorOf(QApplication::focusWidget()), "the form can be typed into at once");
}

void test_WindowSteps::aChangeIsPreviewedWithAllLaterSteps() {
    f().doubleClickStep(1);
    QTRY_VERIFY(f().form().isVisible());
    QSignalSpy previews(&f().form(), &OperationForm::previewReady);
    const Image before = f().image("coins");
    f().typeNumber("sigma", u"5"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    QTRY_VERIFY(previews.count() > 0);
    const auto preview = previews.last().first().value<Image>();
    QVERIFY(f().image("coins") == before);
    editStep(f().application->workbench(), {"coins", f().step("gaussblur")}, {{"sigma", 5}});
    QVERIFY(f().samePixels(preview, f().image("coins")));
    QVERIFY(!f().samePixels(preview, before));
    f().press("close");
}

void test_WindowSteps::okIsOneUndoStepWithItsLine() {
    const Image before = f().image("coins");
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(f().image("coins") != before);
    const Image after = f().image("coins");
    QCOMPARE(f().sigma(), Value(5.0));
    QCOMPARE(f().editCount(), 4U);
    QCOMPARE(f().document().history().edits.back().title, std::string("Edit Gaussian blur"));
    QTRY_VERIFY(!f().form().isVisible());
    QTRY_VERIFY(!f().canvas().isPreviewing());
    QTRY_VERIFY(f().logText().contains(u"tt.edit_step(2, sigma=5.0, image=\"coins\")"_s));
    QTest::keyClick(&f().window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(f().image("coins") == before);
    QTRY_VERIFY(f().find<QAction>("edit.redo")->isEnabled());
    QTest::keyClick(&f().window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(f().image("coins") == after);
}

void test_WindowSteps::cancelLeavesAllAsItWas_data() {
    QTest::addColumn<bool>("byKey");
    QTest::newRow("button") << false;
    QTest::newRow("Escape") << true;
}

void test_WindowSteps::cancelLeavesAllAsItWas() {
    QFETCH(bool, byKey);
    const Image before = f().image("coins");
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    QTRY_VERIFY(f().canvas().isPreviewing());
    if (byKey)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    else
        f().press("close");
    QTRY_VERIFY(!f().form().isVisible());
    QVERIFY(!f().canvas().isPreviewing());
    QVERIFY(f().image("coins") == before);
    QCOMPARE(f().editCount(), 3U);
}

void test_WindowSteps::nothingThatChangedIsNoEdit() {
    f().doubleClickStep(1);
    QTRY_VERIFY(f().canPress("apply"));
    f().press("apply");
    QTRY_VERIFY(!f().form().isVisible());
    QCOMPARE(f().editCount(), 3U);
}

void test_WindowSteps::returnOpensTheForm() {
    f().clickStep(2);
    QTest::keyClick(&f().steps(), Qt::Key_Return);
    QTRY_VERIFY(f().form().isVisible());
    QCOMPARE(f().shown("title"), u"Edit Invert"_s);
}

void test_WindowSteps::deleteLeavesTheStepOut() {
    const Image before = f().image("coins");
    f().clickStep(1);
    QTest::keyClick(&f().steps(), Qt::Key_Delete);
    QTRY_COMPARE(f().steps().count(), 2);
    QVERIFY(!f().step("gaussblur") && f().step("invert"));
    QCOMPARE(f().document().history().edits.back().title, std::string("Remove Gaussian blur"));
    QTRY_VERIFY(f().logText().contains(u"tt.remove_step(2, image=\"coins\")"_s));
    QTest::keyClick(&f().window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(f().image("coins") == before);
}

void test_WindowSteps::whatCannotBeLeftOutOrEditedSaysWhy() {
    f().doubleClickStep(0);
    QTRY_COMPARE(f().messages(), QStringList{u"The recipe begins with this picture, which has no parameters to edit."_s});
    QVERIFY(!f().form().isVisible());
    QTest::keyClick(&f().steps(), Qt::Key_Delete);
    QTRY_VERIFY(f().messages().contains(u"The recipe begins with this picture, which cannot be left out."_s));
    QCOMPARE(f().editCount(), 3U);
}

void test_WindowSteps::theStepStaysChosenWhenItWasEdited() {
    f().doubleClickStep(1);
    f().typeNumber("sigma", u"5"_s);
    f().press("apply");
    QTRY_VERIFY(f().steps().item(1)->text().contains(u'5'));
    QCOMPARE(f().steps().currentRow(), 1);
    // It can be edited again at once.
    f().steps().setFocus();
    QTest::keyClick(&f().steps(), Qt::Key_Return);
    QTRY_VERIFY(f().form().isVisible());
    QCOMPARE(f().editor<QDoubleSpinBox>("sigma")->value(), 5.0);
}

QTEST_MAIN(test_WindowSteps)
#include "test_WindowSteps.moc"
