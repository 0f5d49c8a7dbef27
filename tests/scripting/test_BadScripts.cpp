// Whatever a script does to itself, the runtime lives, says what happened, and runs the next script.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/PythonFixture.h"

#include <QDir>
#include <QRegularExpression>
#include <QTemporaryDir>

#include <csignal>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_BadScripts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void saysWhatHappened_data();
    void saysWhatHappened();
    void ofAMillionLinesTheLastOnesStayAndItSaysHowManyWereLeftOut();
    void aScriptThatIsDeletedWhileItRunsStillShowsItsLines();
    void aTraceFunctionStaysWithItsThread();
    void theWorkingFolderIsTheProgramsOwn();

private:
    void theNextScriptRuns() { QCOMPARE(printedBy(*m_fixture, u"print('next')"_s), u"next\n"_s); }

    std::unique_ptr<PythonFixture> m_fixture;
    QTemporaryDir m_folder;
};

// More of the kind: files that cannot be read in test_ScriptRunner, os._exit and crashes in a process of their own in
// test_ScriptProcessEnd, what views show of text without end in ui's test_PrintingScripts.
void test_BadScripts::saysWhatHappened_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("said");
    QTest::addColumn<int>("exitCode");
    const auto row = [](const char* name, const char* text, const QStringList& said, int exitCode) {
        QTest::newRow(name) << QString::fromLatin1(text) << said << exitCode;
    };
    row("syntax error", "print('a'\n", {u"SyntaxError: '(' was never closed"_s}, 1);
    row("closes stdout", "import sys\nsys.stdout.close()\nprint('still here')\n", {u"still here"_s}, 0);
    row("closes file 1 by number", "import sys\nprint(sys.stdout.fileno())\n", {u"1"_s}, 0);
    row("no stdout", "import sys\nsys.stdout = None\nprint('nowhere')\nsys.stderr.write('said\\n')\n", {u"said"_s}, 0);
    row("broken stdout", "import sys\nsys.stdout = 5\nprint('nowhere')\n", {u"AttributeError: 'int' object has no attribute 'write'"_s}, 1);
    row("recursion", "def f(): f()\nf()\n", {u"RecursionError: maximum recursion depth exceeded"_s}, 1);
    row("recursion in C", "a = []\nfor i in range(100000): a = [a]\nrepr(a)\n", {u"RecursionError"_s}, 1);
    row("recursion limit raised", "import sys\nsys.setrecursionlimit(3000)\ndef f(n): return n and f(n - 1)\nprint(f(2500))\n"
                                  "sys.setrecursionlimit(1000)\n", {u"0"_s}, 0);
    row("deep syntax", "eval('(' * 300 + ')' * 300)\n", {u"SyntaxError: too many nested parentheses"_s}, 1);
    row("raises in __del__", "class A:\n    def __del__(self): 1 / 0\nA()\nprint('after')\n",
        {u"Exception ignored in: <function A.__del__"_s, u"ZeroDivisionError"_s, u"after"_s}, 0);
    row("500 threads", "import threading, time\nthreads = [threading.Thread(target=time.sleep, args=(0.01,)) for i in range(500)]\n"
                       "for t in threads: t.start()\nfor t in threads: t.join()\nprint(len(threads))\n", {u"500"_s}, 0);
    row("thread fails", "import threading\ndef work(): 1 / 0\nt = threading.Thread(target=work, name='worker')\nt.start(); t.join()\n",
        {u"Exception in thread worker:"_s, u"ZeroDivisionError: division by zero"_s}, 0);
    row("threading.excepthook", "import threading\nold = threading.excepthook\n"
                                "threading.excepthook = lambda args: print('hook', args.exc_type.__name__)\n"
                                "t = threading.Thread(target=lambda: 1 / 0); t.start(); t.join()\nthreading.excepthook = old\n",
        {u"hook ZeroDivisionError"_s}, 0);
    row("raises KeyboardInterrupt", "raise KeyboardInterrupt\n", {u"Stopped."_s}, 130);
    row("raises a BaseException", "class Own(BaseException): pass\nraise Own('mine')\n", {u"Own: mine"_s}, 1);
    row("raises no exception", "raise 5\n", {u"TypeError: exceptions must derive from BaseException"_s}, 1);
    row("raises GeneratorExit", "raise GeneratorExit\n", {u"GeneratorExit"_s}, 1);
    row("error without text", "class E(Exception):\n    def __str__(self): 1 / 0\nraise E\n", {u"<exception str() failed>"_s}, 1);
    row("warnings", "import warnings\nwarnings.warn('careful')\n", {u"UserWarning: careful"_s}, 0);
    row("logging", "import logging\nlogging.getLogger('mine').warning('careful')\n", {u"careful"_s}, 0);
    row("subprocess", "import subprocess\nprint(subprocess.check_output(['echo', 'child'], text=True))\n", {u"child"_s}, 0);
    row("signal", "import signal\nsignal.signal(signal.SIGTERM, print)\n",
        {u"ValueError: signal only works in main thread of the main interpreter"_s}, 1);
    for (const char* timer : {"REAL", "VIRTUAL", "PROF"})
        row(timer, QByteArray("import signal\nsignal.setitimer(signal.ITIMER_%, 0.01)\n"
                              "while signal.getitimer(signal.ITIMER_%)[0]: pass\nprint('on')\n").replace('%', timer),
            {u"on"_s}, 0);
    row("os._exit in a child", "import multiprocessing, os\nif __name__ == '__main__':\n"
                               "    p = multiprocessing.Process(target=os._exit, args=(7,))\n    p.start(); p.join()\n    print(p.exitcode)\n",
        {u"7"_s}, 0);
    row("fork", "import os, tintype as tt\npid = os.fork()\nif pid == 0:\n    code = 1\n    try:\n        tt.Image.black(8, 8).avg()\n"
                "    except tt.Error as error:\n        code = 42 if 'fork' in str(error) else 2\n    os._exit(code)\n"
                "print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))\n", {u"42"_s}, 0);
    row("no garbage collection", "import gc\ngc.disable()\nfor i in range(1000):\n    a = []; a.append(a)\ngc.enable()\nprint(gc.collect() > 0)\n",
        {u"True"_s}, 0);
    row("clears modules", "import sys\nsaved = dict(sys.modules)\nsys.modules.clear()\nsys.modules.update(saved)\nprint('back')\n", {u"back"_s}, 0);
    row("deletes __main__'s names", "globals().clear()\n", {}, 0);
    row("null byte", "x = 'a\\0b'\nprint(len(x))\n", {u"3"_s}, 0);
    row("memory", "x = bytearray(10**15)\n", {u"MemoryError"_s}, 1);
    row("exit in a thread", "import sys, threading\nt = threading.Thread(target=sys.exit, args=(3,)); t.start(); t.join()\nprint('on')\n", {u"on"_s}, 0);
    row("abandoned coroutine", "async def f(): pass\nf()\n", {u"RuntimeWarning: coroutine 'f' was never awaited"_s}, 0);
}

