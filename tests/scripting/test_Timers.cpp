// Timers call once or again and again, from any thread, and say what goes wrong.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/CallbackFixture.h"

#include <atomic>
#include <cmath>
#include <thread>

using namespace tintype;

class test_Timers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<CallbackFixture>(); }
    void cleanupTestCase();

    void aTimerRunsOnceAndARepeatingOneUntilCancelled();
    void slowFunctionsSkipBeats();
    void badSecondsAreNamed();
    void anErrorIsShownWhereTheOwnerPrintsAndEndsTheTimer();

private:
    std::unique_ptr<CallbackFixture> m_fixture;
};

void test_Timers::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_Timers::aTimerRunsOnceAndARepeatingOneUntilCancelled() {
    const auto once = std::make_shared<std::atomic<int>>(0);
    const auto often = std::make_shared<std::atomic<int>>(0);
    const TimerPtr single = m_fixture->runtime().timers().callLater(0.001, m_fixture->callable([once] { ++*once; }));
    const TimerPtr repeating = m_fixture->runtime().timers().callEvery(0.001, m_fixture->callable([often] { ++*often; }));
    QTRY_VERIFY_WITH_TIMEOUT(*often >= 5, LIMIT_MS);
    QVERIFY(repeating->isActive());
    repeating->cancel();
    QVERIFY(!repeating->isActive());
    repeating->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!single->isActive(), LIMIT_MS);
    QCOMPARE(once->load(), 1);
}

void test_Timers::slowFunctionsSkipBeats() {
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
    const TimerPtr timer = m_fixture->runtime().timers().callEvery(0.001, m_fixture->callable([seen] {
        if (++seen->running > 1)
            seen->overlapped = true;
        // Until beats have passed: those of another timer, which is begun at the same time.
        const int beats = seen->beats;
        ++seen->calls;
        while (!seen->ends && seen->beats < beats + 5)
            std::this_thread::yield();
        --seen->running;
    }));
    const TimerPtr other = m_fixture->runtime().timers().callEvery(0.001, m_fixture->callable([seen] { ++seen->beats; }));
    QTRY_VERIFY_WITH_TIMEOUT(seen->calls >= 5, LIMIT_MS);
    timer->cancel();
    other->cancel();
    seen->ends = true;
    QVERIFY(!seen->overlapped);
}

void test_Timers::badSecondsAreNamed() {
    const PyCallable nothing = m_fixture->callable([] {});
    const auto message = [&](bool repeats, double seconds) -> std::string {
        try {
            repeats ? m_fixture->runtime().timers().callEvery(seconds, nothing) : m_fixture->runtime().timers().callLater(seconds, nothing);
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

void test_Timers::anErrorIsShownWhereTheOwnerPrintsAndEndsTheTimer() {
    const auto context = m_fixture->contextWithOwner();
    const TimerPtr timer = m_fixture->runtime().timers().callEvery(
        0.001, m_fixture->define("def fail():\n    raise ValueError('no disk')\n", "fail", context), "The timer fail");
    QTRY_VERIFY_WITH_TIMEOUT(!timer->isActive(), LIMIT_MS);
    const std::string text = m_fixture->printed();
    QVERIFY2(text.starts_with("The timer fail failed.\nTraceback"), text.c_str());
    QVERIFY2(text.ends_with("ValueError: no disk\n"), text.c_str());
}

QTEST_GUILESS_MAIN(test_Timers)
#include "test_Timers.moc"
