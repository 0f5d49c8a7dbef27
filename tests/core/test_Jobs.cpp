// Tests that jobs run, report, stop and end, and that threads hand over what they should.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "core/jobs/JobQueue.h"

#include <QTest>

#include <atomic>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <thread>

using namespace tintype;

namespace {

/// The last that was said of each job, for a thread that waits for it.
class Seen {
public:
    void add(const JobInfo& info) {
        std::lock_guard lock(m_mutex);
        m_infos.push_back(info);
        m_changed.notify_all();
    }

    JobInfo waitForEnd(const JobPtr& job) {
        std::unique_lock lock(m_mutex);
        JobInfo found;
        m_changed.wait_for(lock, std::chrono::seconds(30), [&] {
            for (const JobInfo& info : m_infos) {
                if (info.id == job->id() && info.ended())
                    found = info;
            }
            return found.ended();
        });
        return found;
    }

    std::vector<JobInfo> infos() {
        std::lock_guard lock(m_mutex);
        return m_infos;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<JobInfo> m_infos;
};

} // namespace

class TestJobs : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aJobRunsAndTellsItsProgress() {
        Seen seen;
        JobQueue queue(2);
        queue.setObserver([&seen](const JobInfo& info) { seen.add(info); });
        const JobPtr job = queue.submit("Measure", [](Job& self) {
            self.setDetail("row 1");
            self.setProgress(0.25);
        });
        const JobInfo end = seen.waitForEnd(job);
        QCOMPARE(end.state, JobState::Finished);
        QCOMPARE(end.title, std::string("Measure"));
        QCOMPARE(end.detail, std::string("row 1"));
        QCOMPARE(end.fraction, 0.25);
        std::vector<JobState> states;
        for (const JobInfo& info : seen.infos())
            states.push_back(info.state);
        QVERIFY(std::is_sorted(states.begin(), states.end()));
    }

    void whatTheWorkThrowsIsTheError() {
        Seen seen;
        JobQueue queue(1);
        queue.setObserver([&seen](const JobInfo& info) { seen.add(info); });
        const JobPtr bad = queue.submit("Bad", [](Job&) { throw Error(ErrorCode::File, "no such file"); });
        const JobInfo end = seen.waitForEnd(bad);
        QCOMPARE(end.state, JobState::Failed);
        QCOMPARE(end.error, std::string("no such file"));
        const JobPtr next = queue.submit("Next", [](Job&) {});
        QCOMPARE(seen.waitForEnd(next).state, JobState::Finished);
    }

    void cancelWakesTheWork() {
        Seen seen;
        JobQueue queue(1);
        queue.setObserver([&seen](const JobInfo& info) { seen.add(info); });
        std::latch started(1);
        const JobPtr job = queue.submit("Wait", [&started](Job& self) {
            started.count_down();
            self.token().waitFor(60000);
            self.token().check();
        });
        started.wait();
        job->cancel();
        QCOMPARE(seen.waitForEnd(job).state, JobState::Cancelled);
        QVERIFY(queue.running().empty());
    }

    void aJobThatWaitsIsCancelledAtOnceAndNeverRuns() {
        JobQueue queue(1);
        std::latch started(1);
        std::atomic<bool> ran = false;
        const JobPtr first = queue.submit("First", [&started](Job& self) {
            started.count_down();
            self.token().waitFor(60000);
        });
        started.wait();
        const JobPtr second = queue.submit("Second", [&ran](Job&) { ran = true; });
        second->cancel();
        QCOMPARE(second->info().state, JobState::Cancelled);
        std::latch reached(1);
        const JobPtr third = queue.submit("Third", [&reached](Job&) { reached.count_down(); });
        first->cancel();
        reached.wait();
        QVERIFY(!ran);
    }

    void theQueueEndsWhatRunsWhenItGoes() {
        JobPtr running;
        JobPtr waiting;
        {
            JobQueue queue(1);
            std::latch started(1);
            running = queue.submit("Running", [&started](Job& self) {
                started.count_down();
                self.token().waitFor(60000);
                self.token().check();
            });
            started.wait();
            waiting = queue.submit("Waiting", [](Job&) {});
        }
        QCOMPARE(running->info().state, JobState::Cancelled);
        QCOMPARE(waiting->info().state, JobState::Cancelled);
    }

    void aJobOfSomebodyElseIsListedUntilItEnds() {
        Seen seen;
        const auto script = std::make_shared<Job>("script.py");
        {
            JobQueue queue(1);
            queue.setObserver([&seen](const JobInfo& info) { seen.add(info); });
            queue.add(script);
            script->start();
            QCOMPARE(queue.running(), std::vector<JobPtr>{script});
            script->fail("line 3");
            QVERIFY(queue.running().empty());
            QCOMPARE(seen.infos().back().error, std::string("line 3"));
        }
        script->finish();
        QCOMPARE(script->info().state, JobState::Failed);
    }

