// Scripts run side by side, each with its own `__main__`, arguments, output and end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/PythonFixture.h"

#include <QDir>
#include <QTemporaryDir>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ScriptRunner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void hasItsOwnMainAndArguments();
    void twoScriptsAtOnceKeepApart();
    void redirectingInOneScriptLeavesTheOthersAlone();
    void findsModulesBesideTheScript();
    void readsModulesBesideTheScriptAnew();
    void endsWithTheExitCode_data();
    void endsWithTheExitCode();
    void showsATracebackWithItsSource();
    void saysWhatIsWrongWithTheFile_data();
    void saysWhatIsWrongWithTheFile();
    void isListedAsAJobAndStops();
    void aScriptStoppedBeforeItsTurnDoesNotRun();
    void stopReachesTheThreadsOfAScript();
    void waitsForItsThreads();
    void textLeftBehindPrintsNowhere();
    void startsProcessesThatImportTheScript();
    void aStopMetByTheTokenIsNotRaisedAgain();
    void endingTheRunnerStopsTheScripts();

private:
    QString save(const QString& name, const QByteArray& text) const;
    JobPtr run(const QString& path, const QString& text, const QStringList& arguments = {}) {
        return m_scripts->run(text, u"test"_s, path, arguments);
    }
    /// Runs to the end; what was printed.
    QString runToEnd(const QString& path, const QString& text, const QStringList& arguments = {}) {
        const int before = m_scripts->output.endedCount();
        m_job = run(path, text, arguments);
        if (!QTest::qWaitFor([&] { return m_scripts->output.endedCount() > before; }, LIMIT_MS))
            qWarning("the script did not end");
        return m_scripts->output.of(m_job);
    }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<Scripts> m_scripts;
    QTemporaryDir m_folder;
    JobPtr m_job;
};

void test_ScriptRunner::init() {
    m_scripts = std::make_unique<Scripts>(*m_fixture);
}

void test_ScriptRunner::cleanup() {
    m_scripts.reset();
}

QString test_ScriptRunner::save(const QString& name, const QByteArray& text) const {
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("the test could not write its script");
    return file.fileName();
}

void test_ScriptRunner::hasItsOwnMainAndArguments() {
    const QString path = save(u"own.py"_s, "import sys, __main__\nprint(__name__, __file__, sys.argv)\nx = 5\n"
                                           "print(__main__.x, sys.modules['__main__'].__dict__ is globals())\n");
    QCOMPARE(runToEnd(path, {}, {u"a b"_s, u"2"_s}), u"__main__ %1 ['%1', 'a b', '2']\n5 True\n"_s.arg(path));
    QCOMPARE(m_scripts->output.exitCode(m_job), 0);
    QCOMPARE(int(m_job->info().state), int(JobState::Finished));
}

void test_ScriptRunner::twoScriptsAtOnceKeepApart() {
    const QString text = u"import sys, threading, time, __main__\nwho = sys.argv[1]\n"
                         "def check():\n"
                         "    for i in range(200):\n"
                         "        time.sleep(0.0005)\n"
                         "        assert __main__.who == who and sys.argv[1] == who, (who, __main__.who, sys.argv)\n"
                         "    print(who)\n"
                         "t = threading.Thread(target=check)\nt.start()\ncheck()\nt.join()\n"_s;
    const JobPtr one = run({}, text, {u"one"_s});
    const JobPtr two = run({}, text, {u"two"_s});
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 2, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(one), u"one\none\n"_s);
    QCOMPARE(m_scripts->output.of(two), u"two\ntwo\n"_s);
}

void test_ScriptRunner::redirectingInOneScriptLeavesTheOthersAlone() {
    const JobPtr holder = run({}, u"import contextlib, io, time\n"
                                  "with contextlib.redirect_stdout(io.StringIO()):\n    time.sleep(600)\n"_s);
    QTRY_VERIFY_WITH_TIMEOUT(holder->info().state == JobState::Running, LIMIT_MS);
    QCOMPARE(runToEnd({}, u"print('heard')"_s), u"heard\n"_s);
    holder->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 2, LIMIT_MS);
    QCOMPARE(runToEnd({}, u"print('heard')"_s), u"heard\n"_s);
}

