// The processes that scripts of the window start: how they end, and what cannot work.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/PythonFixture.h"

#include "scripting/ConsoleSession.h"

#include <QTemporaryDir>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_Processes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void twoScriptsAtOnceUsePools();
    void stopEndsAScriptThatWaitsForItsPool();
    void poolsThatWereLeftOpenEndWithTheScript();
    void aTextThatIsInNoFileIsToldToBeSaved_data();
    void aTextThatIsInNoFileIsToldToBeSaved();
    void aTextThatChangedSinceItWasSavedIsToldToBeSaved();
    void aFunctionOfTheConsoleIsToldToBeSaved();
    void aMissingGuardIsPythonsRuntimeError();

    void workersOfATextThatIsInNoFile_data();
    void workersOfATextThatIsInNoFile();
    void functionsOfTheConsoleTravel();
    void stopEndsWorkers_data();
    void stopEndsWorkers();
    void workersEndWithTheirScript();

private:
    struct Ended {
        QString text;
        int exitCode;
    };
    Ended run(const QString& path, const QString& text = {});
    QString write(const QString& name, const QByteArray& text) const;

    std::unique_ptr<PythonFixture> m_fixture;
    QTemporaryDir m_folder;
};

test_Processes::Ended test_Processes::run(const QString& path, const QString& text) {
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    tintype::ScriptOutput output(runner);
    const JobPtr job = runner.run({u"test"_s, path, text, {}});
    if (!QTest::qWaitFor([&] { return output.endedCount() == 1; }, 2 * LIMIT_MS))
        qWarning("the script did not end");
    return {output.of(job), output.exitCode(job)};
}

QString test_Processes::write(const QString& name, const QByteArray& text) const {
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("the test could not write its script");
    return file.fileName();
}

void test_Processes::twoScriptsAtOnceUsePools() {
    const QByteArray text = "import multiprocessing\ndef name(i): return f'%1{i}'\n"
                            "if __name__ == '__main__':\n    with multiprocessing.Pool(2) as pool:\n"
                            "        for _ in range(3): print(pool.map(name, range(2)))\n";
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    tintype::ScriptOutput output(runner);
    const JobPtr one = runner.run({u"one"_s, write(u"one.py"_s, QByteArray(text).replace("%1", "a")), {}, {}});
    const JobPtr two = runner.run({u"two"_s, write(u"two.py"_s, QByteArray(text).replace("%1", "b")), {}, {}});
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 2, LIMIT_MS);
    QCOMPARE(output.of(one), u"['a0', 'a1']\n"_s.repeated(3));
    QCOMPARE(output.of(two), u"['b0', 'b1']\n"_s.repeated(3));
}

