// A script in its own process behaves as in the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/ScriptProcessFixture.h"

#include <QFile>
#include <QTemporaryDir>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ScriptProcess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<ScriptProcessFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() { m_fixture->begin(); }

    void hasItsOwnMainAndArguments();
    void endsWithTheExitCode_data();
    void endsWithTheExitCode();
    void showsATracebackWithItsSource();
    void asksAndTellsInTheWindow();
    void reportsProgressToItsJob();
    void printsArriveInTheirOrder();
    void runsWhilePythonStandsStill();
    void aStreamThatDoesNotBlockLosesNothing();
    void functionsTravelToWorkers();
    void workersEndWhenItIsStopped();
    void aSignalOfItsOwnIsNoStop();
    void aKeyboardInterruptOfItsOwnKeepsWhatWasDone();

private:
    std::unique_ptr<ScriptProcessFixture> m_fixture;
    QTemporaryDir m_folder;
};

void test_ScriptProcess::hasItsOwnMainAndArguments() {
    QFile file(m_folder.filePath(u"own.py"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("import sys, os, __main__\nprint(__name__, __file__, sys.argv, os.getpid() != os.getppid())\nx = 5\n"
               "print(__main__.x, sys.path[0] == os.path.dirname(__file__), os.getppid() == int(sys.argv[1]))\n");
    file.close();
    const QString pid = QString::number(QCoreApplication::applicationPid());
    QCOMPARE(m_fixture->run({}, file.fileName(), {pid, u"a b"_s}),
             u"__main__ %1 ['%1', '%2', 'a b'] True\n5 True True\n"_s.arg(file.fileName(), pid));
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 0);
    QCOMPARE(int(m_fixture->job->info().state), int(JobState::Finished));
    QCOMPARE(m_fixture->job->info().title, std::string("test (own process)"));
}

void test_ScriptProcess::endsWithTheExitCode_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<int>("state");
    QTest::newRow("end") << u"pass"_s << 0 << int(JobState::Finished);
    QTest::newRow("exit") << u"import sys; sys.exit(3)"_s << 3 << int(JobState::Failed);
    QTest::newRow("words") << u"import sys; sys.exit('no scan')"_s << 1 << int(JobState::Failed);
    QTest::newRow("error") << u"1 / 0"_s << 1 << int(JobState::Failed);
    QTest::newRow("syntax") << u"a = = 1"_s << 1 << int(JobState::Failed);
}

void test_ScriptProcess::endsWithTheExitCode() {
    QFETCH(QString, text);
    QFETCH(int, exitCode);
    QFETCH(int, state);
    m_fixture->run(text);
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), exitCode);
    QCOMPARE(int(m_fixture->job->info().state), state);
}

void test_ScriptProcess::showsATracebackWithItsSource() {
    QCOMPARE(m_fixture->run(u"def f(x):\n    return 1 / x\nf(0)\n"_s),
             u"Traceback (most recent call last):\n  File \"<test>\", line 3, in <module>\n    f(0)\n"
             "  File \"<test>\", line 2, in f\n    return 1 / x\n           ~~^~~\n"
             "ZeroDivisionError: division by zero\n"_s);
    QCOMPARE(m_fixture->job->info().error, std::string("ZeroDivisionError: division by zero"));
}

void test_ScriptProcess::asksAndTellsInTheWindow() {
    m_fixture->window.answerWith("scan 7");
    m_fixture->add("a", m_fixture->black(1, 1));
    QCOMPARE(m_fixture->run(u"import tintype as tt\nname = input('Name? ')\nprint(name, tt.ui.ask('Again?'), tt.app.has_window)\n"
                 "tt.ui.message('Counted')\ntt.data.images['b'] = tt.active\ntt.ui.show('b')\n"_s),
             u"Name? scan 7\nscan 7 scan 7 True\n"_s);
    QCOMPARE(m_fixture->window.question(), std::string("Again?"));
    QCOMPARE(m_fixture->window.message(), std::string("Counted"));
    QCOMPARE(m_fixture->window.shown(), std::string("b"));
    m_fixture->window.answerWith(std::nullopt);
    QVERIFY(m_fixture->run(u"input('Name? ')"_s).contains(u"EOFError"_s));
}

