// Threads that wait for work are woken, and nothing that comes before they wait is missed.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/jobs/WakeUp.h"

#include <QTest>

#include <thread>
#include <vector>

using namespace tintype;

class test_WakeUp : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aWakeBeforeTheWaitIsNotMissed();
    void everyoneWhoWaitsIsWoken();
    void allWorkIsDoneWhenThreadsTakeItInTurns();
};

void test_WakeUp::aWakeBeforeTheWaitIsNotMissed() {
    WakeUp wakeUp;
    const int seen = wakeUp.count();
    wakeUp.wake();
    wakeUp.waitSince(seen);
    QVERIFY(wakeUp.count() != seen);
}

void test_WakeUp::everyoneWhoWaitsIsWoken() {
    WakeUp wakeUp;
    std::atomic<int> woken = 0;
    const int seen = wakeUp.count();
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            wakeUp.waitSince(seen);
            ++woken;
        });
    QCOMPARE(woken.load(), 0);
    wakeUp.wake();
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(woken.load(), 8);
}

void test_WakeUp::allWorkIsDoneWhenThreadsTakeItInTurns() {
    constexpr int PIECES = 20000;
    WakeUp wakeUp;
    std::atomic<int> waiting = 0;
    std::atomic<bool> ended = false;
    int done = 0;
    std::thread worker([&] {
        while (true) {
            const int seen = wakeUp.count();
            const int taken = waiting.exchange(0);
            done += taken;
            if (taken == 0 && ended && waiting == 0)
                return;
            if (taken == 0)
                wakeUp.waitSince(seen);
        }
    });
    for (int i = 0; i < PIECES; ++i) {
        ++waiting;
        wakeUp.wake();
    }
    ended = true;
    wakeUp.wake();
    worker.join();
    QCOMPARE(done, PIECES);
}

QTEST_GUILESS_MAIN(test_WakeUp)
#include "test_WakeUp.moc"