    void aListedJobMayOutliveTheQueue() {
        const auto script = std::make_shared<Job>("script.py");
        {
            JobQueue queue(1);
            queue.add(script);
            script->start();
        }
        QVERIFY(script->token().isCancelled());
        script->endCancelled();
        QCOMPARE(script->info().state, JobState::Cancelled);
    }

    void theTimeLeftIsUnknownAtFirstAndThenFollowsThePace() {
        Progress progress;
        QCOMPARE(progress.fraction(), -1.0);
        progress.report(0.1, 0.2);
        QCOMPARE(progress.secondsLeft(0.2), -1.0);
        progress.report(0.25, 1.0);
        QCOMPARE(progress.secondsLeft(1.0), 3.0);
        QCOMPARE(progress.secondsLeft(2.0), 2.0);
        progress.report(1.0, 4.0);
        QCOMPARE(progress.secondsLeft(4.0), 0.0);
    }

    void theTimeLeftIsSmoothed() {
        Progress progress;
        progress.report(0.5, 10);
        QCOMPARE(progress.secondsLeft(10), 10.0);
        progress.report(0.501, 10.1);
        // The pace of these 0.1 seconds alone would say 50 seconds.
        QVERIFY(std::abs(progress.secondsLeft(10.1) - 9.9) < 0.2);
        progress.report(0.9, 60);
        QVERIFY(progress.secondsLeft(60) > 6 && progress.secondsLeft(60) < 7);
    }

    void aSecondLoopBeginsANewEstimate() {
        Progress progress;
        progress.report(1.0, 100);
        progress.report(0.0, 100);
        QCOMPARE(progress.secondsLeft(100), -1.0);
        progress.report(0.5, 102);
        QCOMPARE(progress.secondsLeft(102), 2.0);
        progress.report(-1, 103);
        QCOMPARE(progress.fraction(), -1.0);
    }

    void aRegistrationThatEndedIsNotCalled() {
        CancelToken token;
        int calls = 0;
        auto kept = token.onCancel([&calls] { ++calls; });
        auto ended = token.onCancel([&calls] { calls += 100; });
        ended = {};
        token.cancel();
        token.cancel();
        QCOMPARE(calls, 1);
        const auto late = token.onCancel([&calls] { ++calls; });
        QCOMPARE(calls, 2);
        QVERIFY(token.waitFor(60000));
        QVERIFY_THROWS_EXCEPTION(Error, token.check());
    }

    void anEndingRegistrationWaitsForItsCall() {
        CancelToken token;
        std::latch inCall(1);
        std::atomic<bool> returned = false;
        auto registration = token.onCancel([&] {
            inCall.count_down();
            std::this_thread::yield();
            returned = true;
        });
        std::thread canceller([token]() mutable { token.cancel(); });
        inCall.wait();
        registration = {};
        QVERIFY(returned);
        canceller.join();
    }

    void aStormOfPostsWakesOnce() {
        TaskQueue queue;
        int wakes = 0;
        queue.post([] {});
        queue.setWake([&wakes] { ++wakes; });
        QCOMPARE(wakes, 1);
        for (int i = 0; i < 1000; ++i)
            queue.post([] {});
        QCOMPARE(wakes, 1);
        QCOMPARE(queue.takeAll().size(), std::size_t(1001));
        queue.post([] {});
        QCOMPARE(wakes, 2);
    }

    void noWakeReachesAnOwnerThatIsGone() {
        for (int round = 0; round < 200; ++round) {
            TaskQueue queue;
            auto alive = std::make_unique<std::atomic<bool>>(true);
            std::atomic<bool> late = false;
            queue.setWake([&, owner = alive.get()] {
                if (!owner->load())
                    late = true;
            });
            std::latch started(1);
            std::thread poster([&] {
                started.count_down();
                for (int i = 0; i < 50; ++i) {
                    queue.post([] {});
                    queue.takeAll();
                }
            });
            started.wait();
            queue.setWake(nullptr);
            alive->store(false);
            poster.join();
            QVERIFY(!late);
        }
    }

    void tasksAreTakenInTheirOrderUntilTheQueueCloses() {
        TaskQueue queue;
        std::vector<int> order;
        std::thread worker([&] {
            while (const TaskQueue::Task task = queue.take())
                task();
        });
        std::latch done(1);
        for (int i = 0; i < 100; ++i)
            QVERIFY(queue.post([&order, i] { order.push_back(i); }));
        queue.post([&done] { done.count_down(); });
        done.wait();
        queue.close();
        worker.join();
        QCOMPARE(order.size(), std::size_t(100));
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QVERIFY(!queue.post([] {}));
    }
};

QTEST_GUILESS_MAIN(TestJobs)
#include "test_Jobs.moc"
