// The console is used by real keys against real Python: entries, continuation lines, history, what was printed, colours.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/ConsoleFixture.h"

#include <QToolButton>
#include <QWheelEvent>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ConsolePanel : public ConsoleFixture {
    Q_OBJECT
private Q_SLOTS:
    void runsALineAndShowsItsValue();
    void opensAnIndentedLineAfterAColon();
    void aBlankLineEndsABlock();
    void pythonAsksForTheRestOfABlockInOneLine();
    void shiftEnterAddsALine();
    void upBringsBackEarlierEntries();
    void upFindsEntriesByTheirBeginning();
    void anEntryOfSeveralLinesComesBackAsAWhole();
    void controlRSearchesBackLetterByLetter();
    void escapeLeavesTheSearchAsItWas();
    void promptsAreThoseOfSys();
    void historySurvivesARestart();
    void typingInTheTranscriptGoesToTheInput();
    void whatWasPrintedCannotBeChanged();
    void outputGoesAboveTheInput();
    void outputKeepsCaretAndSelectionInTheInput();
    void controlLClears();
    void outputIsBounded();
    void carriageReturnsOverwrite();
    void homeGoesToTheStartOfTheInput();
    void errorsHaveTheirOwnColour();
    void controlAndTheWheelZoom();
    void followsTheDesktopsColours();
};

void test_ConsolePanel::runsALineAndShowsItsValue() {
    QVERIFY(printed().contains(u"tt.active"_s));
    enter(u"6 * 7"_s);
    QVERIFY(view().input().isEmpty());
    QTRY_VERIFY(printed().endsWith(u"6 * 7\n42\n"_s));
}

void test_ConsolePanel::opensAnIndentedLineAfterAColon() {
    enter(u"for i in range(2):"_s);
    QCOMPARE(view().input(), u"for i in range(2):\n    "_s);
    enter(u"print('turn', i)"_s);
    QCOMPARE(view().input(), u"for i in range(2):\n    print('turn', i)\n    "_s);
    QVERIFY(!m_session->isBusy());
}

void test_ConsolePanel::aBlankLineEndsABlock() {
    enter(u"for i in range(2):"_s);
    enter(u"print('turn', i)"_s);
    QTest::keyClick(&view(), Qt::Key_Return);
    QTRY_VERIFY(printed().endsWith(u"for i in range(2):\n    print('turn', i)\nturn 0\nturn 1\n"_s));
}

void test_ConsolePanel::pythonAsksForTheRestOfABlockInOneLine() {
    enter(u"if True: print('yes')"_s);
    QTRY_COMPARE(view().input(), u"if True: print('yes')\n"_s);
    QTest::keyClick(&view(), Qt::Key_Return);
    QTRY_VERIFY(printed().endsWith(u"\nyes\n"_s));
}

void test_ConsolePanel::shiftEnterAddsALine() {
    QTest::keyClicks(&view(), u"a = 5"_s);
    QTest::keyClick(&view(), Qt::Key_Return, Qt::ShiftModifier);
    enter(u"a + 1"_s);
    QTRY_VERIFY(printed().endsWith(u"a = 5\na + 1\n6\n"_s));
}

void test_ConsolePanel::upBringsBackEarlierEntries() {
    enter(u"1 + 1"_s);
    enter(u"2 + 2"_s);
    waitUntilIdle();
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"2 + 2"_s);
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"1 + 1"_s);
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"1 + 1"_s);
    QTest::keyClick(&view(), Qt::Key_Down);
    QTest::keyClick(&view(), Qt::Key_Down);
    QCOMPARE(view().input(), QString());
}

void test_ConsolePanel::upFindsEntriesByTheirBeginning() {
    enter(u"alpha = 1"_s);
    enter(u"beta = 2"_s);
    enter(u"alpine = 3"_s);
    waitUntilIdle();
    QTest::keyClicks(&view(), u"al"_s);
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"alpine = 3"_s);
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"alpha = 1"_s);
    QTest::keyClick(&view(), Qt::Key_Down);
    QTest::keyClick(&view(), Qt::Key_Down);
    QCOMPARE(view().input(), u"al"_s);
}

void test_ConsolePanel::anEntryOfSeveralLinesComesBackAsAWhole() {
    enter(u"for i in range(3):"_s);
    enter(u"print('again', i)"_s);
    QTest::keyClick(&view(), Qt::Key_Return);
    QTRY_VERIFY(printed().endsWith(u"again 2\n"_s));
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"for i in range(3):\n    print('again', i)"_s);
    view().clearOutput();
    QTest::keyClick(&view(), Qt::Key_Return);
    QTRY_VERIFY(printed().endsWith(u"again 2\n"_s));
}