void test_ScriptRunner::findsModulesBesideTheScript() {
    save(u"tt_test_helper.py"_s, "WORD = 'beside'\n");
    QCOMPARE(runToEnd(save(u"uses.py"_s, "import tt_test_helper\nprint(tt_test_helper.WORD)\n"), {}), u"beside\n"_s);
    QCOMPARE(runToEnd({}, u"import sys\nprint(%1 in sys.path)"_s.arg(u"'%1'"_s.arg(m_folder.path()))), u"False\n"_s);
}

void test_ScriptRunner::readsModulesBesideTheScriptAnew() {
    const QString script = save(u"edits.py"_s, "import tt_test_edited, numpy\nprint(tt_test_edited.WORD)\n");
    save(u"tt_test_edited.py"_s, "WORD = 'one'\n");
    QCOMPARE(runToEnd(script, {}), u"one\n"_s);
    save(u"tt_test_edited.py"_s, "WORD = 'another'\n");
    QCOMPARE(runToEnd(script, {}), u"another\n"_s);
    QTemporaryDir other;
    QFile helper(other.filePath(u"tt_test_edited.py"_s));
    QVERIFY(helper.open(QIODevice::WriteOnly) && helper.write("WORD = 'elsewhere'\n") > 0);
    helper.close();
    QVERIFY(QFile::copy(script, other.filePath(u"edits.py"_s)));
    QCOMPARE(runToEnd(other.filePath(u"edits.py"_s), {}), u"elsewhere\n"_s);
}

void test_ScriptRunner::endsWithTheExitCode_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("printed");
    QTest::newRow("end") << u"pass"_s << 0 << QString();
    QTest::newRow("empty") << QString() << 0 << QString();
    QTest::newRow("exit") << u"import sys; sys.exit()"_s << 0 << QString();
    QTest::newRow("number") << u"raise SystemExit(3)"_s << 3 << QString();
    QTest::newRow("large number") << u"raise SystemExit(257)"_s << 1 << QString();
    QTest::newRow("text") << u"import sys; sys.exit('no file')"_s << 1 << u"no file\n"_s;
}

void test_ScriptRunner::endsWithTheExitCode() {
    QFETCH(QString, text);
    QFETCH(int, code);
    QFETCH(QString, printed);
    QCOMPARE(runToEnd({}, text), printed);
    QCOMPARE(m_scripts->output.exitCode(m_job), code);
    QCOMPARE(int(m_job->info().state), int(code == 0 ? JobState::Finished : JobState::Failed));
}

void test_ScriptRunner::showsATracebackWithItsSource() {
    const QString text = runToEnd({}, u"def f():\n    return 1 / 0  # here\n\nf()\n"_s);
    QVERIFY2(text.startsWith(u"Traceback (most recent call last):\n  File \"<test>\", line 4, in <module>\n"), qPrintable(text));
    QVERIFY2(text.contains(u"    return 1 / 0  # here\n"), qPrintable(text));
    QVERIFY2(text.endsWith(u"ZeroDivisionError: division by zero\n"), qPrintable(text));
    QCOMPARE(m_scripts->output.exitCode(m_job), 1);
    QCOMPARE(m_job->info().error, std::string("ZeroDivisionError: division by zero"));
}

void test_ScriptRunner::saysWhatIsWrongWithTheFile_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("expected");
    QTest::newRow("missing") << QByteArray() << u"could not be read: No such file or directory."_s;
    QTest::newRow("not UTF-8") << QByteArray("a = 1\nb = '\xe9'\n") << u"is not UTF-8: byte 0xe9 in line 2. Save it as UTF-8, or name its encoding in the first line, for example: # -*- coding: latin-1 -*-"_s;
    QTest::newRow("null byte") << QByteArray("a = 1\0", 6) << u"null bytes"_s;
    QTest::newRow("syntax") << QByteArray("a = (1,\nb = 2 3\n") << u"SyntaxError"_s;
    QTest::newRow("indentation") << QByteArray("if 1:\nprint()\n") << u"IndentationError: expected an indented block"_s;
}