void test_Processes::stopEndsAScriptThatWaitsForItsPool() {
    const QString path = write(u"waits.py"_s, "import multiprocessing, os, time\ndef wait(i): time.sleep(600)\n"
                                              "if __name__ == '__main__':\n    with multiprocessing.Pool(2) as pool:\n"
                                              "        pool.apply(os.getpid)\n        print('in')\n"
                                              "        try: pool.map(wait, range(2))\n"
                                              "        finally: workers = multiprocessing.active_children()\n");
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    tintype::ScriptOutput output(runner);
    const JobPtr job = runner.run({u"test"_s, path, {}, {}});
    QTRY_COMPARE_WITH_TIMEOUT(output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(output.exitCode(job), 130);
    QCOMPARE(run({}, u"import multiprocessing; print(multiprocessing.active_children())"_s).text, u"[]\n"_s);
}

void test_Processes::poolsThatWereLeftOpenEndWithTheScript() {
    const Ended ended = run(write(u"open.py"_s, "import concurrent.futures, multiprocessing\ndef f(x): return x\n"
                                                "def tell(future): print('told', future.result())\n"
                                                "if __name__ == '__main__':\n"
                                                "    threads = concurrent.futures.ThreadPoolExecutor(2)\n"
                                                "    processes = concurrent.futures.ProcessPoolExecutor(2)\n"
                                                "    pool = multiprocessing.Pool(2)\n"
                                                "    print(threads.submit(f, 1).result(), pool.apply(f, (2,)))\n"
                                                "    processes.submit(f, 3).add_done_callback(tell)\n"));
    QCOMPARE(ended.text, u"1 2\ntold 3\n"_s);
    QCOMPARE(run({}, u"import multiprocessing; print(multiprocessing.active_children())"_s).text, u"[]\n"_s);
}

void test_Processes::aTextThatIsInNoFileIsToldToBeSaved_data() {
    QTest::addColumn<QString>("use");
    QTest::newRow("pool") << u"with multiprocessing.Pool(1) as pool: print(pool.map(f, [1]))"_s;
    QTest::newRow("process") << u"multiprocessing.Process(target=f, args=(1,)).start()"_s;
    QTest::newRow("executor")
        << u"with concurrent.futures.ProcessPoolExecutor(1) as pool: print(pool.submit(f, 1).result())"_s;
}

void test_Processes::aTextThatIsInNoFileIsToldToBeSaved() {
    QFETCH(QString, use);
    const Ended ended = run({}, u"import multiprocessing, concurrent.futures\ndef f(x): return x\n"_s + use + u'\n');
    QVERIFY2(ended.text.endsWith(u"PicklingError: f is in no file, and other processes can only import it from one: save what "
                                 "defines it as a script or a module\n"_s),
             qPrintable(ended.text));
    QCOMPARE(ended.exitCode, 1);
}

void test_Processes::aTextThatChangedSinceItWasSavedIsToldToBeSaved() {
    const QByteArray text = "import multiprocessing\ndef f(x): return x\n"
                            "if __name__ == '__main__':\n    with multiprocessing.Pool(1) as pool: print(pool.map(f, [1]))\n";
    const QString path = write(u"changed.py"_s, text);
    QCOMPARE(run(path, QString::fromUtf8(text)).text, u"[1]\n"_s);
    const Ended ended = run(path, QString::fromUtf8(text).replace(u"return x"_s, u"return x + 1"_s));
    QVERIFY2(ended.text.endsWith(u"RuntimeError: The script has changed since it was saved, but the processes that it starts read it "
                                 "from the file %1: save it, then run it again.\n"_s.arg(path)),
             qPrintable(ended.text));
}

void test_Processes::aFunctionOfTheConsoleIsToldToBeSaved() {
    ConsoleSession console(m_fixture->interpreter, m_fixture->workbench);
    QString text;
    connect(&console, &ConsoleSession::output, this, [&text](const QString& piece, bool) { text += piece; });
    QSignalSpy finished(&console, &ConsoleSession::finished);
    console.submit(u"def f(x): return x\n\n"_s);
    console.submit(u"import multiprocessing\nwith multiprocessing.Pool(1) as pool: pool.map(f, [1])\n\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, LIMIT_MS);
    QVERIFY2(text.contains(u"PicklingError: f is in no file"_s), qPrintable(text));
}

void test_Processes::aMissingGuardIsPythonsRuntimeError() {
    const Ended ended = run(write(u"unguarded.py"_s, "import multiprocessing\ndef f(x): return x\n"
                                                     "pool = multiprocessing.Pool(1)\nprint(pool.map(f, [1]))\n"));
    QVERIFY2(ended.text.contains(u"RuntimeError: An attempt has been made to start a new process in line 3"_s), qPrintable(ended.text));
    QCOMPARE(ended.exitCode, 1);
}

void test_Processes::workersOfATextThatIsInNoFile_data() {
    QTest::addColumn<QString>("executor");
    QTest::newRow("threads") << u"threads"_s;
    QTest::newRow("processes") << u"processes"_s;
}

void test_Processes::workersOfATextThatIsInNoFile() {
    QFETCH(QString, executor);
    const Ended ended = run({}, u"import tintype as tt\nfactor = 3\ndef f(n):\n    print('item', n)\n    return factor * n\n"
                                 "print(tt.parallel.map(f, [2], executor='%1'))\n"
                                 "print(tt.parallel.submit(f, 4, executor='%1').result())\n"_s.arg(executor));
    QCOMPARE(ended.text, u"item 2\n[6]\nitem 4\n12\n"_s);
    QCOMPARE(ended.exitCode, 0);
}

void test_Processes::functionsOfTheConsoleTravel() {
    ConsoleSession console(m_fixture->interpreter, m_fixture->workbench);
    QString text;
    connect(&console, &ConsoleSession::output, this, [&text](const QString& piece, bool) { text += piece; });
    QSignalSpy finished(&console, &ConsoleSession::finished);
    console.submit(u"def f(x): print('item', x); return tt.Image.black(x, x)\n\n"_s);
    console.submit(u"import tintype as tt; print([i.width for i in tt.parallel.map(f, [5], executor='processes')])\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, LIMIT_MS);
    QVERIFY2(text.contains(u"item 5\n[5]\n"_s), qPrintable(text));
}

void test_Processes::stopEndsWorkers_data() { workersOfATextThatIsInNoFile_data(); }

void test_Processes::stopEndsWorkers() {
    QFETCH(QString, executor);
    const QString mark = m_folder.filePath(u"ended-"_s + executor);
    const QString text = u"import tintype as tt, time, pathlib\ndef wait(n):\n    print('in')\n    try:\n"
                         "        while True: time.sleep(0.01)\n    finally: pathlib.Path('%1').touch()\n"
                         "tt.parallel.map(wait, [1], executor='%2')\n"_s.arg(mark, executor);
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    tintype::ScriptOutput output(runner);
    const JobPtr job = runner.run({u"test"_s, {}, text, {}});
    QTRY_VERIFY_WITH_TIMEOUT(output.of(job).contains(u"in\n"_s), LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
    QCOMPARE(output.exitCode(job), 130);
    QVERIFY(QFile::exists(mark));
}

void test_Processes::workersEndWithTheirScript() {
    const Ended ended = run({}, u"import os, tintype as tt\nprint(*tt.parallel.map(lambda n: os.getpid(), [1], executor='processes'))"_s);
    const QString pid = ended.text.trimmed();
    QVERIFY(pid.toInt() > 0);
    QVERIFY(!QFile::exists(u"/proc/"_s + pid));
}

QTEST_GUILESS_MAIN(test_Processes)
#include "test_Processes.moc"
