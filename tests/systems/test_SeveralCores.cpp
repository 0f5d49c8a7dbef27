// Threads could not use several cores: here multiprocessing and concurrent.futures work with functions of a script file.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/systems/SharedScript.h"

using namespace tintype;
using namespace Qt::StringLiterals;

class test_SeveralCores : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void poolsProcessesAndFuturesWork_data() { SharedScript::addPlaces(); }
    void poolsProcessesAndFuturesWork();

private:
    std::unique_ptr<PythonFixture> m_fixture;
};

void test_SeveralCores::poolsProcessesAndFuturesWork() {
    QFETCH(QString, place);
    int exitCode = -1;
    // Pool: apply, apply_async, map, starmap, imap, imap_unordered, and what a worker raises.
    const QString pool = u"101.0 102.0\n[101.0, 102.0, 103.0] [3, 7]\n[101.0, 102.0] [104.0, 105.0]\nlevel 3 True\n"_s;
    // Process with queue, pipe, event, manager and shared memory.
    const QString process = u"sent queued\n0 True 7\n"_s;
    // ThreadPoolExecutor and ProcessPoolExecutor: map, submit, and what a worker raises.
    const QString futures = u"[101.0, 102.0]\n[101.0, 102.0] 3\nValueError level 4 True\n"_s;
    // Then a pool in a thread of the script; nothing is left of any of them.
    QCOMPARE(SharedScript::run(*m_fixture, place, "several_cores.py", exitCode), pool + process + futures + pool + u"[]\n"_s);
    QCOMPARE(exitCode, 0);
}

QTEST_GUILESS_MAIN(test_SeveralCores)
#include "test_SeveralCores.moc"