void test_ScriptProcess::reportsProgressToItsJob() {
    const JobPtr job = m_fixture->start(u"import tintype as tt, time\nfor i in tt.progress(range(4), 'Counting'):\n"
                             "    if i == 2: time.sleep(600)\n    time.sleep(0.2)\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Counting"), LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(job->info().fraction, 0.5, LIMIT_MS);
    job->cancel();
    m_fixture->waitFor(job);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
}

void test_ScriptProcess::printsArriveInTheirOrder() {
    const QString text = u"import os, subprocess, sys, ctypes\n"
                         "for i in range(20): print(i, file=sys.stderr if i % 2 else sys.stdout)\n"
                         "subprocess.run(['echo', 'from a child'])\nos.write(1, b'raw\\n')\n"
                         "ctypes.CDLL(None).puts(b'from C'); ctypes.CDLL(None).fflush(None)\nprint('µm', '\\udcff')\n"_s;
    QString expected;
    for (int i = 0; i < 20; ++i)
        expected += QString::number(i) + u'\n';
    QCOMPARE(m_fixture->run(text), expected + u"from a child\nraw\nfrom C\nµm \\udcff\n"_s);
}

void test_ScriptProcess::runsWhilePythonStandsStill() {
    const PythonHeld held(*m_fixture);
    QCOMPARE(m_fixture->run(u"print('ran')"_s), u"ran\n"_s);
}

void test_ScriptProcess::aStreamThatDoesNotBlockLosesNothing() {
    QCOMPARE(m_fixture->run(u"import os\nos.set_blocking(1, False)\nprint('x' * 500_000)\n"_s), QString(500'000, u'x') + u'\n');
}

void test_ScriptProcess::functionsTravelToWorkers() {
    QCOMPARE(m_fixture->run(u"import tintype as tt\nfactor = 3\ndef f(n):\n    print('item', n)\n    return factor * n\n"
                            "print(tt.parallel.map(f, [2], executor='processes'))\n"_s),
             u"item 2\n[6]\n"_s);
}

void test_ScriptProcess::workersEndWhenItIsStopped() {
    const JobPtr job = m_fixture->start(u"import os, time, tintype as tt\ndef f(n):\n    print('pid', os.getpid())\n    time.sleep(600)\n"
                                        "tt.parallel.map(f, [2], executor='processes')\n"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->scripts->output.of(job).endsWith(u'\n'), LIMIT_MS);
    const QString pid = m_fixture->scripts->output.of(job).trimmed().mid(4);
    QVERIFY(QFile::exists(u"/proc/"_s + pid));
    job->cancel();
    m_fixture->waitFor(job);
    QTRY_VERIFY_WITH_TIMEOUT(!QFile::exists(u"/proc/"_s + pid), LIMIT_MS);
}

void test_ScriptProcess::aSignalOfItsOwnIsNoStop() {
    QCOMPARE(m_fixture->run(u"import signal\nimport tintype as tt\ntry:\n    signal.raise_signal(signal.SIGINT)\n"
                 "except KeyboardInterrupt:\n    print('mine')\ntt.check_cancelled()\ntt.data.images['a'] = tt.Image.black(2, 2)\n"_s),
             u"mine\n"_s);
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 0);
    QVERIFY(m_fixture->document().state()->has("a"));
}

void test_ScriptProcess::aKeyboardInterruptOfItsOwnKeepsWhatWasDone() {
    QCOMPARE(m_fixture->run(u"import signal\nimport tintype as tt\ntt.data.images['a'] = tt.Image.black(2, 2)\n"
                 "signal.raise_signal(signal.SIGINT)\n"_s),
             u"Stopped.\n"_s);
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 130);
    QCOMPARE(int(m_fixture->job->info().state), int(JobState::Cancelled));
    QVERIFY(m_fixture->document().state()->has("a"));
}

QTEST_GUILESS_MAIN(test_ScriptProcess)
#include "test_ScriptProcess.moc"
