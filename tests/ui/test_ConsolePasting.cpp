// Lines that wait in the console, pasted or typed ahead, and what stops or takes them back; by real keys against real Python.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/ConsoleFixture.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QToolButton>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ConsolePasting : public ConsoleFixture {
    Q_OBJECT
private Q_SLOTS:
    void pastedStatementsRunInTurn();
    void promptsAreTakenOutOfPastedText();
    void aPastedBlockWithBlankLinesRuns();
    void anUnfinishedPasteWaitsForEnter();
    void linesWaitWhileOneRuns();
    void ofALongPasteTheNextStatementsAreShown();
    void allOfALongPasteIsRunAndRemembered();
    void controlCStopsALoop();
    void controlCCopiesASelection();
    void controlCClearsTheInput();
    void stopTakesBackWhatWaits();
};

void test_ConsolePasting::pastedStatementsRunInTurn() {
    QGuiApplication::clipboard()->setText(u"b = 2\nfor i in range(2):\n    b += i\nb * 10\nc = b\n"_s);
    QTest::keyClick(&view(), Qt::Key_V, Qt::ControlModifier);
    QTRY_VERIFY(printed().endsWith(u"b = 2\nfor i in range(2):\n    b += i\nb * 10\n30\nc = b\n"_s));
    QCOMPARE(view().input(), QString());
}

void test_ConsolePasting::promptsAreTakenOutOfPastedText() {
    view().pasteText(u">>> d = 1\n>>> if d:\n...     d += 1\n... \n>>> d\n2\n"_s);
    QTRY_VERIFY(printed().endsWith(u"\nd = 1\nif d:\n    d += 1\nd\n2\n"_s));
}

void test_ConsolePasting::aPastedBlockWithBlankLinesRuns() {
    view().pasteText(
        u"    def twice(x):\n        y = x\n\n        # a remark\n        return y * 2\n\n    twice(4)\n"_s);
    QTRY_VERIFY(printed().endsWith(u"twice(4)\n8\n"_s));
}

void test_ConsolePasting::anUnfinishedPasteWaitsForEnter() {
    view().pasteText(u"e = 7\ne * 2"_s);
    QCOMPARE(view().input(), u"e * 2"_s);
    waitUntilIdle();
    QVERIFY(!printed().contains(u"14"_s));
    QTest::keyClick(&view(), Qt::Key_Return);
    QTRY_VERIFY(printed().endsWith(u"e * 2\n14\n"_s));
}

void test_ConsolePasting::linesWaitWhileOneRuns() {
    enter(u"while True: pass"_s);
    QTest::keyClick(&view(), Qt::Key_Return);
    QTRY_VERIFY(status().contains(u"Running"_s));
    enter(u"'first waiting'"_s);
    enter(u"'second waiting'"_s);
    QCOMPARE(view().waitingText(), u"'first waiting'\n'second waiting'\n"_s);
    QVERIFY(status().contains(u"2 lines wait"_s));
    m_session->stop();
    QTRY_VERIFY(printed().endsWith(u"'second waiting'\n'second waiting'\n"_s));
    QVERIFY(printed().indexOf(u"'first waiting'"_s) < printed().indexOf(u"'second waiting'"_s));
}

void test_ConsolePasting::ofALongPasteTheNextStatementsAreShown() {
    QString text = u"import time\ntime.sleep(60)\n"_s;
    for (int i = 0; i < 40; ++i)
        text += u"print('line', %1)\n"_s.arg(i);
    view().pasteText(text);
    QTRY_VERIFY(status().contains(u"40 lines wait"_s));
    QTRY_VERIFY(view().waitingText().startsWith(u"print('line', 0)\n"_s));
    QVERIFY(view().waitingText().endsWith(u"print('line', 7)\n… and 32 more\n"_s));
    QVERIFY(printed().endsWith(u"time.sleep(60)\n"_s));
    QTest::keyClick(&view(), Qt::Key_Escape);
    waitUntilIdle();
}

void test_ConsolePasting::allOfALongPasteIsRunAndRemembered() {
    QString text;
    for (int i = 0; i < 300; ++i)
        text += u"print('turn', %1)\n"_s.arg(i);
    view().pasteText(text);
    QTRY_VERIFY(printed().endsWith(u"print('turn', 299)\nturn 299\n"_s));
    waitUntilIdle();
    for (int i = 0; i < 300; ++i)
        QVERIFY2(printed().contains(u"\nprint('turn', %1)\nturn %1\n"_s.arg(i)), qPrintable(QString::number(i)));
    makePanel();
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"print('turn', 299)"_s);
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"print('turn', 298)"_s);
}

void test_ConsolePasting::controlCStopsALoop() {
    enter(u"while True: pass"_s);
    QTest::keyClick(&view(), Qt::Key_Return);
    QTRY_VERIFY(status().contains(u"Running"_s));
    QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
    QTRY_VERIFY(printed().endsWith(u"Stopped.\n"_s));
    QTRY_VERIFY(!m_panel->findChild<QToolButton*>(u"consoleStop"_s)->isEnabled());
}

void test_ConsolePasting::controlCCopiesASelection() {
    QTest::keyClicks(&view(), u"to copy"_s);
    QTest::keyClick(&view(), Qt::Key_Home, Qt::ShiftModifier);
    QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"to copy"_s);
    QCOMPARE(view().input(), u"to copy"_s);
}

void test_ConsolePasting::controlCClearsTheInput() {
    QTest::keyClicks(&view(), u"not this"_s);
    QTest::keyClick(&view(), Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(view().input(), QString());
}

void test_ConsolePasting::stopTakesBackWhatWaits() {
    view().pasteText(u"while True:\n    pass\nprint('never')\n"_s);
    QTRY_VERIFY(status().contains(u"Running"_s));
    QTest::keyClick(&view(), Qt::Key_Escape);
    waitUntilIdle();
    QVERIFY(!printed().contains(u"never"_s));
    QTest::keyClick(&view(), Qt::Key_Up);
    QCOMPARE(view().input(), u"print('never')"_s);
}

QTEST_MAIN(test_ConsolePasting)
#include "test_ConsolePasting.moc"
