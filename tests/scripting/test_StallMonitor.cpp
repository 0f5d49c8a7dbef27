// Who holds Python and who does not end after Stop is named, without anybody waiting for Python.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/PythonRun.h"
#include "scripting/SafeMemory.h"
#include "scripting/StackReader.h"
#include "scripting/StallMonitor.h"
#include "tests/scripting/ForbiddenCalls.h"
#include "tests/scripting/PythonFixture.h"

#include <sys/mman.h>
#include <unistd.h>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

constexpr StallLimits QUICK{std::chrono::milliseconds(200), std::chrono::milliseconds(200), std::chrono::milliseconds(20)};

} // namespace

class test_StallMonitor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        m_fixture = std::make_unique<PythonFixture>();
        // On a busy machine an import would be named, in the place of what the test is about.
        QCOMPARE(printedBy(*m_fixture, u"import ctypes, threading\n"_s), QString());
    }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void memoryThatIsGoneIsNotRead();
    void whereTheSystemForbidsReadingItSaysSo();
    void textThatIsNoneIsNotRead();
    void namesTheScriptThatHoldsPythonWithItsStack();
    void namesAThreadOfTheScript();
    void whatTheProgramDoesItselfCannotBeStopped();
    void endsAtOnceWhilePythonIsHeld();
    void namesACallThatStopDoesNotReach_data();
    void namesACallThatStopDoesNotReach();
    void namesAScriptThatCatchesEverythingAndStopsItAgain();
    void saysNothingOfOrdinaryWork();

private:
    JobPtr run(const QString& text) { return m_scripts->run(text, u"measure.py"_s); }
    void watch(const StallLimits& limits) { m_monitor = std::make_unique<StallMonitor>(m_fixture->interpreter, limits); }
    bool namesOne() const { return m_monitor->stalls().size() == 1; }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<Scripts> m_scripts;
    std::unique_ptr<StallMonitor> m_monitor;
};

void test_StallMonitor::init() {
    m_scripts = std::make_unique<Scripts>(*m_fixture);
}

void test_StallMonitor::cleanup() {
    m_monitor.reset();
    m_scripts.reset();
}

