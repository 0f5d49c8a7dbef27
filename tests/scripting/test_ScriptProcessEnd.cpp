// A script in its own process can always be ended, and takes nothing down with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/ScriptProcessFixture.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ScriptProcessEnd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<ScriptProcessFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() { m_fixture->begin(); }

    void stopRunsFinallyAndBringsNothingBack_data();
    void stopRunsFinallyAndBringsNothingBack();
    void whatHasNotRunSinceTheStopMayStillAnswer();
    void whatHoldsPythonForeverIsKilled();
    void whatSwallowsTheStopIsKilled();
    void aDeathIsToldInPlainWords_data();
    void aDeathIsToldInPlainWords();
    void itsChildrenEndWithIt();
    void endsWhenTheWindowDies();
    void endingTheRunnerEndsIt();
    void whatFinishesInSpiteOfTheStopIsToldToBeLost();

private:
    std::unique_ptr<ScriptProcessFixture> m_fixture;
    QTemporaryDir m_folder;
};

void test_ScriptProcessEnd::stopRunsFinallyAndBringsNothingBack_data() {
    QTest::addColumn<QString>("wait");
#ifndef __SANITIZE_THREAD__ // which keeps a signal back until the thread calls the system
    QTest::newRow("loop") << u"while True: pass"_s;
#endif
    QTest::newRow("sleep") << u"time.sleep(600)"_s;
    QTest::newRow("tt.sleep") << u"tt.sleep(600)"_s;
    QTest::newRow("socket") << u"pair = socket.socketpair(); pair[0].recv(1)"_s;
    QTest::newRow("select") << u"select.select([], [], [], 600)"_s;
    QTest::newRow("regular expression") << u"re.match('(a+)+b', 'a' * 40)"_s;
    QTest::newRow("subprocess") << u"subprocess.run(['sleep', '600'])"_s;
    QTest::newRow("lock") << u"lock = threading.Lock(); lock.acquire(); lock.acquire()"_s;
    QTest::newRow("thread") << u"t = threading.Thread(target=time.sleep, args=(600,)); t.start(); t.join()"_s;
    QTest::newRow("native operation") << u"tt.Image.gaussnoise(30000, 30000).gaussblur(20).avg()"_s;
}

