// The console behaves as CPython's own: it keeps names, waits for more lines, shows errors, and can be stopped.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ConsoleSession.h"
#include "tests/scripting/PythonFixture.h"

#include <QFile>
#include <QTemporaryDir>
#include <QThread>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ConsoleSession : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void keepsNamesBetweenLines();
    void showsTheValueOfAnExpression();
    void underscoreIsTheLastValue();
    void asksForMoreLines_data();
    void asksForMoreLines();
    void runsAPastedBlock();
    void runsSeveralStatementsAtOnce();
    void showsTheSourceLineOfAnError();
    void showsOnlyTheFramesOfTheUser();
    void pointsAtASyntaxError();
    void survivesACompilerThatLeaves();
    void explainsExit_data();
    void explainsExit();
    void helpAsksInTheWindow();
    void aDebuggerAsksInTheWindowAndStaysOutOfTheRuntime();
    void theLicenseIsPrintedAtOnce();
    void hooksBelongToTheConsole();
    void promptsThatCannotBeShownAreNone_data();
    void promptsThatCannotBeShownAreNone();
    void ofALongPromptTheEndIsTold();
    void stopEndsAPromptThatTakesLong();
    void stopsALoop();
    void stopsWaits_data();
    void stopsWaits();
    void stopsALineBeforeItHasStarted();
    void aLineStoppedBeforeItsTurnDoesNotRun();
    void aLateStopDoesNotReachTheNextLine();
    void aSecondStopReachesCodeThatSwallowedTheFirst();
    void stopMeansTheLineThatRunsNotTheOneThatHasJustEnded();
    void tracedCodeRunsAfterALateStop();
    void listsALongLineAsAJob();
    void runsWaitingLinesInTheirOrder();
    void outputComesInTheOrderInWhichItWasPrinted();
    void threadsPrintWhereTheyWereStarted();
    void inputAsksInTheWindow();
    void stopEndsAQuestion();
    void redirectedOutputComesBack();
    void aThreadKnowsItself();
    void functionsOfTheConsoleCanBePickled();
    void millionsOfLinesStayBounded();

private:
    QString run(const QString& source);
    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<ConsoleSession> m_console;
    std::unique_ptr<QSignalSpy> m_finished;
    std::unique_ptr<QSignalSpy> m_incomplete;
    std::unique_ptr<QSignalSpy> m_started;
    QString m_text;
    QString m_errors;
};

void test_ConsoleSession::init() {
    m_console = std::make_unique<ConsoleSession>(m_fixture->interpreter, m_fixture->workbench);
    m_finished = std::make_unique<QSignalSpy>(m_console.get(), &ConsoleSession::finished);
    m_incomplete = std::make_unique<QSignalSpy>(m_console.get(), &ConsoleSession::incomplete);
    m_started = std::make_unique<QSignalSpy>(m_console.get(), &ConsoleSession::started);
    m_text.clear();
    m_errors.clear();
    connect(m_console.get(), &ConsoleSession::output, this,
            [this](const QString& text, bool isError) { (isError ? m_errors : m_text) += text; });
    run(u"import time, threading"_s);
    m_text.clear();
    m_errors.clear();
}

void test_ConsoleSession::cleanup() {
    m_console.reset();
}

/// What the line printed; its errors stay in m_errors.
QString test_ConsoleSession::run(const QString& source) {
    const QString before = m_text;
    const auto count = m_finished->count();
    m_console->submit(source);
    if (!QTest::qWaitFor([&] { return m_finished->count() > count; }, LIMIT_MS))
        qWarning("the line did not end");
    return m_text.mid(before.size());
}

void test_ConsoleSession::keepsNamesBetweenLines() {
    run(u"a = 20"_s);
    QCOMPARE(run(u"print(a + 1)"_s), u"21\n"_s);
    QVERIFY(m_finished->last()[0].toBool());
}

void test_ConsoleSession::showsTheValueOfAnExpression() {
    QCOMPARE(run(u"'x' * 3"_s), u"'xxx'\n"_s);
    QCOMPARE(run(u"None"_s), QString());
}

