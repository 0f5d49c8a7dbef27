// Python starts as it should, stays off the GUI thread, and ends in order.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ConsoleSession.h"
#include "scripting/Gil.h"
#include "scripting/PythonRuntime.h"
#include "tests/scripting/ForbiddenCalls.h"
#include "tests/scripting/PythonFixture.h"

#include <QProcess>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_Interpreter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }

    void namesTheProgramThatActsAsPython();
    void takesTheSystemsLibraryWhateverThePathSays();
    void loadsNoApiAndNoNumpyAtStart();
    void speaksUtf8();
    void handsOverTheWorkbenchAndTheWindow();
    void plotsWithoutAWindow();
    void leavesTheGilWithNobody();
    void abortsWhenTheGuiThreadTakesTheGil();
    void finalisesInOrder();
    void runsExitHandlersAndFlushes();
    void finalisesUnderTheDaemonsOfScripts();
    void leavesTheSupervisorToAThreadThatIsLeftBehind();
    void leavesExitHandlersThatHang();
    void aPoolThatHangsKeepsNoHandlerFromRunning();
    void saysThatExitHandlersHadNoThread();
    void aSupervisorThatHadNoThreadIsTriedAgain();
    void aForgottenThreadKeepsNoHandlerFromRunning();
    void saysWhyPythonCannotStart();

private:
    QString evaluated(const QString& expression) {
        return printedBy(*m_fixture, u"import sys, os\nprint(%1)\n"_s.arg(expression)).trimmed();
    }
    std::unique_ptr<PythonFixture> m_fixture;
};

namespace {

struct ChildEnd {
    QProcess::ExitStatus status;
    int code;
    QString out;
    QString error;
};

ChildEnd runChild(const QString& what, const QProcessEnvironment& environment = QProcessEnvironment::systemEnvironment()) {
    QProcess child;
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, what});
    child.waitForFinished(LIMIT_MS);
    return {child.exitStatus(), child.exitCode(), QString::fromUtf8(child.readAllStandardOutput()),
            QString::fromUtf8(child.readAllStandardError())};
}

/// A thread that does not end in time goes on after the interpreter is gone, and wants to stop something.
int leaveAThreadBehind() {
    auto fixture = std::make_unique<PythonFixture>();
    PythonRuntime& runtime = fixture->interpreter.runtime();
    std::binary_semaphore held(0), ended(0);
    PythonThread* const thread = runtime.makeThread(u"left behind"_s).release();
    thread->post([&] {
        {
            const GilRelease release;
            held.acquire();
        }
        runtime.supervisor().post([&] { ended.release(); });
    });
    fixture.reset();
    held.release();
    return ended.try_acquire_for(std::chrono::milliseconds(LIMIT_MS)) ? 0 : 1;
}

/// Threads that want the GIL again and again, in Python code, from bindings and from waits.
const QString daemons = u"import threading, time, tintype as tt\n"
                        "def python():\n    while True: sum(range(50))\n"
                        "def native():\n    while True: tt.Image.black(64, 64).avg()\n"
                        "def waits():\n    while True: time.sleep(0.0001)\n"
                        "for work in (python, native, waits) * 8:\n"
                        "    threading.Thread(target=work, daemon=True).start()\n"_s;

