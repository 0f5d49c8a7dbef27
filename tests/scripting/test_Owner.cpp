// What handlers and timers belong to: all of it vanishes with its owner.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/Commands.h"
#include "scripting/ConsoleSession.h"
#include "tests/scripting/CallbackFixture.h"

#include <atomic>

using namespace tintype;

class test_Owner : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<CallbackFixture>(); }
    void cleanupTestCase();

    void everythingVanishesWithItsOwner();
    void aScriptListensUntilItsTimersAreGone();
    void saysWhatIsLeftToListenFor();
    void stopEndsAScriptThatListens();
    void aHandlerIsToldOfWhatIsDoneByHandAndVanishesWithItsScript();
    void aScriptThatFailsTakesItsTimersAlong();
    void whatTheConsoleHasMadeStaysAndIsStoppedAsAJob();

private:
    std::unique_ptr<CallbackFixture> m_fixture;
};

void test_Owner::cleanupTestCase() {
    m_fixture.reset();
    QVERIFY(!Py_IsInitialized());
}

void test_Owner::everythingVanishesWithItsOwner() {
    const auto context = m_fixture->contextWithOwner();
    const auto calls = std::make_shared<std::atomic<int>>(0);
    const TimerPtr repeating = m_fixture->runtime().timers().callEvery(0.001, m_fixture->callable([calls] { ++*calls; }, context));
    const TimerPtr single = m_fixture->runtime().timers().callLater(3600, m_fixture->callable([] {}, context));
    QTRY_VERIFY_WITH_TIMEOUT(*calls >= 2, LIMIT_MS);
    QCOMPARE(context->owner()->contents(), std::string("2 timers"));
    context->owner()->release();
    QVERIFY(!repeating->isActive());
    QVERIFY(!single->isActive());
    QCOMPARE(context->owner()->contents(), std::string());
    QVERIFY(!m_fixture->runtime().timers().callLater(0, m_fixture->callable([] {}, context))->isActive());
}

void test_Owner::aScriptListensUntilItsTimersAreGone() {
    const QString text = printedBy(*m_fixture, QStringLiteral("import tintype as tt\n"
                                                              "def tick(word):\n    print(word)\n"
                                                              "tt.timers.call_later(0.05, tick, 'later')\n"
                                                              "print('end of the text')\n"));
    QCOMPARE(text, QStringLiteral("end of the text\nlater\n"));
}

void test_Owner::saysWhatIsLeftToListenFor() {
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

void test_Owner::stopEndsAScriptThatListens() {
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

void test_Owner::aHandlerIsToldOfWhatIsDoneByHandAndVanishesWithItsScript() {
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

void test_Owner::aScriptThatFailsTakesItsTimersAlong() {
    int code = 0;
    const QString text = printedBy(*m_fixture, QStringLiteral("import tintype as tt\n"
                                                              "tt.timers.call_every(0.001, lambda: None)\n"
                                                              "1 / 0\n"), &code);
    QVERIFY(text.contains(QStringLiteral("ZeroDivisionError")));
    QCOMPARE(code, 1);
}

void test_Owner::whatTheConsoleHasMadeStaysAndIsStoppedAsAJob() {
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

QTEST_GUILESS_MAIN(test_Owner)
#include "test_Owner.moc"
