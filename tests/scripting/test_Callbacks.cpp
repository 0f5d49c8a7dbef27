// Callbacks, timers and what they belong to: nobody delays anybody, and all of it vanishes with its owner.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/document/Commands.h"
#include "scripting/ConsoleSession.h"
#include "scripting/Gil.h"
#include "scripting/ScriptContext.h"
#include "tests/scripting/ForbiddenCalls.h"
#include "tests/scripting/PythonFixture.h"

#include <atomic>
#include <cmath>
#include <future>
#include <latch>
#include <thread>

namespace py = pybind11;
using namespace tintype;

class test_Callbacks : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_fixture = m_fixture ? std::move(m_fixture) : std::make_unique<PythonFixture>(); }
    void cleanupTestCase();

    void sleepingCallbacksDelayNobodyElse();
    void aCallbackThatWaitsForAnotherOneDoesNotDeadlock();
    void beyondTheMostThreadsCallbacksWaitAndAreNamed();
    void withoutThreadsOfTheSystemTasksWaitOrAreRefused();
    void idleThreadsEnd();
    void callLaterWorksFromAThreadPythonDoesNotKnow();
    void aTimerRunsOnceAndARepeatingOneUntilCancelled();
    void slowFunctionsSkipBeats();
    void badSecondsAreNamed();
    void anErrorIsShownWhereTheOwnerPrintsAndEndsTheTimer();
    void everythingVanishesWithItsOwner();
    void aScriptListensUntilItsTimersAreGone();
    void saysWhatIsLeftToListenFor();
    void stopEndsAScriptThatListens();
    void stopEndsAFunctionOnTiles();
    void aHandlerIsToldOfWhatIsDoneByHandAndVanishesWithItsScript();
    void aScriptThatFailsTakesItsTimersAlong();
    void whatTheConsoleHasMadeStaysAndIsStoppedAsAJob();

private:
    PyCallable define(const char* code, const char* name, const std::shared_ptr<ScriptContext>& context = {});
    template <class Function> void withPython(Function function) { m_fixture->withPython(std::move(function)); }
    PythonRuntime& runtime() { return m_fixture->interpreter.runtime(); }
    /// A Python function that does this, without the GIL.
    PyCallable callable(std::function<void()> work, const std::shared_ptr<ScriptContext>& context = {}) {
        PyCallable made;
        withPython([&] {
            const ScriptContext::Scope scope(context);
            made = PyCallable(py::cpp_function([work = std::move(work)] {
                                  const GilRelease release;
                                  work();
                              }).ptr());
        });
        return made;
    }
    std::shared_ptr<ScriptContext> contextWithOwner() {
        auto context = std::make_shared<ScriptContext>(
            std::make_shared<Job>("test"), [this](OutputStream, const std::string& text) {
                const std::lock_guard lock(m_mutex);
                m_printed += text;
            }, "");
        context->setOwner(std::make_shared<Owner>("test"));
        return context;
    }
    std::string printed() {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_printed, {});
    }
    std::mutex m_mutex;
    std::string m_printed;
    std::unique_ptr<PythonFixture> m_fixture;
};

PyCallable test_Callbacks::define(const char* code, const char* name, const std::shared_ptr<ScriptContext>& context) {
    PyCallable made;
    withPython([&] {
        const ScriptContext::Scope scope(context);
        py::dict names;
        names["__builtins__"] = py::module_::import("builtins");
        py::module_::import("builtins").attr("exec")(code, names);
        made = PyCallable(py::object(names[name]).ptr());
    });
    return made;
}