/// What the test program does when it was started by itself.
int beChild(const QString& what) {
    if (what == u"no-package") {
        Workbench workbench;
        AnsweringWindow window;
        try {
            Interpreter interpreter({"/usr/bin/python3", "/nowhere"}, workbench, window);
        } catch (const Error& error) {
            std::puts(error.what());
        }
        return 0;
    }
    if (what == u"left-behind")
        return leaveAThreadBehind();
    PythonFixture fixture;
    if (what == u"daemons")
        printedBy(fixture, daemons);
    if (what == u"take-gil")
        GilAcquire acquire;
    const QString register_ = u"import atexit, time\natexit.register(%1)\nprint('registered')\n"_s;
    if (what == u"finalise" || what == u"handlers" || what == u"pools")
        printedBy(fixture, register_.arg(u"lambda: print('handler ran')"_s));
    if (what == u"pools") // runs before what was registered earlier
        printedBy(fixture, u"import multiprocessing.util as u\nu.Finalize(None, time.sleep, (1000,), exitpriority=1)\nprint('in')\n"_s);
    if ((what == u"handlers" || what == u"pools") && !fixture.interpreter.runExitHandlers(QDeadlineTimer(what == u"pools" ? 4000 : 30000)))
        return 2;
    if (what == u"hang") {
        printedBy(fixture, register_.arg(u"lambda: time.sleep(1000)"_s));
        std::_Exit(fixture.interpreter.runExitHandlers(QDeadlineTimer(100)) ? 1 : 0);
    }
    if (what == u"no-thread") {
        const bool isSet = forbidCalls(SYS_clone, SYS_clone3, EAGAIN);
        std::_Exit(isSet && !fixture.interpreter.runExitHandlers(QDeadlineTimer(LIMIT_MS)) ? 0 : 1);
    }
    if (what == u"supervisor") {
        PythonRuntime runtime(fixture.workbench, &fixture.window);
        std::binary_semaphore done(0);
        const auto isMeant = std::make_shared<const bool>(false);
        bool isRefused = withoutCalls(SYS_clone, SYS_clone3, EAGAIN, [&] { runtime.stopThread(0, isMeant); });
        isRefused = isRefused && fixture.window.message().starts_with("Python code is not stopped");
        const bool isThere = isRefused && runtime.supervisor().post([&] { done.release(); });
        std::_Exit(isThere && done.try_acquire_for(std::chrono::milliseconds(LIMIT_MS)) ? 0 : 1);
    }
    if (what == u"modules") {
        const PythonThreadPtr thread = fixture.interpreter.runtime().makeThread(u"test"_s);
        thread->post([] {
            PyRun_SimpleString("import sys; print([m for m in ('tintype', 'numpy', 'traceback') if m in sys.modules], flush=True)");
        });
        thread->post([&thread] { thread->close(); });
        thread->waitForEnd(QDeadlineTimer(LIMIT_MS));
    }
    if (what == u"thread") {
        ConsoleSession console(fixture.interpreter, fixture.workbench);
        QSignalSpy finished(&console, &ConsoleSession::finished);
        console.submit(register_.arg(u"lambda: print('handler ran')"_s));
        console.submit(u"import threading, itertools\nthreading.Thread(target=lambda: all(True for _ in itertools.repeat(0)))"
                       ".start()"_s);
        const bool ended = QTest::qWaitFor([&] { return finished.count() == 2; }, LIMIT_MS);
        fixture.interpreter.runExitHandlers(QDeadlineTimer(2000));
        std::_Exit(ended ? 0 : 1);
    }
    if (what == u"path")
        std::puts(printedBy(fixture, u"import os; print(os.__file__)"_s).trimmed().toUtf8().constData());
    if (what == u"handlers" || what == u"pools") {
        std::fflush(stdout);
        std::_Exit(0);
    }
    return 0;
}

} // namespace

void test_Interpreter::namesTheProgramThatActsAsPython() {
    QCOMPARE(evaluated(u"sys.executable"_s), QString::fromStdString(PythonFixture::settings().pythonProgram));
    QCOMPARE(evaluated(u"sys.flags.utf8_mode"_s), u"1"_s);
}

void test_Interpreter::takesTheSystemsLibraryWhateverThePathSays() {
    QCOMPARE(evaluated(u"os.__file__"_s), u"/usr/lib/python3.11/os.py"_s);
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONHOME"_s, u"/nowhere"_s);
    environment.insert(u"PATH"_s, u"/nowhere"_s);
    QCOMPARE(runChild(u"path"_s, environment).out.trimmed(), u"/usr/lib/python3.11/os.py"_s);
}

void test_Interpreter::loadsNoApiAndNoNumpyAtStart() {
    QCOMPARE(runChild(u"modules"_s).out.trimmed(), u"[]"_s);
}

void test_Interpreter::speaksUtf8() {
    QCOMPARE(evaluated(u"'µm — 顕微鏡'"_s), u"µm — 顕微鏡"_s);
    QCOMPARE(evaluated(u"'\\udcff'"_s), u"\\udcff"_s);
}

