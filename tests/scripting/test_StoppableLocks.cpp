// Stop ends the waiting for Python's locks, and leaves none locked that nobody will release.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/PythonFixture.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <sys/stat.h>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_StoppableLocks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void theLockIsFreeAfterItsWaiterWasStopped_data() { kinds(); }
    void theLockIsFreeAfterItsWaiterWasStopped();
    void withLeavesTheLockFreeWhereverItWasStopped_data();
    void withLeavesTheLockFreeWhereverItWasStopped();
    void aStoppedWaiterForANotificationGivesTheLockBack();
    void aRunningThreadIsAliveAfterWhoJoinsItWasStopped();
    void loggingGoesOnAfterAScriptWasStoppedThatWaitedForIt();
    void theTypesAreCPythonsOwn();
    void argumentsMeanWhatTheyMeanInCPython_data();
    void argumentsMeanWhatTheyMeanInCPython();

private:
    static void kinds();

    std::unique_ptr<PythonFixture> m_fixture;
};

void test_StoppableLocks::kinds() {
    QTest::addColumn<QString>("make");
    QTest::addColumn<QString>("use");
    const QString with = u"with lock: n += 1"_s;
    const QString acquire = u"lock.acquire()\n        try: n += 1\n        finally: lock.release()"_s;
    const QString inTime = u"if lock.acquire(timeout=60):\n            try: n += 1\n            finally: lock.release()"_s;
    for (const char* const kind : {"Lock", "RLock", "Condition", "Semaphore"}) {
        const QString make = QString::fromLatin1(kind);
        QTest::addRow("with %s", kind) << make << with;
        QTest::addRow("acquire and release %s", kind) << make << acquire;
        QTest::addRow("acquire %s in time", kind) << make << inTime;
    }
    QTest::newRow("with Condition of a Lock") << u"Condition(threading.Lock())"_s << with;
}

constexpr const char* USE = R"(
import threading, _tintype_runtime as runtime
lock = %1
def use(ready):
    n = 0
    ready.set()
    while %3:
        %2
)";

static QString user(const QString& make, const QString& use, const char* once) {
    const QString lock = make.contains(u'(') ? make : make + u"()"_s;
    return QString::fromLatin1(USE).arg(u"threading."_s + lock, use, QString::fromLatin1(once));
}

void test_StoppableLocks::theLockIsFreeAfterItsWaiterWasStopped() {
    QFETCH(QString, make);
    QFETCH(QString, use);
    QCOMPARE(printedBy(*m_fixture, user(make, use, "n == 0") + u"for turn in range(200):\n"
                                   "    ready = threading.Event()\n"
                                   "    thread = threading.Thread(target=use, args=(ready,))\n"
                                   "    lock.acquire()\n    thread.start()\n    ready.wait()\n"
                                   "    runtime.stop_thread(thread.ident)\n    lock.release()\n    thread.join()\n"
                                   "    if not lock.acquire(blocking=False): raise SystemExit(f'locked in turn {turn}')\n"
                                   "    lock.release()\nprint('free')\n"_s),
             u"free\n"_s);
}

void test_StoppableLocks::withLeavesTheLockFreeWhereverItWasStopped_data() {
    QTest::addColumn<QString>("make");
    QTest::addColumn<QString>("use");
    QTest::newRow("Lock") << u"Lock"_s << u"with lock: n += 1"_s;
    QTest::newRow("RLock") << u"RLock"_s << u"with lock: n += 1"_s;
}

void test_StoppableLocks::withLeavesTheLockFreeWhereverItWasStopped() {
    QFETCH(QString, make);
    QFETCH(QString, use);
    QCOMPARE(printedBy(*m_fixture, u"import sys; sys.setswitchinterval(0.0005)\n"_s + user(make, use, "True") +
                                   u"for turn in range(200):\n"
                                   "    ready = threading.Event()\n"
                                   "    thread = threading.Thread(target=use, args=(ready,))\n"
                                   "    thread.start()\n    ready.wait()\n"
                                   "    for i in range(turn * 20): pass\n"
                                   "    runtime.stop_thread(thread.ident)\n    thread.join()\n"
                                   "    if not lock.acquire(blocking=False): raise SystemExit(f'locked in turn {turn}')\n"
                                   "    lock.release()\nsys.setswitchinterval(0.005)\nprint('free')\n"_s),
             u"free\n"_s);
}

void test_StoppableLocks::aStoppedWaiterForANotificationGivesTheLockBack() {
    // The last of the three waits for the lock itself when it is stopped, and others must keep it.
    QCOMPARE(printedBy(*m_fixture,
                       u"import threading, _tintype_runtime as runtime\n"
                       "for lock in (threading.Lock(), threading.RLock()):\n  for notified in (False, True, True):\n"
                       "    condition = threading.Condition(lock)\n    def wait():\n        with condition: condition.wait()\n"
                       "    for turn in range(70):\n        thread = threading.Thread(target=wait)\n        thread.start()\n"
                       "        while not condition._waiters: pass\n"
                       "        with condition:\n            if notified: condition.notify()\n"
                       "            for i in range(turn * 100): pass\n"
                       "            runtime.stop_thread(thread.ident)\n"
                       "            for i in range(1000): pass\n"
                       "            print(end='' if condition._is_owned() else 'lost')\n"
                       "        thread.join()\n"
                       "        print(end='' if condition.acquire(blocking=False) else 'locked')\n        condition.release()\n"
                       "        print(end=f'{len(condition._waiters)} wait' if condition._waiters else '')\n"
                       "print('free')\n"_s),
             u"free\n"_s);
}

