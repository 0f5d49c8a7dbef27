// Tasks run at their time, in their order, and can be taken back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/DeadlineQueue.h"

#include "core/Error.h"
#include "tests/scripting/ForbiddenCalls.h"

#include <QTest>

#include <atomic>
#include <future>

using namespace tintype;

class test_DeadlineQueue : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void runsInTheOrderOfTheDeadlines();
    void isNeverEarly();
    void aCancelledTaskNeverRuns();
    void anEarlierTaskWakesTheSleepingThread();
    void stoppingDropsWhatWaitsAndTakesNoMore();
    void tasksMayPostAndCancel();
    void postsWhenTheSystemHasNoThreadsLeft();
    void isRefusedWhenTheSystemHasNoThreadsLeft();

private:
    using Clock = DeadlineQueue::Clock;
    static Clock::time_point in(int milliseconds) { return Clock::now() + std::chrono::milliseconds(milliseconds); }
};

void test_DeadlineQueue::runsInTheOrderOfTheDeadlines() {
    DeadlineQueue queue;
    std::vector<int> order;
    std::promise<void> done;
    const Clock::time_point now = Clock::now();
    const auto at = [&](int place) { return now + std::chrono::milliseconds(20 * place); };
    queue.post(at(3), [&] { order.push_back(3); done.set_value(); });
    queue.post(at(1), [&] { order.push_back(1); });
    queue.post(at(2), [&] { order.push_back(2); });
    queue.post(at(1), [&] { order.push_back(10); });
    done.get_future().wait();
    QCOMPARE(order, (std::vector<int>{1, 10, 2, 3}));
}

void test_DeadlineQueue::isNeverEarly() {
    DeadlineQueue queue;
    std::promise<Clock::time_point> ran;
    const Clock::time_point due = in(30);
    queue.post(due, [&] { ran.set_value(Clock::now()); });
    QVERIFY(ran.get_future().get() >= due);
}

void test_DeadlineQueue::aCancelledTaskNeverRuns() {
    DeadlineQueue queue;
    std::atomic<bool> ran = false;
    std::promise<void> later;
    const auto number = queue.post(in(20), [&] { ran = true; });
    queue.post(in(40), [&] { later.set_value(); });
    QVERIFY(queue.cancel(number));
    QVERIFY(!queue.cancel(number));
    later.get_future().wait();
    QVERIFY(!ran);
}

void test_DeadlineQueue::anEarlierTaskWakesTheSleepingThread() {
    DeadlineQueue queue;
    std::promise<void> early;
    queue.post(in(3600 * 1000), [] {});
    queue.post(in(1), [&] { early.set_value(); });
    early.get_future().wait();
}

void test_DeadlineQueue::stoppingDropsWhatWaitsAndTakesNoMore() {
    DeadlineQueue queue;
    const auto held = std::make_shared<int>(1);
    queue.post(in(3600 * 1000), [held] {});
    queue.stop();
    QCOMPARE(held.use_count(), 1L);
    QCOMPARE(queue.post(in(0), [] {}), std::uint64_t(0));
}

void test_DeadlineQueue::tasksMayPostAndCancel() {
    DeadlineQueue queue;
    std::promise<void> done;
    const auto other = queue.post(in(3600 * 1000), [] {});
    queue.post(in(0), [&] {
        queue.cancel(other);
        queue.post(in(0), [&] { done.set_value(); });
    });
    done.get_future().wait();
}

void test_DeadlineQueue::postsWhenTheSystemHasNoThreadsLeft() {
    DeadlineQueue queue;
    std::promise<void> done;
    QVERIFY(withoutCalls(SYS_clone, SYS_clone3, EAGAIN, [&] { queue.post(in(0), [&] { done.set_value(); }); }));
    done.get_future().wait();
}

void test_DeadlineQueue::isRefusedWhenTheSystemHasNoThreadsLeft() {
    std::string refused;
    QVERIFY(withoutCalls(SYS_clone, SYS_clone3, EAGAIN, [&] {
        try {
            const DeadlineQueue queue;
        } catch (const Error& error) {
            refused = error.what();
        }
    }));
    QCOMPARE(refused, std::string("there are no timers: the system gives this program no more threads"));
}

QTEST_GUILESS_MAIN(test_DeadlineQueue)
#include "test_DeadlineQueue.moc"