void test_ConsoleSession::underscoreIsTheLastValue() {
    run(u"6 * 7"_s);
    QCOMPARE(run(u"_ + 1"_s), u"43\n"_s);
    run(u"_ = 'mine'"_s);
    run(u"5"_s);
    QCOMPARE(run(u"_"_s), u"'mine'\n"_s);
}

void test_ConsoleSession::asksForMoreLines_data() {
    QTest::addColumn<QString>("source");
    QTest::newRow("block") << u"for i in range(2):"_s;
    QTest::newRow("block with a body") << u"for i in range(2):\n    print(i)"_s;
    QTest::newRow("bracket") << u"print(1,"_s;
    QTest::newRow("text") << u"'''one"_s;
    QTest::newRow("backslash") << u"1 + \\"_s;
    QTest::newRow("decorator") << u"@staticmethod"_s;
    QTest::newRow("statement before a block") << u"a = 1\nfor i in range(2):\n    print(i)"_s;
}

void test_ConsoleSession::asksForMoreLines() {
    QFETCH(QString, source);
    const auto started = m_started->count();
    m_console->submit(source);
    QTRY_COMPARE_WITH_TIMEOUT(m_incomplete->count(), 1, LIMIT_MS);
    QCOMPARE(m_incomplete->first()[0].toString(), source);
    QCOMPARE(m_started->count(), started);
    QVERIFY(!m_console->isBusy());
    QCOMPARE(m_text + m_errors, QString());
}

void test_ConsoleSession::runsAPastedBlock() {
    QCOMPARE(run(u"for i in range(2):\n    print(i)\n"_s), u"0\n1\n"_s);
    QCOMPARE(run(u"@str\ndef f(): pass\n\n"_s), QString());
    QVERIFY(run(u"f"_s).contains(u"<function f"));
}

void test_ConsoleSession::runsSeveralStatementsAtOnce() {
    QCOMPARE(run(u"a = 3\na\nfor i in range(2):\n    i\n\na + 1\n"_s), u"3\n0\n1\n4\n"_s);
    QCOMPARE(run(u"# nothing but a remark"_s), QString());
    QCOMPARE(m_errors, QString());
}

void test_ConsoleSession::showsTheSourceLineOfAnError() {
    run(u"def f(x):\n    return 1 / x\n"_s);
    run(u"f(0)"_s);
    QVERIFY2(m_errors.contains(u"    return 1 / x"), qPrintable(m_errors));
    QVERIFY2(m_errors.contains(u"ZeroDivisionError: division by zero"), qPrintable(m_errors));
    QVERIFY(!m_finished->last()[0].toBool());
}

void test_ConsoleSession::showsOnlyTheFramesOfTheUser() {
    run(u"{}['a']"_s);
    QVERIFY2(!m_errors.contains(u"_runtime"), qPrintable(m_errors));
    QCOMPARE(m_errors.count(u"File \""), 1);
    m_errors.clear();
    run(u"class Bad:\n    def __repr__(self): raise ValueError('no repr')\n"_s);
    run(u"Bad()"_s);
    QVERIFY2(m_errors.contains(u"no repr") && !m_errors.contains(u"_runtime"), qPrintable(m_errors));
}

void test_ConsoleSession::pointsAtASyntaxError() {
    run(u"a = = 3"_s);
    QVERIFY2(m_errors.contains(u"    a = = 3\n        ^\nSyntaxError: invalid syntax"), qPrintable(m_errors));
    QVERIFY2(!m_errors.contains(u"Traceback"), qPrintable(m_errors));
    QVERIFY(!m_finished->last()[0].toBool());
}

void test_ConsoleSession::survivesACompilerThatLeaves() {
    run(u"import codeop\nkept = codeop.CommandCompiler.__call__\ndef leave(*a, **k):\n"
        "    codeop.CommandCompiler.__call__ = kept\n    raise SystemExit('gone')\n\n"
        "codeop.CommandCompiler.__call__ = leave\n"_s);
    QCOMPARE(m_errors, QString());
    const auto started = m_started->count();
    run(u"1"_s);
    QCOMPARE(m_started->count(), started + 1);
    QVERIFY(!m_finished->last()[0].toBool());
    QVERIFY2(m_errors.startsWith(u"SystemExit: gone\n"), qPrintable(m_errors));
    QCOMPARE(run(u"1 + 1"_s), u"2\n"_s);
}