void test_Interpreter::handsOverTheWorkbenchAndTheWindow() {
    const QString text = evaluated(u"sys._tintype_workbench, sys._tintype_window"_s);
    QVERIFY2(text.contains(u"\"tintype.workbench\""), qPrintable(text));
    QVERIFY2(text.contains(u"\"tintype.window\""), qPrintable(text));
}

void test_Interpreter::plotsWithoutAWindow() {
    QCOMPARE(evaluated(u"os.environ['MPLBACKEND']"_s), u"Agg"_s);
}

void test_Interpreter::leavesTheGilWithNobody() {
    QVERIFY(!holdsGil());
}

void test_Interpreter::abortsWhenTheGuiThreadTakesTheGil() {
    const ChildEnd end = runChild(u"take-gil"_s);
    QCOMPARE(end.status, QProcess::CrashExit);
    QVERIFY2(end.error.contains(u"the GIL was asked for on the GUI thread"), qPrintable(end.error));
}

void test_Interpreter::finalisesInOrder() {
    const ChildEnd end = runChild(u"finalise"_s);
    QCOMPARE(end.status, QProcess::NormalExit);
    QCOMPARE(end.code, 0);
    QVERIFY2(end.out.contains(u"handler ran"), qPrintable(end.out));
    QCOMPARE(end.error, QString());
}

void test_Interpreter::runsExitHandlersAndFlushes() {
    const ChildEnd end = runChild(u"handlers"_s);
    QCOMPARE(end.code, 0);
    QVERIFY2(end.out.contains(u"handler ran"), qPrintable(end.out));
}

void test_Interpreter::finalisesUnderTheDaemonsOfScripts() {
    for (int i = 0; i < 5; ++i) {
        const ChildEnd end = runChild(u"daemons"_s);
        QCOMPARE(end.error, QString());
        QCOMPARE(end.status, QProcess::NormalExit);
        QCOMPARE(end.code, 0);
    }
}

void test_Interpreter::leavesTheSupervisorToAThreadThatIsLeftBehind() {
    const ChildEnd end = runChild(u"left-behind"_s);
    QCOMPARE(end.status, QProcess::NormalExit);
    QCOMPARE(end.code, 0);
    QVERIFY2(end.error.contains(u"Python is not finalised"), qPrintable(end.error));
}

void test_Interpreter::leavesExitHandlersThatHang() {
    const ChildEnd end = runChild(u"hang"_s);
    QCOMPARE(end.status, QProcess::NormalExit);
    QCOMPARE(end.code, 0);
}

void test_Interpreter::aPoolThatHangsKeepsNoHandlerFromRunning() {
    const ChildEnd end = runChild(u"pools"_s);
    QCOMPARE(end.code, 0);
    QVERIFY2(end.out.contains(u"handler ran"), qPrintable(end.out));
}

void test_Interpreter::saysThatExitHandlersHadNoThread() {
    const ChildEnd end = runChild(u"no-thread"_s);
    QCOMPARE(end.code, 0);
    QVERIFY2(end.error.contains(u"exit handlers did not run, because the system gives this program no more threads"), qPrintable(end.error));
}

void test_Interpreter::aSupervisorThatHadNoThreadIsTriedAgain() {
    const ChildEnd end = runChild(u"supervisor"_s);
    QCOMPARE(end.status, QProcess::NormalExit);
    QVERIFY2(end.code == 0, qPrintable(end.error));
}

void test_Interpreter::aForgottenThreadKeepsNoHandlerFromRunning() {
    const ChildEnd end = runChild(u"thread"_s);
    QCOMPARE(end.code, 0);
    QVERIFY2(end.out.contains(u"handler ran"), qPrintable(end.out));
}

void test_Interpreter::saysWhyPythonCannotStart() {
    const ChildEnd end = runChild(u"no-package"_s);
    QVERIFY2(end.out.contains(u"Python could not be started"), qPrintable(end.out));
    QVERIFY2(end.out.contains(u"/nowhere"), qPrintable(end.out));
}

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && QByteArrayView(argv[1]) == "--child")
        return beChild(QString::fromUtf8(argv[2]));
    test_Interpreter test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_Interpreter.moc"