void test_StallMonitor::memoryThatIsGoneIsNotRead() {
    const auto size = std::size_t(sysconf(_SC_PAGESIZE));
    void* const memory = mmap(nullptr, 2 * size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    QVERIFY(memory != MAP_FAILED);
    auto* const bytes = static_cast<char*>(memory);
    bytes[size - 1] = 'x';
    QCOMPARE(munmap(bytes + size, size), 0);
    const SafeMemory safe;
    QCOMPARE(safe.read<char>(bytes + size - 1).value_or(0), 'x');
    QVERIFY(!safe.read<char>(bytes + size));
    QVERIFY(!safe.read<int>(bytes + size - 1));
    QVERIFY(!safe.read<char>(nullptr));
    QVERIFY2(safe.problem().empty(), safe.problem().c_str());
    munmap(memory, size);
}

void test_StallMonitor::whereTheSystemForbidsReadingItSaysSo() {
    QVERIFY(withoutCalls(SYS_process_vm_readv, SYS_process_vm_readv, EPERM, [] {
        const SafeMemory safe;
        QCOMPARE(safe.problem(), std::string("process_vm_readv: Operation not permitted"));
        QVERIFY(!safe.read<char>("x"));
    }));
}

void test_StallMonitor::textThatIsNoneIsNotRead() {
    // As memory may look that is given up and used again while it is read.
    struct {
        PyASCIIObject head = {};
        char characters[4000] = {};
    } planted;
    planted.head.length = 400;
    planted.head.state.compact = 1;
    planted.head.state.ascii = 1;
    const StackReader reader;
    for (unsigned kind = 0; kind < 8; ++kind) {
        planted.head.state.kind = kind;
        QCOMPARE(reader.readText(&planted).has_value(), kind == 1 || kind == 2 || kind == 4);
    }
    planted.head.length = -1;
    QVERIFY(!reader.readText(&planted));
}

void test_StallMonitor::namesTheScriptThatHoldsPythonWithItsStack() {
    Gate gate;
    watch(QUICK);
    const JobPtr job = run(u"import ctypes\n\ndef größe():\n    return %1\n\ngröße()\n"_s.arg(gate.wait("PyDLL")));
    QTRY_VERIFY_WITH_TIMEOUT(namesOne(), LIMIT_MS);
    const Stall stall = m_monitor->stalls().first();
    QCOMPARE(int(stall.kind), int(Stall::Kind::HoldsPython));
    QCOMPARE(stall.jobId, job->id());
    QCOMPARE(stall.title, u"measure.py"_s);
    QCOMPARE(stall.where, u"<measure.py>, line 4"_s);
    QCOMPARE(stall.stack, u"  File \"<measure.py>\", line 6, in <module>\n  File \"<measure.py>\", line 4, in größe\n"_s);
    QCOMPARE(m_scripts->output.endedCount(), 0);
    gate.open();
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->stalls().isEmpty(), LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
}

void test_StallMonitor::namesAThreadOfTheScript() {
    Gate gate;
    watch(QUICK);
    const JobPtr job = run(u"import ctypes, threading\n"
                           "threading.Thread(target=lambda: %1).start()\nwhile True: pass\n"_s.arg(gate.wait("PyDLL")));
    QTRY_VERIFY_WITH_TIMEOUT(namesOne(), LIMIT_MS);
    QCOMPARE(m_monitor->stalls().first().jobId, job->id());
    QCOMPARE(m_monitor->stalls().first().where, u"<measure.py>, line 2"_s);
    job->cancel();
    gate.open();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
}

void test_StallMonitor::whatTheProgramDoesItselfCannotBeStopped() {
    std::binary_semaphore ends{0};
    const PythonThreadPtr thread = m_fixture->interpreter.runtime().makeThread(u"completion"_s);
    const auto job = std::make_shared<Job>("Completion of names");
    thread->post([&] {
        const auto context = std::make_shared<ScriptContext>(job, nullptr, std::string());
        const ScriptContext::Scope scope(context);
        const PythonRun run(m_fixture->interpreter.runtime(), context, PythonRun::Whose::Ours);
        ends.acquire();
    });
    const auto end = qScopeGuard([&] { ends.release(); });
    watch(QUICK);
    QTRY_VERIFY_WITH_TIMEOUT(namesOne(), LIMIT_MS);
    QCOMPARE(m_monitor->stalls().first().title, u"Completion of names"_s);
    QCOMPARE(m_monitor->stalls().first().jobId, 0U);
}

void test_StallMonitor::endsAtOnceWhilePythonIsHeld() {
    const PythonHeld held(*m_fixture);
    watch(QUICK);
    QTRY_VERIFY_WITH_TIMEOUT(namesOne(), LIMIT_MS);
    QCOMPARE(m_monitor->stalls().first().jobId, 0U);
    m_monitor.reset();
}

void test_StallMonitor::namesACallThatStopDoesNotReach_data() {
    QTest::addColumn<QString>("call");
    QTest::addColumn<QString>("reason");
    QTest::newRow("C code") << u"ctypes.CDLL(None).sem_wait(GATE)"_s << u"it is in a call of C code that Python cannot interrupt: ctypes.CDLL(None).sem_wait("_s;
    // Its name says nothing.
    QTest::newRow("a call named run") << u"model.run(GATE)"_s
                                      << u"it is in a call of C code that Python cannot interrupt: model.run("_s;
    QTest::newRow("pipe") << u"os.read(a.fileno(), 1)"_s
                          << u"it waits for a file, a pipe or a connection: os.read(a.fileno(), 1) (<measure.py>, line 4)"_s;
    QTest::newRow("socket") << u"a.recv(1)"_s << u"it waits for a network connection: a.recv(1) (<measure.py>, line 4)"_s;
}

void test_StallMonitor::namesACallThatStopDoesNotReach() {
    QFETCH(QString, call);
    QFETCH(QString, reason);
    Gate gate;
    watch(QUICK);
    call.replace(u"GATE"_s, gate.semaphore());
    const JobPtr job = run(u"import ctypes, os, socket; model = type('Model', (), {'run': ctypes.CDLL(None).sem_wait})\n"
                           "a, b = socket.socketpair()\nprint(b.fileno())\n%1\n"_s.arg(call));
    QTRY_VERIFY_WITH_TIMEOUT(!m_scripts->output.of(job).isEmpty(), LIMIT_MS);
    job->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(namesOne(), LIMIT_MS);
    const Stall stall = m_monitor->stalls().first();
    QCOMPARE(int(stall.kind), int(Stall::Kind::DoesNotEnd));
    QCOMPARE(stall.jobId, job->id());
    QVERIFY2(stall.where.startsWith(reason), qPrintable(stall.where));
    QVERIFY2(stall.stack.contains(u"line 4, in <module>"), qPrintable(stall.stack));
    gate.open();
    QCOMPARE(write(m_scripts->output.of(job).toInt(), "x", 1), ssize_t(1));
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->stalls().isEmpty(), LIMIT_MS);
}

void test_StallMonitor::namesAScriptThatCatchesEverythingAndStopsItAgain() {
    watch(QUICK);
    const JobPtr job = run(u"stops = 0\nprint('in')\nwhile stops < 2:\n    try:\n        n = 0\n        while True: n += 1\n"
                           "    except BaseException:\n        stops += 1\nprint('out')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    job->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(namesOne(), LIMIT_MS);
    const Stall stall = m_monitor->stalls().first();
    QVERIFY2(stall.where.startsWith(u"it goes on after the stop, since it catches every exception"), qPrintable(stall.where));
    QCOMPARE(m_scripts->output.endedCount(), 0);
    m_monitor->stopAgain(job->id());
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.endedCount(), 1, LIMIT_MS);
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->stalls().isEmpty(), LIMIT_MS);
}

void test_StallMonitor::saysNothingOfOrdinaryWork() {
    // Many looks, but a limit that nothing here comes near to on any machine.
    watch({std::chrono::minutes(10), std::chrono::minutes(10), std::chrono::milliseconds(1)});
    const QSignalSpy changed(m_monitor.get(), &StallMonitor::changed);
    QCOMPARE(printedBy(*m_fixture, u"import numpy, json, http.client, tintype\nsum(range(10**7))\nprint('done')"_s), u"done\n"_s);
    QCOMPARE(changed.size(), 0);
}

QTEST_GUILESS_MAIN(test_StallMonitor)
#include "test_StallMonitor.moc"