void test_ConsoleSession::explainsExit_data() {
    QTest::addColumn<QString>("source");
    for (const char* source : {"exit()", "quit()", "raise SystemExit", "import sys; sys.exit(3)", "import sys; sys.exit('why')"})
        QTest::newRow(source) << QString::fromUtf8(source);
}

void test_ConsoleSession::explainsExit() {
    QFETCH(QString, source);
    run(source);
    QVERIFY2(m_errors.endsWith(u"close the window to quit.\n"), qPrintable(m_errors));
    QCOMPARE(m_errors.startsWith(u"why\n"), source.contains(u"why"));
    QCOMPARE(run(u"print('still here')"_s), u"still here\n"_s);
}

void test_ConsoleSession::helpAsksInTheWindow() {
    m_fixture->window.answerWith("quit");
    const QString text = run(u"help()"_s);
    QVERIFY2(text.contains(u"You are now leaving help"), qPrintable(text));
    QCOMPARE(m_fixture->window.question(), std::string("help> "));
    m_fixture->window.answerWith(std::nullopt);
    run(u"help()"_s);
    QVERIFY(m_finished->last()[0].toBool());
}

void test_ConsoleSession::aDebuggerAsksInTheWindowAndStaysOutOfTheRuntime() {
    run(u"def f(x):\n    y = x + 1\n    return y\n"_s);
    m_fixture->window.answerWith("n");
    const QString text = run(u"breakpoint(); z = f(3)"_s);
    QCOMPARE(m_fixture->window.question(), std::string("(Pdb) "));
    QVERIFY2(text.contains(u"<module>()->None"), qPrintable(text));
    QVERIFY2(!text.contains(u"_runtime"), qPrintable(text));
    QVERIFY(m_finished->last()[0].toBool());
    QCOMPARE(run(u"z, __import__('sys').gettrace()"_s), u"(4, None)\n"_s);
    m_fixture->window.answerWith(std::nullopt);
    run(u"breakpoint()"_s);
    QVERIFY2(m_errors.endsWith(u"bdb.BdbQuit\n"), qPrintable(m_errors));
}

void test_ConsoleSession::theLicenseIsPrintedAtOnce() {
    m_fixture->window.waitForStop(true);
    QVERIFY(run(u"license()"_s).contains(u"PYTHON SOFTWARE FOUNDATION"));
    QVERIFY(run(u"copyright"_s).contains(u"All Rights Reserved."));
    m_fixture->window.waitForStop(false);
}

void test_ConsoleSession::hooksBelongToTheConsole() {
    run(u"import sys\nsys.excepthook = lambda kind, error, trace: print('hook', error)"_s);
    QCOMPARE(run(u"1 / 0"_s), u"hook division by zero\n"_s);
    const QString seen = printedBy(*m_fixture, u"import sys\nprint(sys.excepthook is sys.__excepthook__, hasattr(sys, 'ps1'))"_s);
    QCOMPARE(seen, u"True False\n"_s);
    QCOMPARE(run(u"sys.ps1 = ''; sys.ps1"_s), u"''\n"_s);
    QCOMPARE(run(u"del sys.ps1; hasattr(sys, 'ps1')"_s), u"False\n"_s);
    run(u"sys.ps1 = '>>> '"_s);
    run(u"del sys.excepthook"_s);
    run(u"1 / 0"_s);
    QVERIFY2(m_errors.endsWith(u"ZeroDivisionError: division by zero\n"), qPrintable(m_errors));
}

void test_ConsoleSession::promptsThatCannotBeShownAreNone_data() {
    QTest::addColumn<QString>("body");
    QTest::newRow("raises") << u"1 / 0"_s;
    QTest::newRow("leaves") << u"raise SystemExit(3)"_s;
    QTest::newRow("interrupts") << u"raise KeyboardInterrupt"_s;
    QTest::newRow("recurses") << u"return str(self)"_s;
    QTest::newRow("is no text") << u"return 7"_s;
}

