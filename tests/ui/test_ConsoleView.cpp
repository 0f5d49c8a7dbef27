// The console's text and keys by themselves, without Python: prompts in the margin, and the search through the history.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/QtWarnings.h"
#include "ui/console/ConsoleHistory.h"
#include "ui/console/ConsoleView.h"

#include <QInputMethodEvent>
#include <QSignalSpy>
#include <QTemporaryDir>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ConsoleView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void aPromptIsOneLineWithoutColours_data();
    void aPromptIsOneLineWithoutColours();
    void theMarginIsAsWideAsThePromptsInSight();
    void aFurtherSearchGoesFromNewToOld();
    void whatIsNotFoundLeavesTheLastFind();
    void shiftAndAccentsBelongToTheSearch_data();
    void shiftAndAccentsBelongToTheSearch();
    void composedLettersAreSearchedFor();
    void otherKeysTakeWhatWasFound_data();
    void otherKeysTakeWhatWasFound();
    void aLineThatComesBackIsNotLostWithTheSearch();
    void controlASelectsTheInputAndThenEverything();

private:
    void search(const QString& text);

    QTemporaryDir m_folder;
    std::unique_ptr<ConsoleHistory> m_history;
    std::unique_ptr<ConsoleView> m_view;
    QString m_said;
};

void test_ConsoleView::init() {
    failOnQtWarnings();
    const QString path = m_folder.filePath(u"history"_s);
    QFile::remove(path);
    m_history = std::make_unique<ConsoleHistory>(path);
    m_history->add({u"blur = 1"_s, u"Größe = 2"_s, u"blur = 3"_s, u"other = 4"_s});
    m_view = std::make_unique<ConsoleView>(*m_history);
    m_said.clear();
    connect(m_view.get(), &ConsoleView::searched, this, [this](const QString& about) { m_said = about; });
    m_view->resize(700, 300);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setFocus();
}

void test_ConsoleView::cleanup() {
    m_view.reset();
}

void test_ConsoleView::search(const QString& text) {
    QTest::keyClick(m_view.get(), Qt::Key_R, Qt::ControlModifier);
    QTest::keyClicks(m_view.get(), text);
}

void test_ConsoleView::aPromptIsOneLineWithoutColours_data() {
    QTest::addColumn<QString>("prompt");
    QTest::addColumn<QString>("shown");
    QTest::newRow("colours") << u"\x1b[32mtt> \x1b[0m"_s << u"tt>"_s;
    QTest::newRow("the marks of readline") << u"\x01\x1b[1m\x02py>\x01\x1b[0m\x02 "_s << u"py>"_s;
    QTest::newRow("several lines") << u"In a folder\nand here> "_s << u"and here>"_s;
    QTest::newRow("too long") << QString(1000, u'x') + u"> "_s << u'…' + QString(22, u'x') + u'>';
    QTest::newRow("nothing") << u""_s << u""_s;
    QTest::newRow("a zero") << u"a\0b>"_s << u"a\uFFFDb>"_s;
}

void test_ConsoleView::aPromptIsOneLineWithoutColours() {
    QFETCH(const QString, prompt);
    QFETCH(const QString, shown);
    m_view->setPromptTexts(prompt, u"... "_s);
    QCOMPARE(m_view->promptText(), shown);
}

void test_ConsoleView::theMarginIsAsWideAsThePromptsInSight() {
    const int usual = m_view->marginWidth(0);
    m_view->setPromptTexts(u"a long prompt> "_s, u"... "_s);
    const int wide = m_view->marginWidth(0);
    QVERIFY(wide > usual);
    m_view->appendInput(u"6 * 7"_s);
    m_view->setPromptTexts(u">>> "_s, u"... "_s);
    QCOMPARE(m_view->marginWidth(0), wide);
    m_view->clearOutput();
    QCOMPARE(m_view->marginWidth(0), usual);
}

void test_ConsoleView::aFurtherSearchGoesFromNewToOld() {
    search(u"blur"_s);
    QCOMPARE(m_view->input(), u"blur = 3"_s);
    QTest::keyClick(m_view.get(), Qt::Key_R, Qt::ControlModifier);
    QCOMPARE(m_view->input(), u"blur = 1"_s);
}

void test_ConsoleView::whatIsNotFoundLeavesTheLastFind() {
    search(u"blurx"_s);
    QCOMPARE(m_view->input(), u"blur = 3"_s);
    QVERIFY2(m_said.contains(u"nothing older has “blurx”"_s), qPrintable(m_said));
    QTest::keyClick(m_view.get(), Qt::Key_Backspace);
    QVERIFY2(m_said.contains(u"“blur”"_s) && !m_said.contains(u"nothing"_s), qPrintable(m_said));
}

void test_ConsoleView::shiftAndAccentsBelongToTheSearch_data() {
    QTest::addColumn<Qt::Key>("key");
    for (const Qt::Key key :
         {Qt::Key_Shift, Qt::Key_Control, Qt::Key_CapsLock, Qt::Key_AltGr, Qt::Key_Dead_Diaeresis, Qt::Key_Multi_key})
        QTest::addRow("%x", key) << key;
}

void test_ConsoleView::shiftAndAccentsBelongToTheSearch() {
    QFETCH(const Qt::Key, key);
    search(u"bl"_s);
    // QTest knows no accents.
    QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier);
    QCoreApplication::sendEvent(m_view.get(), &press);
    QVERIFY(!m_said.isEmpty());
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QCOMPARE(m_view->input(), QString());
}

void test_ConsoleView::composedLettersAreSearchedFor() {
    search(u"r"_s);
    QInputMethodEvent event;
    event.setCommitString(u"ö"_s);
    QCoreApplication::sendEvent(m_view.get(), &event);
    QCOMPARE(m_view->input(), u"Größe = 2"_s);
    QVERIFY2(m_said.contains(u"“rö”"_s), qPrintable(m_said));
}

void test_ConsoleView::otherKeysTakeWhatWasFound_data() {
    QTest::addColumn<Qt::Key>("key");
    QTest::addColumn<QString>("left");
    QTest::newRow("Enter") << Qt::Key_Return << u"blur = 3"_s;
    QTest::newRow("End") << Qt::Key_End << u"blur = 3"_s;
    QTest::newRow("Delete") << Qt::Key_Delete << u"blur = 3"_s;
}

void test_ConsoleView::otherKeysTakeWhatWasFound() {
    QFETCH(const Qt::Key, key);
    QFETCH(const QString, left);
    QSignalSpy entered(m_view.get(), &ConsoleView::entered);
    search(u"blur"_s);
    QTest::keyClick(m_view.get(), key);
    QCOMPARE(m_said, QString());
    QCOMPARE(m_view->input(), left);
    QVERIFY(entered.isEmpty());
}

void test_ConsoleView::aLineThatComesBackIsNotLostWithTheSearch() {
    search(u"other"_s);
    m_view->returnInput(u"if True: print('yes')"_s);
    QTest::keyClick(m_view.get(), Qt::Key_Escape);
    QVERIFY2(m_view->input().startsWith(u"if True: print('yes')\n"_s), qPrintable(m_view->input()));
    QCOMPARE(m_said, QString());
}

void test_ConsoleView::controlASelectsTheInputAndThenEverything() {
    m_view->setInput(u"to be\nrewritten"_s);
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->selectedText(), u"to be\nrewritten"_s);
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(m_view->selectedText(), m_view->text());
    QTest::keyClick(m_view.get(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_view.get(), Qt::Key_Backspace);
    QCOMPARE(m_view->input(), QString());
}

QTEST_MAIN(test_ConsoleView)
#include "test_ConsoleView.moc"