void test_ConsolePanel::controlRSearchesBackLetterByLetter() {
    for (const QString& line : {u"blur = 1"_s, u"bright = 2"_s, u"blur = 3"_s, u"other = 4"_s})
        enter(line);
    waitUntilIdle();
    QTest::keyClicks(&view(), u"typed"_s);
    QTest::keyClick(&view(), Qt::Key_R, Qt::ControlModifier);
    QVERIFY(status().startsWith(u"Search back"_s));
    QTest::keyClicks(&view(), u"b"_s);
    QCOMPARE(view().input(), u"blur = 3"_s);
    QTest::keyClicks(&view(), u"r"_s);
    QCOMPARE(view().input(), u"bright = 2"_s);
    QTest::keyClick(&view(), Qt::Key_Backspace);
    QCOMPARE(view().input(), u"blur = 3"_s);
    QTest::keyClicks(&view(), u"lur"_s);
    QTest::keyClick(&view(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(view().input(), u"blur = 1"_s);
    QTest::keyClick(&view(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(view().input(), u"blur = 1"_s);
    QVERIFY2(status().contains(u"nothing older has “blur”"_s), qPrintable(status()));
    QTest::keyClick(&view(), Qt::Key_Return);
    QCOMPARE(view().input(), u"blur = 1"_s);
    QCOMPARE(status(), QString());
    QTest::keyClick(&view(), Qt::Key_Return);
    enter(u"blur"_s);
    QTRY_VERIFY(printed().endsWith(u"blur\n1\n"_s));
}

void test_ConsolePanel::escapeLeavesTheSearchAsItWas() {
    enter(u"blur = 1"_s);
    waitUntilIdle();
    QTest::keyClicks(&view(), u"typed"_s);
    QTest::keyClick(&view(), Qt::Key_R, Qt::ControlModifier);
    QTest::keyClicks(&view(), u"bl"_s);
    QCOMPARE(view().input(), u"blur = 1"_s);
    QTest::keyClick(&view(), Qt::Key_Escape);
    QCOMPARE(view().input(), u"typed"_s);
    QCOMPARE(status(), QString());
}

void test_ConsolePanel::promptsAreThoseOfSys() {
    QCOMPARE(view().promptText(), u">>>"_s);
    enter(u"import sys; sys.ps1 = '\\x1b[32mtt> \\x1b[0m'"_s);
    QTRY_COMPARE(view().promptText(), u"tt>"_s);
    // Asked anew for each line, as by CPython.
    enter(u"sys.ps1 = type('Count', (), {'n': 0, '__str__': lambda self: setattr(self, 'n', self.n + 1) or f'In [{self.n}]: '})()"_s);
    QTRY_COMPARE(view().promptText(), u"In [1]:"_s);
    enter(u"pass"_s);
    QTRY_COMPARE(view().promptText(), u"In [2]:"_s);
    enter(u"del sys.ps1"_s);
    QTRY_COMPARE(view().promptText(), QString());
}

void test_ConsolePanel::historySurvivesARestart() {
    view().pasteText(u"text = 'ümlaut'"_s);
    QTest::keyClick(&view(), Qt::Key_Return);
    waitUntilIdle();
    makePanel();
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"text = 'ümlaut'"_s);
}

void test_ConsolePanel::typingInTheTranscriptGoesToTheInput() {
    enter(u"1"_s);
    waitUntilIdle();
    const QString before = printed();
    view().setCursorPosition(0, 2);
    QTest::keyClicks(&view(), u"xy"_s);
    QCOMPARE(view().input(), u"xy"_s);
    QCOMPARE(printed(), before);
}

void test_ConsolePanel::whatWasPrintedCannotBeChanged() {
    enter(u"print('fixed')"_s);
    QTRY_VERIFY(printed().endsWith(u"\nfixed\n"_s));
    const QString before = printed();
    QTest::keyClick(&view(), Qt::Key_Backspace);
    QTest::keyClick(&view(), Qt::Key_Backspace, Qt::ControlModifier);
    view().selectAll();
    QTest::keyClick(&view(), Qt::Key_X, Qt::ControlModifier);
    view().selectAll();
    QTest::keyClick(&view(), Qt::Key_Delete);
    QTest::keyClick(&view(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(printed(), before);
}

void test_ConsolePanel::outputGoesAboveTheInput() {
    enter(u"import threading; go = threading.Event()"_s);
    waitUntilIdle();
    enter(u"_ = go.wait(20); print('late', end='')"_s);
    QTRY_VERIFY(status().contains(u"Running"_s));
    QTest::keyClicks(&view(), u"half"_s);
    QVERIFY(m_session->isBusy());
    m_session->stop();
    waitUntilIdle();
    QTest::keyClicks(&view(), u" typed"_s);
    QCOMPARE(view().input(), u"half typed"_s);
    QVERIFY(printed().endsWith(u"Stopped.\n"_s));
    view().appendOutput(u"no end"_s, false);
    QTest::keyClicks(&view(), u"!"_s);
    QCOMPARE(view().input(), u"half typed!"_s);
    QVERIFY(view().text().endsWith(u"Stopped.\nno end\nhalf typed!"_s));
    view().appendOutput(u" yet\n"_s, false);
    QVERIFY(view().text().endsWith(u"no end yet\nhalf typed!"_s));
}

void test_ConsolePanel::outputKeepsCaretAndSelectionInTheInput() {
    QTest::keyClicks(&view(), u"chosen word"_s);
    for (int i = 0; i < 4; ++i)
        QTest::keyClick(&view(), Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(view().selectedText(), u"word"_s);
    view().appendOutput(u"one\ntwo\n"_s, false);
    QCOMPARE(view().selectedText(), u"word"_s);
    QTest::keyClick(&view(), Qt::Key_Left);
    view().appendOutput(u"three\n"_s, false);
    QTest::keyClicks(&view(), u"new "_s);
    QCOMPARE(view().input(), u"chosen new word"_s);
}

void test_ConsolePanel::controlLClears() {
    enter(u"print('gone')"_s);
    QTRY_VERIFY(printed().endsWith(u"\ngone\n"_s));
    QTest::keyClicks(&view(), u"kept"_s);
    QTest::keyClick(&view(), Qt::Key_L, Qt::ControlModifier);
    QCOMPARE(view().text(), u"kept"_s);
}

void test_ConsolePanel::outputIsBounded() {
    for (int i = 0; i < 30; ++i)
        view().appendOutput(u"line\n"_s.repeated(1000) + u"number %1\n"_s.arg(i), false);
    QVERIFY(printed().count(u'\n') <= OutputView::MOST_LINES + OutputView::TRIMMED_LINES);
    QVERIFY(printed().count(u'\n') >= OutputView::MOST_LINES);
    QVERIFY(printed().endsWith(u"number 29\n"_s));
    view().appendOutput(u"x"_s.repeated(9'000'000), false);
    QVERIFY(printed().size() <= OutputView::MOST_BYTES + OutputView::MOST_BYTES / 8);
}

void test_ConsolePanel::carriageReturnsOverwrite() {
    enter(u"print('10 %\\r20 %\\r30 %', end='', flush=True); print('\\rdone\\r\\nnext')"_s);
    QTRY_VERIFY(printed().endsWith(u"\ndone\nnext\n"_s));
    QVERIFY(!printed().contains(u"\n30 %"_s));
    view().appendOutput(u"\x1b[31mred\x1b[0m\n"_s, false);
    QVERIFY(printed().endsWith(u"next\nred\n"_s));
}

void test_ConsolePanel::homeGoesToTheStartOfTheInput() {
    QTest::keyClicks(&view(), u"bc"_s);
    QTest::keyClick(&view(), Qt::Key_Home);
    QTest::keyClicks(&view(), u"a"_s);
    QTest::keyClick(&view(), Qt::Key_Home);
    QTest::keyClick(&view(), Qt::Key_Left);
    QTest::keyClicks(&view(), u"_"_s);
    QCOMPARE(view().input(), u"_abc"_s);
}

void test_ConsolePanel::errorsHaveTheirOwnColour() {
    enter(u"1 / 0"_s);
    QTRY_VERIFY(printed().contains(u"ZeroDivisionError"_s));
    const long place = printed().toUtf8().lastIndexOf("ZeroDivisionError");
    const auto styleAt = [this](long at) {
        return view().SendScintilla(QsciScintilla::SCI_GETSTYLEAT, static_cast<unsigned long>(at));
    };
    const auto inkOf = [this](long style) {
        return view().SendScintilla(QsciScintilla::SCI_STYLEGETFORE, static_cast<unsigned long>(style));
    };
    QVERIFY(inkOf(styleAt(place)) != inkOf(styleAt(0)));
    QVERIFY(inkOf(styleAt(place)) != inkOf(QsciScintilla::STYLE_DEFAULT));
}

void test_ConsolePanel::controlAndTheWheelZoom() {
    const auto zoom = [this] { return view().SendScintilla(QsciScintilla::SCI_GETZOOM); };
    const long before = zoom();
    const QPointF place(50, 50);
    QWheelEvent wheel(place, view().viewport()->mapToGlobal(place), {}, QPoint(0, 120), Qt::NoButton,
                      Qt::ControlModifier, Qt::NoScrollPhase, false);
    QGuiApplication::sendEvent(view().viewport(), &wheel);
    QCOMPARE(zoom(), before + 1);
}

void test_ConsolePanel::followsTheDesktopsColours() {
    const CodeColors light = view().colors();
    QPalette dark = m_panel->palette();
    dark.setColor(QPalette::Base, QColor(30, 30, 30));
    dark.setColor(QPalette::Text, QColor(220, 220, 220));
    m_panel->setPalette(dark);
    QVERIFY(view().colors().keyword != light.keyword);
    QCOMPARE(view().grab().toImage().pixelColor(view().width() - 60, view().height() - 20), QColor(30, 30, 30));
}

QTEST_MAIN(test_ConsolePanel)
#include "test_ConsolePanel.moc"
