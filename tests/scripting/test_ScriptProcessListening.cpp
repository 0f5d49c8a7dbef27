// A script in its own process listens for as long as it has timers and handlers, and what they do comes back.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/ScriptProcessFixture.h"

#include <QFile>
#include <QTemporaryDir>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ScriptProcessListening : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<ScriptProcessFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() { m_fixture->begin(); }

    void whatTimersDoComesBack();
    void listensUntilItsHandlersAreGone();
    void stopEndsTheListening();
    void anErrorTakesTimersAlong();
    void anErrorInATimerIsShown();

private:
    std::unique_ptr<ScriptProcessFixture> m_fixture;
    QTemporaryDir m_folder;
};

void test_ScriptProcessListening::whatTimersDoComesBack() {
    QCOMPARE(m_fixture->run(u"import tintype as tt\ndef later():\n    tt.data.images['late'] = tt.Image.black(4, 4)\n    print('late')\n"
                 "tt.timers.call_later(0.05, later)\nprint('end')\n"_s),
             u"end\nlate\n"_s);
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 0);
    QVERIFY(m_fixture->document().state()->has("late"));
}

void test_ScriptProcessListening::listensUntilItsHandlersAreGone() {
    const QString gate = m_folder.filePath(u"gate"_s);
    const JobPtr job = m_fixture->start(u"import os, time\nimport tintype as tt\n@tt.on('my.thing')\ndef seen(event):\n"
                             "    print(event.what)\n    tt.data.images['seen'] = tt.Image.black(4, 4)\n    tt.off('my.thing', seen)\n"
                             "def look():\n    if os.path.exists('%1'):\n        timer.cancel()\n        tt.emit('my.thing', what='open')\n"
                             "timer = tt.timers.call_every(0.01, look)\n"_s.arg(gate));
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Listening: 1 handler and 1 timer"), LIMIT_MS);
    QCOMPARE(int(job->info().state), int(JobState::Running));
    QVERIFY(QFile(gate).open(QIODevice::WriteOnly));
    m_fixture->waitFor(job);
    QCOMPARE(m_fixture->scripts->output.of(job), u"open\n"_s);
    QCOMPARE(int(job->info().state), int(JobState::Finished));
    QVERIFY(m_fixture->document().state()->has("seen"));
}

void test_ScriptProcessListening::stopEndsTheListening() {
    const JobPtr job = m_fixture->start(u"import tintype as tt\ntt.data.images['a'] = tt.Image.black(2, 2)\ntt.on('my.thing', print)\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Listening: 1 handler"), LIMIT_MS);
    job->cancel();
    m_fixture->waitFor(job);
    QCOMPARE(m_fixture->scripts->output.of(job), u"Stopped.\n"_s);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
    QCOMPARE(m_fixture->document().state()->imageCount(), 0U);
}

void test_ScriptProcessListening::anErrorTakesTimersAlong() {
    const QString text = m_fixture->run(u"import tintype as tt\ntt.timers.call_later(3600, print, 'late')\n1 / 0\n"_s);
    QVERIFY2(text.endsWith(u"ZeroDivisionError: division by zero\n"_s), qPrintable(text));
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 1);
}

void test_ScriptProcessListening::anErrorInATimerIsShown() {
    const QString text = m_fixture->run(u"import tintype as tt\ndef later():\n    1 / 0\ntt.timers.call_later(0, later)\n"_s);
    QVERIFY2(text.startsWith(u"The timer later failed.\nTraceback (most recent call last):\n"_s), qPrintable(text));
    QVERIFY2(text.endsWith(u"ZeroDivisionError: division by zero\n"_s), qPrintable(text));
    QCOMPARE(m_fixture->scripts->output.exitCode(m_fixture->job), 0);
}

QTEST_GUILESS_MAIN(test_ScriptProcessListening)
#include "test_ScriptProcessListening.moc"