void test_ConsoleSession::promptsThatCannotBeShownAreNone() {
    QFETCH(const QString, body);
    QSignalSpy prompts(m_console.get(), &ConsoleSession::promptsChanged);
    run(u"import sys\nclass Prompt:\n    def __str__(self):\n        %1\nsys.ps1 = Prompt()\n"_s.arg(body));
    QCOMPARE(prompts.count(), 1);
    QCOMPARE(prompts[0], (QVariantList{QString(), u"... "_s}));
    QCOMPARE(m_errors, QString());
    QCOMPARE(run(u"6 * 7"_s), u"42\n"_s);
    QCOMPARE(prompts.count(), 1);
}

void test_ConsoleSession::ofALongPromptTheEndIsTold() {
    QSignalSpy prompts(m_console.get(), &ConsoleSession::promptsChanged);
    run(u"import sys\nclass Text(str):\n    def __getitem__(self, key): return 5\n"
        "sys.ps1 = 'x' * 1_000_000 + 'end> '\nsys.ps2 = Text('\\udce9more> ')\n"_s);
    QCOMPARE(prompts.count(), 1);
    QCOMPARE(prompts[0][0].toString().size(), 1000);
    QVERIFY(prompts[0][0].toString().endsWith(u"xend> "_s));
    QCOMPARE(prompts[0][1].toString(), u"\\udce9more> "_s);
}