void test_Callbacks::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_Callbacks::sleepingCallbacksDelayNobodyElse() {
    std::promise<void> wake;
    const std::shared_future<void> awake = wake.get_future().share();
    std::atomic<int> sleeping = 0;
    std::atomic<int> ended = 0;
    const PyCallable sleeper = callable([&] { ++sleeping; awake.wait(); ++ended; });
    for (int i = 0; i < 20; ++i)
        runtime().timers().callLater(0, sleeper);
    QTRY_COMPARE_WITH_TIMEOUT(sleeping.load(), 20, LIMIT_MS);
    std::promise<void> quick;
    runtime().timers().callLater(0, callable([&] { quick.set_value(); }));
    quick.get_future().wait();
    QCOMPARE(ended.load(), 0);
    wake.set_value();
    QTRY_COMPARE_WITH_TIMEOUT(ended.load(), 20, LIMIT_MS);
}

void test_Callbacks::aCallbackThatWaitsForAnotherOneDoesNotDeadlock() {
    // Each waits for the next one, which is asked for by it.
    std::promise<void> bottom;
    std::function<void(int)> descend = [&](int depth) {
        if (depth == 0)
            return;
        std::promise<void> below;
        runtime().timers().callLater(0, callable([&] { descend(depth - 1); below.set_value(); }));
        below.get_future().wait();
    };
    runtime().timers().callLater(0, callable([&] { descend(20); bottom.set_value(); }));
    bottom.get_future().wait();
}

void test_Callbacks::beyondTheMostThreadsCallbacksWaitAndAreNamed() {
    std::vector<std::string> crowded;
    CallbackPool pool([this](const QString& name) { return runtime().makeThread(name); },
                      [&](const std::string& title) { crowded.push_back(title); });
    std::promise<void> wake;
    const std::shared_future<void> awake = wake.get_future().share();
    std::atomic<int> started = 0;
    std::latch ended(CallbackPool::MOST_THREADS + 2);
    for (int i = 0; i < CallbackPool::MOST_THREADS + 2; ++i)
        pool.post("task " + std::to_string(i), [&] {
            ++started;
            const GilRelease release;
            awake.wait();
            ended.count_down();
        });
    QTRY_COMPARE_WITH_TIMEOUT(started.load(), CallbackPool::MOST_THREADS, LIMIT_MS);
    QCOMPARE(pool.threadCount(), CallbackPool::MOST_THREADS);
    QCOMPARE(crowded, std::vector<std::string>{"task 64"});
    wake.set_value();
    ended.wait();
    QVERIFY(pool.end(QDeadlineTimer(LIMIT_MS)));
}

void test_Callbacks::withoutThreadsOfTheSystemTasksWaitOrAreRefused() {
    std::vector<std::string> crowded;
    CallbackPool pool([this](const QString& name) { return runtime().makeThread(name); },
                      [&](const std::string& title) { crowded.push_back(title); });
    const auto withoutThreads = [](const std::function<void()>& post) {
        QVERIFY(withoutCalls(SYS_clone, SYS_clone3, EAGAIN, post));
    };
    std::string refused;
    withoutThreads([&] {
        try {
            pool.post("The timer f", [] {});
        } catch (const Error& error) {
            refused = error.what();
        }
    });
    QCOMPARE(refused, std::string("The timer f is not called: the system gives this program no more threads."));
    QCOMPARE(pool.threadCount(), 0);

    std::promise<void> wake;
    std::promise<void> begun;
    std::promise<void> second;
    QVERIFY(pool.post("first", [&] {
        begun.set_value();
        const GilRelease release;
        wake.get_future().wait();
    }));
    begun.get_future().wait();
    withoutThreads([&] { pool.post("second", [&] { second.set_value(); }); });
    QCOMPARE(crowded, std::vector<std::string>{"second"});
    wake.set_value();
    second.get_future().wait();
    QVERIFY(pool.end(QDeadlineTimer(LIMIT_MS)));
}