void test_ScriptProcessEnd::stopRunsFinallyAndBringsNothingBack() {
    QFETCH(QString, wait);
    const JobPtr job = m_fixture->start(u"import re, select, socket, subprocess, threading, time\nimport tintype as tt\n"
                             "tt.data.images['a'] = tt.Image.black(2, 2)\n"
                             "try:\n    print('in')\n    "_s + wait + u"\nfinally:\n    time.sleep(0.4); print('tidy')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    m_fixture->waitFor(job);
    QCOMPARE(m_fixture->scripts->output.of(job), u"in\ntidy\nStopped.\n"_s);
    QCOMPARE(m_fixture->scripts->output.exitCode(job), 130);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
    QCOMPARE(m_fixture->document().state()->imageCount(), 0U);
}

void test_ScriptProcessEnd::whatHasNotRunSinceTheStopMayStillAnswer() {
    // Held up by the system for longer than a script has that runs, as by other programs on a busy machine.
    const JobPtr job = m_fixture->start(
        u"import os, signal, subprocess\n"
         "subprocess.Popen(['sh', '-c', f'sleep 0.6; while kill -CONT {os.getpid()}; do sleep 0.05; done'])\n"
         "try:\n    print('in')\n    os.kill(os.getpid(), signal.SIGSTOP)\n    while True: pass\nfinally:\n    print('tidy')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    m_fixture->waitFor(job);
    QCOMPARE(m_fixture->scripts->output.of(job), u"in\ntidy\nStopped.\n"_s);
}

void test_ScriptProcessEnd::whatHoldsPythonForeverIsKilled() {
    const JobPtr job = m_fixture->start(u"import re, tintype as tt\ntt.data.images['a'] = tt.Image.black(2, 2)\nprint('in')\n"
                             "sum(range(10**13))\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    m_fixture->waitFor(job);
    QCOMPARE(m_fixture->scripts->output.of(job), u"in\nStopped: the script's process was ended by force; the document is as it was.\n"_s);
    QCOMPARE(m_fixture->document().state()->imageCount(), 0U);
}

void test_ScriptProcessEnd::whatSwallowsTheStopIsKilled() {
    const JobPtr job = m_fixture->start(u"print('in')\nwhile True:\n    try:\n        for i in range(10**12): pass\n    except BaseException: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    m_fixture->waitFor(job);
    QVERIFY2(m_fixture->scripts->output.of(job).contains(u"ended by force"_s), qPrintable(m_fixture->scripts->output.of(job)));
}

void test_ScriptProcessEnd::aDeathIsToldInPlainWords_data() {
    QTest::addColumn<QString>("death");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("crash") << u"import ctypes; ctypes.string_at(0)"_s << u"by signal 11 (segmentation fault)"_s << 139;
    QTest::newRow("exit") << u"import os; os._exit(3)"_s << u"with exit code 3"_s << 3;
    QTest::newRow("exit without an error") << u"import os; os._exit(0)"_s << u"with exit code 0"_s << 1;
    QTest::newRow("killed") << u"import os; os.kill(os.getpid(), 9)"_s
                            << u"by signal 9 (killed; the system does that when memory runs out)"_s << 137;
}

void test_ScriptProcessEnd::aDeathIsToldInPlainWords() {
    QFETCH(QString, death);
    QFETCH(QString, words);
    QFETCH(int, exitCode);
    const QString text = m_fixture->run(u"import tintype as tt\ntt.data.images['a'] = tt.Image.black(2, 2)\n"_s + death);
    const QString told = u"The script's process ended %1 before the script had finished; the document is as it was."_s.arg(words);
    QVERIFY2(text.endsWith(told + u'\n'), qPrintable(text));
    QCOMPARE(QString::fromStdString(m_fixture->job->info().error), told);
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), exitCode);
    QCOMPARE(m_fixture->document().state()->imageCount(), 0U);
}

void test_ScriptProcessEnd::itsChildrenEndWithIt() {
    const JobPtr job = m_fixture->start(u"import re, subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)\nsum(range(10**13))\n"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->scripts->output.of(job).endsWith(u'\n'), LIMIT_MS);
    const QString child = u"/proc/"_s + m_fixture->scripts->output.of(job).trimmed() + u"/cmdline"_s;
    const auto isSleeping = [&] {
        QFile file(child);
        return file.open(QIODevice::ReadOnly) && file.readAll().startsWith("sleep");
    };
    QVERIFY(isSleeping());
    job->cancel();
    m_fixture->waitFor(job);
    QTRY_VERIFY_WITH_TIMEOUT(!isSleeping(), LIMIT_MS);
}

void test_ScriptProcessEnd::endsWhenTheWindowDies() {
    const QString path = m_folder.filePath(u"pid"_s);
    QProcess window;
    window.start(QCoreApplication::applicationFilePath(), {u"--die"_s, path});
    QVERIFY(window.waitForFinished(LIMIT_MS));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process = u"/proc/"_s + QString::fromUtf8(file.readAll()).trimmed() + u"/cmdline"_s;
    QTRY_VERIFY_WITH_TIMEOUT(!QFile(process).exists(), LIMIT_MS);
}

void test_ScriptProcessEnd::endingTheRunnerEndsIt() {
    const JobPtr job = m_fixture->start(u"print('in')\ntry:\n    while True: pass\nfinally:\n    while True: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    m_fixture->scripts.reset();
    QVERIFY(job->info().ended());
}

void test_ScriptProcessEnd::whatFinishesInSpiteOfTheStopIsToldToBeLost() {
    const JobPtr job = m_fixture->start(u"import sys, time, tintype as tt\ntt.data.images['a'] = tt.Image.black(2, 2)\n"
                             "try:\n    print('in')\n    while True: time.sleep(0.01)\nexcept BaseException: sys.exit('late')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    m_fixture->waitFor(job);
    QCOMPARE(m_fixture->scripts->output.of(job), u"in\nlate\nStopped; the document is as it was.\n"_s);
    QCOMPARE(m_fixture->scripts->output.exitCode(job), 130);
    QCOMPARE(m_fixture->document().state()->imageCount(), 0U);
}

namespace {

/// A window that dies while a script runs in its own process and holds Python.
int die(const QString& path) {
    PythonFixture fixture;
    ScriptRunner runner(fixture.interpreter, fixture.workbench);
    runner.run({u"test"_s, {}, u"import os, re\nopen('%1.part', 'w').write(str(os.getpid())); os.rename('%1.part', '%1')\n"
                               "sum(range(10**13))\n"_s.arg(path), {}, true});
    const bool isThere = QTest::qWaitFor([&] { return QFile::exists(path); }, LIMIT_MS);
    std::_Exit(isThere ? 0 : 1);
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--die") == 0)
        return die(QString::fromLocal8Bit(argv[2]));
    test_ScriptProcessEnd test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_ScriptProcessEnd.moc"
