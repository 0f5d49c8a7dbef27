// Handlers are told of what happens in the program: scripts that start and end, and jobs that end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Events.h"
#include "tests/scripting/PythonFixture.h"

using namespace tintype;
using namespace Qt::StringLiterals;

class test_Events : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() { m_scripts = std::make_unique<Scripts>(*m_fixture); }
    void cleanup();

    void scriptsThatStartAndEndAreTold_data();
    void scriptsThatStartAndEndAreTold();
    void aScriptThatIsStoppedIsToldAsStopped();
    void jobsThatEndAreTold_data();
    void jobsThatEndAreTold();
    void aSlowHandlerOfJobsIsNotToldOfItsOwnEnd();
    void ofAStormTheLastThousandAreTold();

private:
    /// A script that prints what it is told, each event in a line.
    JobPtr listen(const QString& event, const QString& says) {
        const JobPtr job = m_scripts->run(u"import tintype as tt\n@tt.on('%1')\ndef tell(event): print(%2)\n"_s.arg(event, says), u"listener"_s);
        [&] { QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Listening: 1 handler"), LIMIT_MS); }();
        return job;
    }
    static JobInfo ended(const std::string& title, JobKind kind, JobState state, const std::string& error = {}) {
        JobInfo info;
        info.title = title;
        info.kind = kind;
        info.state = state;
        info.error = error;
        info.secondsRun = 1.5;
        return info;
    }
    Events& events() { return m_fixture->interpreter.events(); }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<Scripts> m_scripts;
};

void test_Events::cleanup() {
    for (const JobPtr& job : m_fixture->workbench.jobs.running())
        job->cancel();
    QTRY_VERIFY_WITH_TIMEOUT(m_fixture->workbench.jobs.running().empty(), LIMIT_MS);
    m_scripts.reset();
}

void test_Events::scriptsThatStartAndEndAreTold_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("ownProcess");
    QTest::addColumn<QString>("end");
    for (const bool own : {false, true}) {
        const auto row = [own](const char* name, const QString& text, const QString& end) {
            QTest::addRow("%s%s", name, own ? ", own process" : "") << text << own << end;
        };
        row("end", u"pass"_s, u"finished 0 None"_s);
        row("error", u"1 / 0"_s, u"failed 1 ZeroDivisionError: division by zero"_s);
        row("exit", u"import sys; sys.exit(3)"_s, u"failed 3 The script ended with exit code 3."_s);
    }
}

void test_Events::scriptsThatStartAndEndAreTold() {
    QFETCH(QString, text);
    QFETCH(bool, ownProcess);
    QFETCH(QString, end);
    const JobPtr start = listen(u"script-started"_s, u"event.script, event.path, event.own_process"_s);
    const JobPtr ends = listen(u"script-ended"_s, u"event.script, event.path, event.own_process, event.outcome, event.exit_code, event.error, event.seconds > 0"_s);
    m_scripts->runner.run({u"told"_s, {}, text, {}, ownProcess});
    const QString what = u"told None %1"_s.arg(ownProcess ? u"True"_s : u"False"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_scripts->output.of(start).contains(what + u'\n'), LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(ends), what + u' ' + end + u" True\n"_s, LIMIT_MS);
}

void test_Events::aScriptThatIsStoppedIsToldAsStopped() {
    const JobPtr ends = listen(u"script-ended"_s, u"event.script, event.path, event.outcome, event.exit_code, event.error"_s);
    const JobPtr stopped = m_scripts->run(u"import tintype as tt\nprint('in')\ntt.sleep(600)\n"_s, u"told"_s, u"/tmp/told.py"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(stopped), u"in\n"_s, LIMIT_MS);
    stopped->cancel();
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(ends), u"told /tmp/told.py stopped 130 None\n"_s, LIMIT_MS);
}

void test_Events::jobsThatEndAreTold_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("state");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("told");
    const auto row = [](JobKind kind, JobState state, const QString& error, const QString& told) {
        QTest::newRow(qPrintable(told)) << int(kind) << int(state) << error << told;
    };
    row(JobKind::Operation, JobState::Finished, {}, u"operation finished None"_s);
    row(JobKind::File, JobState::Failed, u"no disk"_s, u"file failed no disk"_s);
    row(JobKind::Script, JobState::Cancelled, {}, u"script stopped None"_s);
    row(JobKind::ConsoleLine, JobState::Finished, {}, u"console line finished None"_s);
}

void test_Events::jobsThatEndAreTold() {
    QFETCH(int, kind);
    QFETCH(int, state);
    QFETCH(QString, error);
    QFETCH(QString, told);
    const JobPtr listener = listen(u"job-ended"_s, u"event.title, event.seconds, event.kind, event.outcome, event.error"_s);
    events().noteJob(ended("Blur", JobKind(kind), JobState(state), error.toStdString()));
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(listener), u"Blur 1.5 "_s + told + u'\n', LIMIT_MS);
}

void test_Events::aSlowHandlerOfJobsIsNotToldOfItsOwnEnd() {
    const JobPtr listener = listen(u"job-ended"_s, u"event.title"_s);
    events().noteJob(ended("Console: The handler tell of job-ended", JobKind::ConsoleLine, JobState::Finished));
    events().noteJob(ended("Console: The handler tell of image-added", JobKind::ConsoleLine, JobState::Finished));
    QTRY_COMPARE_WITH_TIMEOUT(m_scripts->output.of(listener), u"Console: The handler tell of image-added\n"_s, LIMIT_MS);
}

void test_Events::ofAStormTheLastThousandAreTold() {
    const JobPtr listener = listen(u"job-ended"_s, u"event.title"_s);
    {
        // Nobody looks meanwhile.
        const PythonHeld held(*m_fixture);
        for (int i = 1; i <= 3000; ++i)
            events().noteJob(ended(std::to_string(i), JobKind::Operation, JobState::Finished));
    }
    QTRY_VERIFY_WITH_TIMEOUT(m_scripts->output.of(listener).endsWith(u"\n3000\n"_s), LIMIT_MS);
    QVERIFY(m_scripts->output.of(listener).startsWith(u"2001\n"_s));
}

QTEST_GUILESS_MAIN(test_Events)
#include "test_Events.moc"