void test_Callbacks::idleThreadsEnd() {
    CallbackPool pool([this](const QString& name) { return runtime().makeThread(name); }, [](const std::string&) {},
                      std::chrono::milliseconds(10));
    std::latch ended(3);
    for (int i = 0; i < 3; ++i)
        pool.post("task", [&] { ended.count_down(); });
    ended.wait();
    QTRY_COMPARE_WITH_TIMEOUT(pool.threadCount(), 0, LIMIT_MS);
    std::promise<void> again;
    QVERIFY(pool.post("task", [&] { again.set_value(); }));
    again.get_future().wait();
    QVERIFY(pool.end(QDeadlineTimer(LIMIT_MS)));
    QVERIFY(!pool.post("task", [] {}));
}

void test_Callbacks::callLaterWorksFromAThreadPythonDoesNotKnow() {
    // In C++, and in a Python function that such a thread calls.
    const PyCallable later = define("import tintype as tt, threading\n"
                                    "ran = threading.Event()\n"
                                    "def later(): tt.timers.call_later(0.01, ran.set)\n"
                                    "later.wait = ran.wait\n",
                                    "later");
    std::promise<void> fromCpp;
    const PyCallable function = callable([&] { fromCpp.set_value(); });
    std::thread([&] {
        runtime().timers().callLater(0.01, function);
        later.call();
    }).join();
    fromCpp.get_future().wait();
    bool ran = false;
    std::thread([&] {
        later.call([&](PyObject* f) {
            ran = py::reinterpret_borrow<py::object>(f).attr("wait")(LIMIT_MS / 1000).cast<bool>();
        });
    }).join();
    QVERIFY(ran);
}

void test_Callbacks::aTimerRunsOnceAndARepeatingOneUntilCancelled() {
    const auto once = std::make_shared<std::atomic<int>>(0);
    const auto often = std::make_shared<std::atomic<int>>(0);
    const TimerPtr single = runtime().timers().callLater(0.001, callable([once] { ++*once; }));
    const TimerPtr repeating = runtime().timers().callEvery(0.001, callable([often] { ++*often; }));
    QTRY_VERIFY_WITH_TIMEOUT(*often >= 5, LIMIT_MS);
    QVERIFY(repeating->isActive());
    repeating->cancel();
    QVERIFY(!repeating->isActive());
    repeating->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!single->isActive(), LIMIT_MS);
    QCOMPARE(once->load(), 1);
}

void test_Callbacks::slowFunctionsSkipBeats() {
    // While the function runs no beat begins another call.
    struct Seen {
        std::atomic<int> running = 0;
        std::atomic<int> calls = 0;
        std::atomic<int> beats = 0;
        std::atomic<bool> ends = false;
        std::atomic<bool> overlapped = false;
    };
    // A call may be under way when the test has ended.
    const auto seen = std::make_shared<Seen>();
    const TimerPtr timer = runtime().timers().callEvery(0.001, callable([seen] {
        if (++seen->running > 1)
            seen->overlapped = true;
        // Until beats have passed: those of another timer, which is begun at the same time.
        const int beats = seen->beats;
        ++seen->calls;
        while (!seen->ends && seen->beats < beats + 5)
            std::this_thread::yield();
        --seen->running;
    }));
    const TimerPtr other = runtime().timers().callEvery(0.001, callable([seen] { ++seen->beats; }));
    QTRY_VERIFY_WITH_TIMEOUT(seen->calls >= 5, LIMIT_MS);
    timer->cancel();
    other->cancel();
    seen->ends = true;
    QVERIFY(!seen->overlapped);
}

void test_Callbacks::badSecondsAreNamed() {
    const PyCallable nothing = callable([] {});
    const auto message = [&](bool repeats, double seconds) -> std::string {
        try {
            repeats ? runtime().timers().callEvery(seconds, nothing) : runtime().timers().callLater(seconds, nothing);
            return "no error";
        } catch (const Error& error) {
            return error.what();
        }
    };
    QCOMPARE(message(false, -1.5), std::string("call_later: seconds must be 0 to 100000000, not -1.5"));
    QCOMPARE(message(false, std::nan("")), std::string("call_later: seconds must be 0 to 100000000, not nan"));
    QCOMPARE(message(true, 0), std::string("call_every: seconds must be 0.001 to 100000000, not 0.0"));
    QCOMPARE(message(true, 1e-310), std::string("call_every: seconds must be 0.001 to 100000000, not 1e-310"));
    QCOMPARE(message(true, INFINITY), std::string("call_every: seconds must be 0.001 to 100000000, not inf"));
}