void test_ConsoleSession::stopEndsAPromptThatTakesLong() {
    const auto finished = m_finished->count();
    m_console->submit(u"import sys\nclass Prompt:\n    def __str__(self):\n        print('asked')\n        while True: pass\n"
                      "sys.ps1 = Prompt()\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_text, u"asked\n"_s, LIMIT_MS);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
    QCOMPARE(m_errors, u"Stopped.\n"_s);
    run(u"del sys.ps1"_s);
    QCOMPARE(run(u"6 * 7"_s), u"42\n"_s);
}

void test_ConsoleSession::stopsALoop() {
    const auto finished = m_finished->count();
    m_console->submit(u"print('in'); exec('while True: pass')"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_text, u"in\n"_s, LIMIT_MS);
    QVERIFY(m_console->isBusy());
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
    QVERIFY2(m_errors.endsWith(u"Stopped.\n"), qPrintable(m_errors));
    QVERIFY(!m_finished->last()[0].toBool());
    QCOMPARE(run(u"1 + 1"_s), u"2\n"_s);
}

void test_ConsoleSession::stopsWaits_data() {
    QTest::addColumn<QString>("wait");
    QTest::newRow("sleep") << u"time.sleep(600)"_s;
    QTest::newRow("event") << u"threading.Event().wait()"_s;
    QTest::newRow("event with a limit") << u"threading.Event().wait(600)"_s;
    QTest::newRow("queue") << u"__import__('queue').Queue().get()"_s;
    QTest::newRow("condition") << u"c = threading.Condition(); _ = c.acquire(); c.wait()"_s;
    QTest::newRow("join") << u"t = threading.Thread(target=time.sleep, args=(600,)); t.start(); t.join()"_s;
    QTest::newRow("future")
        << u"__import__('concurrent.futures').futures.ThreadPoolExecutor().submit(time.sleep, 600).result()"_s;
}

void test_ConsoleSession::stopsWaits() {
    QFETCH(QString, wait);
    const auto finished = m_finished->count();
    m_console->submit(u"print('in'); "_s + wait);
    QTRY_COMPARE_WITH_TIMEOUT(m_text, u"in\n"_s, LIMIT_MS);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
    QVERIFY2(m_errors.endsWith(u"Stopped.\n"), qPrintable(m_errors));
}

void test_ConsoleSession::stopsALineBeforeItHasStarted() {
    const auto finished = m_finished->count();
    m_console->submit(u"while True: pass\n"_s);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
    QVERIFY(m_errors.endsWith(u"Stopped.\n"));
}

void test_ConsoleSession::aLineStoppedBeforeItsTurnDoesNotRun() {
    const auto finished = m_finished->count();
    {
        const PythonHeld held(*m_fixture);
        m_console->submit(u"print('ran')"_s);
        m_console->stop();
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
    QVERIFY(!m_finished->last()[0].toBool());
    QCOMPARE(m_text, QString());
    QCOMPARE(m_errors, u"Stopped.\n"_s);
}

void test_ConsoleSession::aLateStopDoesNotReachTheNextLine() {
    for (int i = 0; i < 40; ++i) {
        const auto finished = m_finished->count();
        m_console->submit(u"pass"_s);
        m_console->stop();
        m_console->submit(u"r = sum(range(1000))"_s);
        QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 2, LIMIT_MS);
        QVERIFY2(m_finished->last()[0].toBool(), qPrintable(m_errors));
    }
}

void test_ConsoleSession::aSecondStopReachesCodeThatSwallowedTheFirst() {
    const auto finished = m_finished->count();
    m_console->submit(u"try:\n    print('in')\n    while True: pass\nexcept BaseException:\n    print('swallowed')\n"
                      "    while True: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_text, u"in\n"_s, LIMIT_MS);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_text, u"in\nswallowed\n"_s, LIMIT_MS);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
}

void test_ConsoleSession::stopMeansTheLineThatRunsNotTheOneThatHasJustEnded() {
    const QTemporaryDir folder;
    const QString mark = folder.filePath(u"runs"_s);
    const auto finished = m_finished->count();
    m_console->submit(u"pass"_s);
    m_console->submit(u"open(r'%1', 'w').close(); time.sleep(600)"_s.arg(mark));
    // Without the event loop, so that nobody here has heard that the first line is over.
    while (!QFile::exists(mark))
        QThread::yieldCurrentThread();
    QCOMPARE(m_finished->count(), finished);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 2, LIMIT_MS);
    QVERIFY2(m_errors.endsWith(u"Stopped.\n"), qPrintable(m_errors));
}

void test_ConsoleSession::tracedCodeRunsAfterALateStop() {
    const auto finished = m_finished->count();
    m_console->submit(u"while True: pass\n"_s);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
    run(u"import sys\nlines = []\ndef trace(frame, event, arg):\n    lines.append(event)\n    return trace\n"_s);
    run(u"def f(): return 3\n"_s);
    run(u"x = sys.settrace(trace); y = f(); x = sys.settrace(None)"_s);
    QCOMPARE(run(u"lines"_s), u"['call', 'line', 'return']\n"_s);
}

void test_ConsoleSession::listsALongLineAsAJob() {
    const auto finished = m_finished->count();
    run(u"pass"_s);
    QVERIFY(m_fixture->workbench.jobs.running().empty());
    m_console->submit(u"time.sleep(600)"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->workbench.jobs.running().size(), 1u, LIMIT_MS);
    const JobPtr job = m_fixture->workbench.jobs.running().front();
    QCOMPARE(QString::fromStdString(job->info().title), u"Console: time.sleep(600)"_s);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 2, LIMIT_MS);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
}

void test_ConsoleSession::runsWaitingLinesInTheirOrder() {
    const auto finished = m_finished->count();
    for (int i = 0; i < 50; ++i)
        m_console->submit(u"print(%1)"_s.arg(i));
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 50, LIMIT_MS);
    QString expected;
    for (int i = 0; i < 50; ++i)
        expected += QString::number(i) + u'\n';
    QCOMPARE(m_text, expected);
}

void test_ConsoleSession::outputComesInTheOrderInWhichItWasPrinted() {
    QString all;
    connect(m_console.get(), &ConsoleSession::output, this, [&all](const QString& text, bool) { all += text; });
    run(u"import sys\nfor i in range(100):\n    print(i, file=sys.stderr if i % 2 else sys.stdout)\n"_s);
    QString expected;
    for (int i = 0; i < 100; ++i)
        expected += QString::number(i) + u'\n';
    QCOMPARE(all, expected);
    QCOMPARE(run(u"_ = sys.stdout.buffer.write('µm\\n'.encode())"_s), u"µm\n"_s);
}