void test_ScriptRunner::saysWhatIsWrongWithTheFile() {
    QFETCH(QByteArray, content);
    QFETCH(QString, expected);
    const QString path = content.isEmpty() ? m_folder.filePath(u"nothing.py"_s) : save(u"bad.py"_s, content);
    const QString text = runToEnd(path, {});
    QVERIFY2(text.contains(expected) && text.contains(path), qPrintable(text));
    QVERIFY2(!text.contains(u"Traceback"), qPrintable(text));
    QCOMPARE(m_scripts->output.exitCode(m_job), 1);
    QCOMPARE(int(m_job->info().state), int(JobState::Failed));
    QCOMPARE(QString::fromStdString(m_job->info().error).count(u'\n'), 0);
}

void test_ScriptRunner::isListedAsAJobAndStops() {
    const JobPtr job = run({}, u"print('in')\nwhile True: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    const auto jobs = m_fixture->workbench.jobs.running();
    QVERIFY(std::find(jobs.begin(), jobs.end(), job) != jobs.end());
    QCOMPARE(job->info().title, std::string("test"));
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(job), u"in\nStopped.\n"_s);
    QCOMPARE(m_scripts->output.exitCode(job), 130);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
}

void test_ScriptRunner::aScriptStoppedBeforeItsTurnDoesNotRun() {
    {
        const PythonHeld held(*m_fixture);
        m_job = run({}, u"print('ran')"_s);
        m_job->cancel();
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(m_job), u"Stopped.\n"_s);
    QCOMPARE(m_scripts->output.exitCode(m_job), 130);
    QCOMPARE(int(m_job->info().state), int(JobState::Cancelled));
}

void test_ScriptRunner::stopReachesTheThreadsOfAScript() {
    const JobPtr job = run({}, u"import threading\ndef work():\n    while True: pass\n"
                               "for i in range(3): threading.Thread(target=work).start()\nprint('in')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(job), u"in\nStopped.\n"_s);
    QCOMPARE(runToEnd({}, u"import threading\nprint(sum('work' in t.name for t in threading.enumerate()))"_s), u"0\n"_s);
}

void test_ScriptRunner::waitsForItsThreads() {
    QCOMPARE(runToEnd({}, u"import threading, time\n"
                          "threading.Thread(target=lambda: (time.sleep(0.2), print('thread'))).start()\nprint('main')\n"_s),
             u"main\nthread\n"_s);
}

void test_ScriptRunner::textLeftBehindPrintsNowhere() {
    const QString text = runToEnd({}, u"import threading, time\n"
                                      "def work():\n    while True: print('again'); time.sleep(0.01)\n"
                                      "threading.Thread(target=work, daemon=True).start()\ntime.sleep(0.05)\n"_s);
    QVERIFY(text.startsWith(u"again\n"));
    QCOMPARE(runToEnd({}, u"print('next')"_s), u"next\n"_s);
}

void test_ScriptRunner::startsProcessesThatImportTheScript() {
    const QString path = save(u"pool.py"_s, "import multiprocessing\n"
                                            "def double(x): return 2 * x\n"
                                            "if __name__ == '__main__':\n"
                                            "    print(multiprocessing.get_start_method())\n"
                                            "    with multiprocessing.Pool(2) as pool:\n"
                                            "        print(pool.map(double, [1, 2, 3]))\n");
    QCOMPARE(runToEnd(path, {}), u"spawn\n[2, 4, 6]\n"_s);
}

void test_ScriptRunner::aStopMetByTheTokenIsNotRaisedAgain() {
    const JobPtr job = run({}, u"import tintype as tt\nprint('in')\ntry:\n    tt.sleep(600)\nfinally:\n"
                               "    for i in range(100000): pass\n    print('cleaned up')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(m_scripts->output.of(job), u"in\ncleaned up\nStopped.\n"_s);
}

void test_ScriptRunner::endingTheRunnerStopsTheScripts() {
    const JobPtr one = run({}, u"while True: pass"_s);
    const JobPtr two = run({}, u"import time\ntime.sleep(600)"_s);
    m_scripts.reset();
    QCOMPARE(int(one->info().state), int(JobState::Cancelled));
    QCOMPARE(int(two->info().state), int(JobState::Cancelled));
}

QTEST_GUILESS_MAIN(test_ScriptRunner)
#include "test_ScriptRunner.moc"
