// Scripts that print without measure, or not as they should: the window goes on, shows the last of it, and stays small.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ConsoleSession.h"
#include "scripting/ScriptRunner.h"
#include "tests/scripting/PythonFixture.h"
#include "tests/ui/QtWarnings.h"
#include "ui/console/ConsolePanel.h"
#include "ui/console/ConsoleView.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/editor/ScriptOutputView.h"
#include "ui/editor/ScriptTab.h"
#include "ui/editor/ScriptText.h"

#include <QFile>
#include <QStandardPaths>

#include <unistd.h>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_PrintingScripts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void cleanup();

    void aMillionLinesLeaveTheLastOnes_data() { inBothPlaces(); }
    void aMillionLinesLeaveTheLastOnes();
    void aLineWithoutEndShowsItsEnd_data() { inBothPlaces(); }
    void aLineWithoutEndShowsItsEnd();
    void printingWithoutEndStaysSmall_data();
    void printingWithoutEndStaysSmall();
    void lettersThatAreNoneAreShownAsSuch();
    void aClosedOutputStaysOpen();
    void aReplacedOutputIsTheScriptsOwnAffair();
    void aThreadThatIsLeftBehindPrintsNowhere();

private:
    static void inBothPlaces();
    void run(const QString& text);
    /// Runs the text in the place that the row names, and waits for its end.
    void runHere(const QString& text);
    QString printed() const { return m_editor->currentTab()->output().output(); }
    QString printedHere() const;

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<ScriptRunner> m_runner;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<ScriptEditor> m_editor;
    std::unique_ptr<ConsolePanel> m_console;
};

