// Threads for callbacks: as many as are needed, so that nobody delays anybody.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/CallbackFixture.h"
#include "tests/scripting/ForbiddenCalls.h"

#include <atomic>
#include <future>
#include <latch>

using namespace tintype;

class test_CallbackPool : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<CallbackFixture>(); }
    void cleanupTestCase();

    void sleepingCallbacksDelayNobodyElse();
    void aCallbackThatWaitsForAnotherOneDoesNotDeadlock();
    void beyondTheMostThreadsCallbacksWaitAndAreNamed();
    void inAStormTheFirstThatWaitsIsNamedOnce();
    void withoutThreadsOfTheSystemTasksWaitOrAreRefused();
    void idleThreadsEnd();

private:
    std::unique_ptr<CallbackFixture> m_fixture;
};

void test_CallbackPool::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_CallbackPool::sleepingCallbacksDelayNobodyElse() {
    std::promise<void> wake;
    const std::shared_future<void> awake = wake.get_future().share();
    std::atomic<int> sleeping = 0;
    std::atomic<int> ended = 0;
    const PyCallable sleeper = m_fixture->callable([&] { ++sleeping; awake.wait(); ++ended; });
    for (int i = 0; i < 20; ++i)
        m_fixture->runtime().timers().callLater(0, sleeper);
    QTRY_COMPARE_WITH_TIMEOUT(sleeping.load(), 20, LIMIT_MS);
    std::promise<void> quick;
    m_fixture->runtime().timers().callLater(0, m_fixture->callable([&] { quick.set_value(); }));
    quick.get_future().wait();
    QCOMPARE(ended.load(), 0);
    wake.set_value();
    QTRY_COMPARE_WITH_TIMEOUT(ended.load(), 20, LIMIT_MS);
}

void test_CallbackPool::aCallbackThatWaitsForAnotherOneDoesNotDeadlock() {
    // Each waits for the next one, which is asked for by it.
    std::promise<void> bottom;
    std::function<void(int)> descend = [&](int depth) {
        if (depth == 0)
            return;
        std::promise<void> below;
        m_fixture->runtime().timers().callLater(0, m_fixture->callable([&] { descend(depth - 1); below.set_value(); }));
        below.get_future().wait();
    };
    m_fixture->runtime().timers().callLater(0, m_fixture->callable([&] { descend(20); bottom.set_value(); }));
    bottom.get_future().wait();
}

void test_CallbackPool::beyondTheMostThreadsCallbacksWaitAndAreNamed() {
    std::vector<std::string> crowded;
    CallbackPool pool([this](const QString& name) { return m_fixture->runtime().makeThread(name); },
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

void test_CallbackPool::inAStormTheFirstThatWaitsIsNamedOnce() {
    std::vector<std::string> crowded;
    CallbackPool pool([this](const QString& name) { return m_fixture->runtime().makeThread(name); },
                      [&](const std::string& title) { crowded.push_back(title); });
    for (int round = 0; round < 2; ++round) {
        std::promise<void> wake;
        const std::shared_future<void> awake = wake.get_future().share();
        std::latch ended(CallbackPool::MOST_THREADS + 1);
        for (int i = 0; i < CallbackPool::MOST_THREADS + 1; ++i)
            pool.post("task " + std::to_string(i), [&] {
                const GilRelease release;
                awake.wait();
                ended.count_down();
            });
        wake.set_value();
        ended.wait();
    }
    QCOMPARE(crowded.size(), 1U);
    QVERIFY(pool.end(QDeadlineTimer(LIMIT_MS)));
}

void test_CallbackPool::withoutThreadsOfTheSystemTasksWaitOrAreRefused() {
    std::vector<std::string> crowded;
    CallbackPool pool([this](const QString& name) { return m_fixture->runtime().makeThread(name); },
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

void test_CallbackPool::idleThreadsEnd() {
    CallbackPool pool([this](const QString& name) { return m_fixture->runtime().makeThread(name); }, [](const std::string&) {},
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

QTEST_GUILESS_MAIN(test_CallbackPool)
#include "test_CallbackPool.moc"