void test_Callbacks::anErrorIsShownWhereTheOwnerPrintsAndEndsTheTimer() {
    const auto context = contextWithOwner();
    const TimerPtr timer = runtime().timers().callEvery(
        0.001, define("def fail():\n    raise ValueError('no disk')\n", "fail", context), "The timer fail");
    QTRY_VERIFY_WITH_TIMEOUT(!timer->isActive(), LIMIT_MS);
    const std::string text = printed();
    QVERIFY2(text.starts_with("The timer fail failed.\nTraceback"), text.c_str());
    QVERIFY2(text.ends_with("ValueError: no disk\n"), text.c_str());
}

void test_Callbacks::everythingVanishesWithItsOwner() {
    const auto context = contextWithOwner();
    const auto calls = std::make_shared<std::atomic<int>>(0);
    const TimerPtr repeating = runtime().timers().callEvery(0.001, callable([calls] { ++*calls; }, context));
    const TimerPtr single = runtime().timers().callLater(3600, callable([] {}, context));
    QTRY_VERIFY_WITH_TIMEOUT(*calls >= 2, LIMIT_MS);
    QCOMPARE(context->owner()->contents(), std::string("2 timers"));
    context->owner()->release();
    QVERIFY(!repeating->isActive());
    QVERIFY(!single->isActive());
    QCOMPARE(context->owner()->contents(), std::string());
    QVERIFY(!runtime().timers().callLater(0, callable([] {}, context))->isActive());
}

void test_Callbacks::aScriptListensUntilItsTimersAreGone() {
    const QString text = printedBy(*m_fixture, QStringLiteral("import tintype as tt\n"
                                                              "def tick(word):\n    print(word)\n"
                                                              "tt.timers.call_later(0.05, tick, 'later')\n"
                                                              "print('end of the text')\n"));
    QCOMPARE(text, QStringLiteral("end of the text\nlater\n"));
}

void test_Callbacks::saysWhatIsLeftToListenFor() {
    Scripts scripts(*m_fixture);
    Gate gate;
    const JobPtr job = scripts.run(QStringLiteral("import ctypes, tintype as tt\n"
                                                  "last = tt.timers.call_every(600, print)\n"
                                                  "first = tt.timers.call_every(600, print)\n"
                                                  "def end():\n"
                                                  "    %1\n"
                                                  "    first.cancel()\n"
                                                  "tt.timers.call_later(0, end)\n").arg(gate.wait("CDLL")));
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Listening: 3 timers"), LIMIT_MS);
    gate.open();
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Listening: 1 timer"), LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(scripts.output.endedCount(), 1, LIMIT_MS);
}