void test_StoppableLocks::aRunningThreadIsAliveAfterWhoJoinsItWasStopped() {
    QCOMPARE(printedBy(*m_fixture,
                       u"import threading, _tintype_runtime as runtime\n"
                       "gate = threading.Event()\nrunning = threading.Thread(target=gate.wait)\nrunning.start()\n"
                       "ready = threading.Event()\ndef join():\n    ready.set()\n    running.join()\n"
                       "joins = threading.Thread(target=join)\njoins.start()\nready.wait()\n"
                       "runtime.stop_thread(joins.ident)\njoins.join()\nprint(joins.is_alive(), running.is_alive())\n"
                       "running.join(0)\nrunning.join(0.06)\nrunning.join(-1)\nprint(running.is_alive())\n"
                       "gate.set()\nrunning.join()\nrunning.join()\nprint(running.is_alive())\n"_s),
             u"False True\nTrue\nFalse\n"_s);
}

void test_StoppableLocks::loggingGoesOnAfterAScriptWasStoppedThatWaitedForIt() {
    QTemporaryDir folder;
    const QString gate = folder.filePath(u"gate"_s);
    QCOMPARE(mkfifo(qPrintable(gate), 0600), 0);
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    ScriptOutput output(runner);
    const auto run = [&runner](const QString& text) { return runner.run({u"test"_s, {}, text, {}}); };

    const JobPtr holder = run(u"import logging\nwith logging._lock:\n    print('has it')\n    open('%1').read()\n"_s.arg(gate));
    QTRY_COMPARE_WITH_TIMEOUT(output.of(holder), u"has it\n"_s, LIMIT_MS);
    const JobPtr waiter = run(u"import logging\nprint('in')\nlogging.getLogger('new')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(output.of(waiter), u"in\n"_s, LIMIT_MS);
    waiter->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(output.of(waiter), u"in\nStopped.\n"_s, LIMIT_MS);
    QFile opened(gate);
    QVERIFY(opened.open(QIODevice::WriteOnly));
    opened.close();
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 2, LIMIT_MS);
    QCOMPARE(printedBy(*m_fixture, u"import logging\nlogging.getLogger('newer')\nprint('logs')\n"_s), u"logs\n"_s);
}

void test_StoppableLocks::theTypesAreCPythonsOwn() {
    QCOMPARE(printedBy(*m_fixture,
                       u"import _thread, threading, weakref\nlock, again = threading.Lock(), threading.RLock()\n"
                       "print(type(lock) is _thread.LockType, type(again) is _thread.RLock)\n"
                       "print(repr(lock)[:26], repr(again)[:27])\nprint(weakref.ref(lock)() is lock, weakref.ref(again)() is again)\n"
                       "print(lock.acquire.__doc__[:24], again.__enter__.__name__)\n"_s),
             u"True True\n<unlocked _thread.lock obj <unlocked _thread.RLock obj\nTrue True\nacquire(blocking=True, t __enter__\n"_s);
}

void test_StoppableLocks::argumentsMeanWhatTheyMeanInCPython_data() {
    QTest::addColumn<QString>("arguments");
    for (const char* const arguments :
         {"", "False", "False, 1", "False, -1", "True, -1", "True, -1.0", "True, 0", "True, 0.01", "True, 0.12", "True, -5",
          "True, -0.5", "True, 1e10", "True, 1e300", "True, 10**400", "True, float('nan')", "True, float('inf')", "2, 'x'",
          "'x'", "foo=1", "1, 2, 3", "blocking=False", "timeout=0.06", "blocking=True, timeout=None", "timeout=True"})
        QTest::newRow(arguments) << QString::fromLatin1(arguments);
}

void test_StoppableLocks::argumentsMeanWhatTheyMeanInCPython() {
    QFETCH(QString, arguments);
    const QString text = u"import _thread, threading\ntried = []\n"
                         "def attempt(lock):\n    try:\n        tried.append(lock.acquire(%1))\n"
                         "    except Exception as error:\n        tried.append(repr(error))\n"
                         "for kind in (threading.Lock, threading.RLock):\n"
                         "    attempt(kind())\n"
                         "    lock = kind()\n    lock.acquire()\n"
                         "    if '''%1 ''' not in (' ', 'True, -1 ', 'True, -1.0 ', 'True, 1e10 '):\n"
                         "        other = threading.Thread(target=attempt, args=(lock,))\n        other.start()\n        other.join()\n"
                         "print(tried)\n"_s.arg(arguments);
    QProcess python;
    python.start(QString::fromStdString(PythonFixture::settings().pythonProgram), {u"-c"_s, text});
    QVERIFY(python.waitForFinished(LIMIT_MS));
    QCOMPARE(printedBy(*m_fixture, text), QString::fromUtf8(python.readAllStandardOutput()));
}

QTEST_GUILESS_MAIN(test_StoppableLocks)
#include "test_StoppableLocks.moc"