void test_ConsoleSession::threadsPrintWhereTheyWereStarted() {
    QCOMPARE(run(u"t = threading.Thread(target=print, args=('from a thread',)); t.start(); t.join()"_s), u"from a thread\n"_s);
    run(u"go = threading.Event()"_s);
    run(u"t = threading.Thread(target=lambda: (go.wait(), print('later'))); t.start()"_s);
    run(u"go.set(); t.join()"_s);
    QCOMPARE(m_text, u"from a thread\nlater\n"_s);
}

void test_ConsoleSession::inputAsksInTheWindow() {
    m_fixture->window.answerWith("scan 7");
    QCOMPARE(run(u"name = input('Name? ')"_s), u"Name? scan 7\n"_s);
    QCOMPARE(m_fixture->window.question(), std::string("Name? "));
    QCOMPARE(run(u"name"_s), u"'scan 7'\n"_s);
    QCOMPARE(run(u"import sys; sys.stdin.readline()"_s), u"'scan 7\\n'\n"_s);
    m_fixture->window.answerWith(std::nullopt);
    run(u"input('Name? ')"_s);
    QVERIFY2(m_errors.contains(u"EOFError: the question was dismissed"), qPrintable(m_errors));
}

void test_ConsoleSession::stopEndsAQuestion() {
    m_fixture->window.waitForStop(true);
    const auto finished = m_finished->count();
    m_console->submit(u"print('in'); input('Name? ')"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_text, u"in\n"_s, LIMIT_MS);
    m_console->stop();
    QTRY_COMPARE_WITH_TIMEOUT(m_finished->count(), finished + 1, LIMIT_MS);
    m_fixture->window.waitForStop(false);
    QVERIFY2(m_errors.endsWith(u"Stopped.\n"), qPrintable(m_errors));
}

void test_ConsoleSession::redirectedOutputComesBack() {
    run(u"import io, contextlib\nb = io.StringIO()\nwith contextlib.redirect_stdout(b):\n    print('caught')\n\n"_s);
    QCOMPARE(m_text, QString());
    QCOMPARE(run(u"print(b.getvalue())"_s), u"caught\n\n"_s);
    run(u"import sys\nclass Tee:\n    def __init__(self): self.out = sys.stdout\n"
        "    def write(self, t): return self.out.write(t.upper())\n    def flush(self): pass\n\nsys.stdout = Tee()\n"_s);
    QCOMPARE(run(u"print('tee')"_s), u"TEE\n"_s);
    run(u"sys.stdout = sys.stdout.out"_s);
    QCOMPARE(run(u"print('plain')"_s), u"plain\n"_s);
}

void test_ConsoleSession::aThreadKnowsItself() {
    QCOMPARE(run(u"threading.current_thread().name"_s), u"'Tintype console'\n"_s);
    QCOMPARE(run(u"t = threading.current_thread(); t in threading.enumerate(), t.is_alive(), t.daemon"_s),
             u"(True, True, False)\n"_s);
    QCOMPARE(run(u"threading.Thread(target=print).daemon"_s), u"False\n"_s);
}

void test_ConsoleSession::functionsOfTheConsoleCanBePickled() {
    run(u"def f(x): return x + 1\n\n"_s);
    QCOMPARE(run(u"import pickle; pickle.loads(pickle.dumps(f))(1)"_s), u"2\n"_s);
    QCOMPARE(run(u"import __main__; __main__.f is f"_s), u"True\n"_s);
}

void test_ConsoleSession::millionsOfLinesStayBounded() {
    QVERIFY(run(u"for i in range(1_000_000): print(i)\n"_s).endsWith(u"\n999999\n"));
    const QString text = run(u"print('\\n'.join(map(str, range(1_000_000))))"_s);
    QVERIFY(text.endsWith(u"\n999999\n"));
    QVERIFY(text.size() <= 1 << 20);
    QVERIFY2(m_errors.endsWith(u" lines left out]\n"), qPrintable(m_errors));
}

QTEST_GUILESS_MAIN(test_ConsoleSession)
#include "test_ConsoleSession.moc"