void test_Callbacks::stopEndsAScriptThatListens() {
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    ScriptOutput output(runner);
    const JobPtr job = runner.run({QStringLiteral("test"), {}, QStringLiteral("import tintype as tt\n"
        "tt.timers.call_every(0.001, lambda: print('tick'))\n"), {}});
    QTRY_VERIFY_WITH_TIMEOUT(output.of(job).contains(QStringLiteral("tick")), LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Listening: 1 timer"), LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
    // A call under way may still print after it.
    QVERIFY(output.of(job).contains(QStringLiteral("Stopped.\n")));
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
}

void test_Callbacks::stopEndsAFunctionOnTiles() {
    for (const char* wait : {"time.sleep(3600)", "while True: pass"}) {
        ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
        ScriptOutput output(runner);
        const JobPtr job = runner.run({QStringLiteral("test"), {}, QStringLiteral("import time, tintype as tt\n"
            "def slow(tile):\n"
            "    print('begun')\n"
            "    %1\n"
            "tt.Image.black(500, 500).map_tiles(slow, format='uchar', bands=1).avg()\n")
            .arg(QLatin1String(wait)), {}});
        QTRY_VERIFY_WITH_TIMEOUT(output.of(job).contains(QStringLiteral("begun")), LIMIT_MS);
        job->cancel();
        QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
        QCOMPARE(int(job->info().state), int(JobState::Cancelled));
    }
}

void test_Callbacks::aHandlerIsToldOfWhatIsDoneByHandAndVanishesWithItsScript() {
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    ScriptOutput output(runner);
    const JobPtr job = runner.run({QStringLiteral("test"), {}, QStringLiteral("import tintype as tt\n"
        "@tt.on('image-added')\n"
        "def check(event):\n"
        "    print('told of', event.image)\n"
        "print('ready')\n"), {}});
    QTRY_VERIFY_WITH_TIMEOUT(output.of(job).contains(QStringLiteral("ready")), LIMIT_MS);
    Workbench& workbench = m_fixture->workbench;
    const Image image(workbench.evaluation.apply(workbench.catalog.get("black"), {{"width", 4}, {"height", 4}}));
    setImage(workbench, "by hand", image);
    QTRY_VERIFY_WITH_TIMEOUT(output.of(job).contains(QStringLiteral("told of by hand\n")), LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Listening: 1 handler"), LIMIT_MS);
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(output.endedCount(), 1, LIMIT_MS);
    const QString before = output.of(job);
    setImage(workbench, "later", image);
    // Another script's handler is told, which shows that there was time enough.
    const QString text = printedBy(*m_fixture, QStringLiteral("import threading, tintype as tt\n"
        "told = threading.Event()\n"
        "def note(event): told.set()\n"
        "tt.on('image-added', note)\n"
        "tt.data.images['last'] = tt.Image.black(2, 2)\n"
        "print(told.wait(60))\n"
        "tt.off('image-added', note)\n"));
    QCOMPARE(text, QStringLiteral("True\n"));
    QCOMPARE(output.of(job), before);
}

void test_Callbacks::aScriptThatFailsTakesItsTimersAlong() {
    int code = 0;
    const QString text = printedBy(*m_fixture, QStringLiteral("import tintype as tt\n"
                                                              "tt.timers.call_every(0.001, lambda: None)\n"
                                                              "1 / 0\n"), &code);
    QVERIFY(text.contains(QStringLiteral("ZeroDivisionError")));
    QCOMPARE(code, 1);
}

void test_Callbacks::whatTheConsoleHasMadeStaysAndIsStoppedAsAJob() {
    ConsoleSession console(m_fixture->interpreter, m_fixture->workbench);
    QString text;
    connect(&console, &ConsoleSession::output, this, [&](const QString& piece) { text += piece; });
    QSignalSpy finished(&console, &ConsoleSession::finished);
    console.submit(QStringLiteral("import time, tintype as tt"));
    console.submit(QStringLiteral("def forever():\n    print('begun')\n    while True: pass\n"));
    console.submit(QStringLiteral("timer = tt.timers.call_later(0, forever)"));
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 3, LIMIT_MS);
    QTRY_VERIFY_WITH_TIMEOUT(text.contains(QStringLiteral("begun")), LIMIT_MS);
    // What takes long is listed, with a Stop of its own.
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->workbench.jobs.running().size(), std::size_t(1), LIMIT_MS);
    const JobPtr job = m_fixture->workbench.jobs.running().front();
    QCOMPARE(job->info().title, std::string("Console: The timer forever"));
    job->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(int(job->info().state), int(JobState::Cancelled), LIMIT_MS);
}

QTEST_GUILESS_MAIN(test_Callbacks)
#include "test_Callbacks.moc"
