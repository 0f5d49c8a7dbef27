// What the system refuses (a thread, a program, an end) ends one script with a message, and nothing else.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/ChildProcess.h"
#include "scripting/process/ScriptProcess.h"
#include "tests/scripting/ForbiddenCalls.h"
#include "tests/scripting/ScriptProcessFixture.h"

#include <QProcess>

#include <future>

#include <sys/wait.h>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

/// A script in its own process without a runner, which would need the GUI thread; it prints to `output`.
struct Apart {
    Apart(PythonFixture& python, const QString& text, const std::function<void(const std::string&)>& output = {})
        : process({python.workbench, python.window, python.interpreter.pythonProgram()}, {u"test"_s, {}, text, {}, true}, job,
                  [this, output](OutputStream, const std::string& piece) {
                      if (output && !piece.empty())
                          output(piece);
                      printed += piece;
                  },
                  {[this](int exitCode) { ended.set_value(exitCode); }, [] {}}) {}
    /// The exit code; what was printed is there then.
    int exitCode() { return ended.get_future().get(); }

    std::string printed;
    std::promise<int> ended;
    JobPtr job = std::make_shared<Job>("test");
    ScriptProcess process;
};

std::string refusalOf(const std::string& program) {
    try {
        ChildProcess({program});
        return {};
    } catch (const Error& error) {
        return error.what();
    }
}

} // namespace

class test_ScriptProcessRefused : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<ScriptProcessFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init() { m_fixture->begin(); }

    void withoutAThreadTheScriptFails();
    void withoutAThreadForAQuestionNothingIsAnswered();
    void theWindowRunsNoScriptWithoutThreadsAndLives();
    void aProcessThatTheSystemDoesNotEndIsLeftToIt();
    void aProgramThatIsNotThereIsNamed();
    void aProcessThatCannotBeWatchedLeavesNothingBehind();

private:
    std::unique_ptr<ScriptProcessFixture> m_fixture;
};

void test_ScriptProcessRefused::withoutAThreadTheScriptFails() {
    int exitCode = -1;
    std::string printed;
    JobInfo info;
    QVERIFY(withoutCalls(SYS_clone, SYS_clone3, EAGAIN, [&] {
        Apart script(*m_fixture, u"pass"_s);
        exitCode = script.exitCode();
        printed = script.printed;
        info = script.job->info();
    }));
    QCOMPARE(exitCode, 1);
    QCOMPARE(printed, std::string("The script test is not run: the system gives this program no more threads.\n"));
    QCOMPARE(int(info.state), int(JobState::Failed));
    QCOMPARE(info.error + "\n", printed);
}

void test_ScriptProcessRefused::withoutAThreadForAQuestionNothingIsAnswered() {
    m_fixture->window.answerWith("never");
    bool isSet = false;
    // What is printed as an error is shown before the script goes on.
    Apart script(*m_fixture, u"import sys\nprint('in', file=sys.stderr)\ninput('Name? ')\n"_s, [&](const std::string&) {
        isSet = isSet || forbidCalls(SYS_clone, SYS_clone3, EAGAIN);
    });
    QCOMPARE(script.exitCode(), 1);
    QVERIFY(isSet);
    const QString printed = QString::fromStdString(script.printed);
    QVERIFY2(printed.contains(u"The question is not asked: the system gives this program no more threads.\n"_s), qPrintable(printed));
    QVERIFY2(printed.contains(u"EOFError"_s), qPrintable(printed));
}

void test_ScriptProcessRefused::theWindowRunsNoScriptWithoutThreadsAndLives() {
    QProcess window;
    window.start(QCoreApplication::applicationFilePath(), {u"--without-threads"_s});
    QVERIFY(window.waitForFinished(LIMIT_MS));
    const QByteArray refusal = "The script test is not run: the system gives this program no more threads.\n";
    QCOMPARE(window.readAllStandardOutput(), refusal + "1 failed\n" + refusal + "1 failed\n");
    QCOMPARE(window.exitCode(), 0);
}

void test_ScriptProcessRefused::aProcessThatTheSystemDoesNotEndIsLeftToIt() {
    std::string printed;
    int exitCode = -1;
    QVERIFY(withoutCalls(SYS_kill, SYS_kill, EPERM, [&] {
        std::promise<void> begun;
        const QString text = u"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('in')\nwhile True: pass\n"_s;
        Apart script(*m_fixture, text, [&, told = false](const std::string&) mutable {
            if (!std::exchange(told, true))
                begun.set_value();
        });
        begun.get_future().wait();
        script.job->cancel();
        exitCode = script.exitCode();
        printed = script.printed;
    }));
    QCOMPARE(exitCode, 130);
    // It ends by itself when nobody listens to it any more.
    siginfo_t unused{};
    QCOMPARE(waitid(P_ALL, 0, &unused, WEXITED), 0);
    QCOMPARE(printed, std::string("in\nStopped: the system could not end the script's process yet; the document is as it was.\n"));
}

void test_ScriptProcessRefused::aProgramThatIsNotThereIsNamed() {
    QCOMPARE(refusalOf("/there/is/none"),
             std::string("the script's process cannot be started: /there/is/none: No such file or directory"));
}

void test_ScriptProcessRefused::aProcessThatCannotBeWatchedLeavesNothingBehind() {
    std::string refusal;
    QVERIFY(withoutCalls(SYS_pidfd_open, SYS_pidfd_open, EMFILE, [&] { refusal = refusalOf("/bin/cat"); }));
    QCOMPARE(refusal, std::string("the script's process cannot be started: Too many open files"));
    // Not even a process that has ended and nobody has waited for.
    siginfo_t unused{};
    QCOMPARE(waitid(P_ALL, 0, &unused, WEXITED | WNOHANG | WNOWAIT), -1);
    QCOMPARE(errno, ECHILD);
}

namespace {

/// A window for which the system has no more threads runs a script in its own process, and one in the window.
int runWithoutThreads() {
    PythonFixture python;
    ScriptRunner runner(python.interpreter, python.workbench);
    ScriptOutput output(runner);
    if (!forbidCalls(SYS_clone, SYS_clone3, EAGAIN))
        return 1;
    for (const bool ownProcess : {true, false}) {
        const JobPtr job = runner.run({u"test"_s, {}, u"print('ran')"_s, {}, ownProcess});
        if (!QTest::qWaitFor([&] { return output.exitCode(job) >= 0; }, LIMIT_MS))
            return 2;
        std::printf("%s%d %s\n", qPrintable(output.of(job)), output.exitCode(job),
                    job->info().state == JobState::Failed ? "failed" : "not failed");
    }
    std::fflush(stdout);
    std::_Exit(0);
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 2 && qstrcmp(argv[1], "--without-threads") == 0)
        return runWithoutThreads();
    test_ScriptProcessRefused test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_ScriptProcessRefused.moc"