void test_BadScripts::saysWhatHappened() {
    QFETCH(QString, text);
    QFETCH(QStringList, said);
    QFETCH(int, exitCode);
    const QString path = m_folder.filePath(u"bad.py"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0);
    file.close();
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    ScriptOutput output(runner);
    const JobPtr job = runner.run({u"bad.py"_s, path, {}, {}});
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
    for (const QString& expected : said)
        QVERIFY2(output.of(job).contains(expected), qPrintable(output.of(job).right(2000)));
    QCOMPARE(output.exitCode(job), exitCode);
    // A recursion is shown with its repetition, not a thousand times.
    QVERIFY(output.of(job).size() < 20000);
    theNextScriptRuns();
}

void test_BadScripts::ofAMillionLinesTheLastOnesStayAndItSaysHowManyWereLeftOut() {
    // At once, so that it is more than can be shown, however quick the machine is.
    const QString text = printedBy(*m_fixture, u"print('\\n'.join(map(str, range(1_000_000))))\n"_s);
    QVERIFY2(text.endsWith(u"\n999998\n999999\n"_s), qPrintable(text.right(200)));
    QVERIFY(text.size() < 2'000'000);
    qsizetype lines = text.count(u'\n');
    const QRegularExpression note(u"\\[… (\\d+) lines? .*left out\\]\n"_s);
    QVERIFY2(note.match(text).hasMatch(), qPrintable(text.left(200)));
    for (const QRegularExpressionMatch& each : note.globalMatch(text))
        lines += each.captured(1).toInt() - 1;
    QCOMPARE(lines, 1'000'000);
    theNextScriptRuns();
}

void test_BadScripts::aScriptThatIsDeletedWhileItRunsStillShowsItsLines() {
    const QString path = m_folder.filePath(u"gone.py"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("import os\nos.remove(__file__)\n1 / 0\n") > 0);
    file.close();
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    ScriptOutput output(runner);
    const JobPtr job = runner.run({u"gone.py"_s, path, {}, {}});
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
    QVERIFY2(output.of(job).contains(u"line 3, in <module>\n    1 / 0\n"_s), qPrintable(output.of(job)));
    QVERIFY(output.of(job).endsWith(u"ZeroDivisionError: division by zero\n"_s));
}

void test_BadScripts::aTraceFunctionStaysWithItsThread() {
    QCOMPARE(printedBy(*m_fixture, u"import sys\ncalls = []\nsys.settrace(lambda frame, event, value: calls.append(event))\n"
                                   "def f(): pass\nf()\nprint(calls[:1])\n"_s), u"['call']\n"_s);
    QCOMPARE(printedBy(*m_fixture, u"import sys\nprint(sys.gettrace())"_s), u"None\n"_s);
}

void test_BadScripts::theWorkingFolderIsTheProgramsOwn() {
    const QString before = QDir::currentPath();
    QCOMPARE(printedBy(*m_fixture, u"import os\nos.chdir('/')\nprint(os.getcwd())\n"_s), u"/\n"_s);
    theNextScriptRuns();
    QDir::setCurrent(before);
}

QTEST_GUILESS_MAIN(test_BadScripts)
#include "test_BadScripts.moc"