namespace {

qint64 residentBytes() {
    QFile file(u"/proc/self/statm"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

} // namespace

void test_PrintingScripts::initTestCase() {
    QStandardPaths::setTestModeEnabled(true);
    m_fixture = std::make_unique<PythonFixture>();
}

void test_PrintingScripts::cleanupTestCase() {
    m_fixture.reset();
}

void test_PrintingScripts::init() {
    failOnQtWarnings();
    m_runner = std::make_unique<ScriptRunner>(m_fixture->interpreter, m_fixture->workbench);
    m_session = std::make_unique<ConsoleSession>(m_fixture->interpreter, m_fixture->workbench);
    m_editor = std::make_unique<ScriptEditor>(*m_runner);
    m_console = std::make_unique<ConsolePanel>(*m_session);
    m_editor->resize(700, 500);
    m_console->resize(700, 300);
    m_editor->show();
    m_console->show();
}

void test_PrintingScripts::cleanup() {
    m_console.reset();
    m_editor.reset();
    m_session.reset();
    m_runner.reset();
}

void test_PrintingScripts::inBothPlaces() {
    QTest::addColumn<bool>("inConsole");
    QTest::newRow("editor") << false;
    QTest::newRow("console") << true;
}

void test_PrintingScripts::run(const QString& text) {
    m_editor->currentTab()->text().setText(text);
    m_editor->run();
    QTRY_VERIFY_WITH_TIMEOUT(!m_editor->currentTab()->isRunning(), LIMIT_MS);
}

void test_PrintingScripts::runHere(const QString& text) {
    QFETCH(bool, inConsole);
    if (!inConsole)
        return run(text);
    m_console->runText(text);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy(), LIMIT_MS);
}

QString test_PrintingScripts::printedHere() const {
    QFETCH(bool, inConsole);
    return inConsole ? m_console->view().output() : printed();
}

void test_PrintingScripts::aMillionLinesLeaveTheLastOnes() {
    runHere(u"for i in range(1_000_000): print('line', i)\n\n"_s);
    const QString text = printedHere();
    QVERIFY(text.endsWith(u"line 999998\nline 999999\n"_s));
    QVERIFY(text.count(u'\n') > 1000);
    QVERIFY(text.count(u'\n') <= OutputView::MOST_LINES + OutputView::TRIMMED_LINES);
}

void test_PrintingScripts::aLineWithoutEndShowsItsEnd() {
    runHere(u"print('x' * 10**7 + 'the end', end='')\n"_s);
    const QString text = printedHere();
    QVERIFY(text.endsWith(u"the end"_s));
    QVERIFY(text.contains(u"bytes of a line left out]"_s));
    QVERIFY(text.size() > 500'000);
    QVERIFY(text.size() <= OutputView::MOST_BYTES + OutputView::MOST_BYTES / 8);
}

void test_PrintingScripts::printingWithoutEndStaysSmall_data() {
    QTest::addColumn<int>("scripts");
    QTest::addColumn<bool>("inConsole");
    QTest::newRow("one script") << 1 << false;
    QTest::newRow("eight scripts and the console") << 8 << true;
}

void test_PrintingScripts::printingWithoutEndStaysSmall() {
    QFETCH(int, scripts);
    QFETCH(bool, inConsole);
    const qint64 before = residentBytes();
    // Half a gigabyte in all, of which the buffers and views may keep their part.
    const QString text =
        u"for i in range(%1): print('x' * 9999)\n\n"_s.arg(50'000 / (scripts + int(inConsole)));
    for (int i = 0; i < scripts; ++i) {
        if (i > 0)
            m_editor->newScript();
        m_editor->currentTab()->text().setText(text);
        m_editor->run();
    }
    if (inConsole)
        m_console->runText(text);
    const auto tabs = m_editor->tabs();
    QTRY_VERIFY_WITH_TIMEOUT(std::none_of(tabs.begin(), tabs.end(), [](ScriptTab* tab) { return tab->isRunning(); }),
                             2 * LIMIT_MS);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy(), LIMIT_MS);
    const qint64 grown = residentBytes() - before;
    QVERIFY2(grown < 250'000'000, qPrintable(u"%1 MB more than before"_s.arg(grown / 1'000'000)));
    for (ScriptTab* tab : tabs) {
        QVERIFY(tab->output().output().contains(u"left out]"_s));
        tab->text().setModified(false);
    }
}

void test_PrintingScripts::lettersThatAreNoneAreShownAsSuch() {
    run(u"import sys\n"
        "print('a\\0b', '\\x1b[31mred\\x1b[0m', 'half \\ud800')\n"
        "sys.stdout.buffer.write(b'\\xff\\xfe bytes\\n')\n"
        "print('after')\n"_s);
    QCOMPARE(printed(), u"a\uFFFDb red half \\ud800\n\uFFFD\uFFFD bytes\nafter\n"_s);
}

void test_PrintingScripts::aClosedOutputStaysOpen() {
    run(u"import sys\nsys.stdout.close()\nsys.stderr.close()\nprint('still here')\n1 / 0\n"_s);
    QVERIFY(printed().startsWith(u"still here\n"_s));
    QVERIFY(printed().endsWith(u"ZeroDivisionError: division by zero\n"_s));
    run(u"print('and the next one')\n"_s);
    QCOMPARE(printed(), u"and the next one\n"_s);
}

void test_PrintingScripts::aReplacedOutputIsTheScriptsOwnAffair() {
    run(u"import io, sys\n"
        "kept = sys.stdout\n"
        "sys.stdout = io.StringIO()\n"
        "print('caught')\n"
        "kept.write(sys.stdout.getvalue().upper())\n"
        "sys.stdout = None\n"
        "print('nowhere')\n"
        "sys.stdout = 7\n"
        "print('to a number')\n"_s);
    QVERIFY(printed().startsWith(u"CAUGHT\n"_s));
    QVERIFY2(printed().endsWith(u"AttributeError: 'int' object has no attribute 'write'\n"_s), qPrintable(printed()));
    run(u"print('and the next one')\n"_s);
    QCOMPARE(printed(), u"and the next one\n"_s);
}

void test_PrintingScripts::aThreadThatIsLeftBehindPrintsNowhere() {
    run(u"import builtins, threading\n"
        "builtins.left_behind = go, done = threading.Event(), threading.Event()\n"
        "def late():\n"
        "    go.wait()\n"
        "    print('too late')\n"
        "    done.set()\n"
        "threading.Thread(target=late, daemon=True).start()\n"
        "print('the script has ended')\n"_s);
    const QString first = printed();
    m_editor->newScript();
    run(u"import builtins\ngo, done = builtins.left_behind\ngo.set()\ndone.wait()\nprint('next')\n"_s);
    QCOMPARE(first, u"the script has ended\n"_s);
    QCOMPARE(printed(), u"next\n"_s);
    QCOMPARE(m_editor->tabs().first()->output().output(), first);
    for (ScriptTab* tab : m_editor->tabs())
        tab->text().setModified(false);
}

QTEST_MAIN(test_PrintingScripts)
#include "test_PrintingScripts.moc"
