// A script in its own process works on a copy of the document, can always be ended, and takes nothing down with it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/Commands.h"
#include "core/pixels/PixelBuffer.h"
#include "tests/scripting/PythonFixture.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstring>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ScriptProcess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void hasItsOwnMainAndArguments();
    void endsWithTheExitCode_data();
    void endsWithTheExitCode();
    void showsATracebackWithItsSource();
    void whatItDidComesBackAsOneStep();
    void whatOthersDidMeanwhileStays();
    void anErrorKeepsWhatWasDoneBefore();
    void whatDidNotChangeMakesNoStep();
    void aHugeRecipeTravelsAsARecipe();
    void pixelsTravelInSharedMemory();
    void asksAndTellsInTheWindow();
    void reportsProgressToItsJob();
    void printsArriveInTheirOrder();
    void stopRunsFinallyAndBringsNothingBack_data();
    void stopRunsFinallyAndBringsNothingBack();
    void whatHoldsPythonForeverIsKilled();
    void whatSwallowsTheStopIsKilled();
    void aDeathIsToldInPlainWords_data();
    void aDeathIsToldInPlainWords();
    void itsChildrenEndWithIt();
    void runsWhilePythonStandsStill();
    void usesSeveralCoresAndNativeModules_data();
    void usesSeveralCoresAndNativeModules();
    void endsWhenTheWindowDies();
    void endingTheRunnerEndsIt();

private:
    JobPtr start(const QString& text, const QString& path = {}, const QStringList& arguments = {}) {
        return m_runner->run({u"test"_s, path, text, arguments, true});
    }
    void waitFor(const JobPtr& job) {
        QTRY_VERIFY_WITH_TIMEOUT(m_output->exitCode(job) >= 0, 2 * LIMIT_MS);
    }
    /// Runs to the end; what was printed.
    QString run(const QString& text, const QString& path = {}, const QStringList& arguments = {}) {
        m_job = start(text, path, arguments);
        waitFor(m_job);
        return m_output->of(m_job);
    }
    Document& document() { return m_fixture->workbench.document; }
    void add(const std::string& name, const Image& image) { setImage(m_fixture->workbench, name, image); }
    Image black(int width, int height) {
        const OperationCatalog& catalog = m_fixture->workbench.catalog;
        return Image(catalog.makeNode(*catalog.find("black"), {{"width", width}, {"height", height}}));
    }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<ScriptRunner> m_runner;
    std::unique_ptr<tintype::ScriptOutput> m_output;
    QTemporaryDir m_folder;
    JobPtr m_job;
};

void test_ScriptProcess::init() {
    document().replace({}, {});
    m_runner = std::make_unique<ScriptRunner>(m_fixture->interpreter, m_fixture->workbench);
    m_output = std::make_unique<tintype::ScriptOutput>(*m_runner);
}

void test_ScriptProcess::cleanup() {
    m_output.reset();
    m_runner.reset();
}

void test_ScriptProcess::hasItsOwnMainAndArguments() {
    QFile file(m_folder.filePath(u"own.py"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("import sys, os, __main__\nprint(__name__, __file__, sys.argv, os.getpid() != os.getppid())\nx = 5\n"
               "print(__main__.x, sys.path[0] == os.path.dirname(__file__), os.getppid() == int(sys.argv[1]))\n");
    file.close();
    const QString pid = QString::number(QCoreApplication::applicationPid());
    QCOMPARE(run({}, file.fileName(), {pid, u"a b"_s}),
             u"__main__ %1 ['%1', '%2', 'a b'] True\n5 True True\n"_s.arg(file.fileName(), pid));
    QCOMPARE(m_output->exitCode(m_job), 0);
    QCOMPARE(int(m_job->info().state), int(JobState::Finished));
    QCOMPARE(m_job->info().title, std::string("test (own process)"));
}

void test_ScriptProcess::endsWithTheExitCode_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<int>("state");
    QTest::newRow("end") << u"pass"_s << 0 << int(JobState::Finished);
    QTest::newRow("exit") << u"import sys; sys.exit(3)"_s << 3 << int(JobState::Failed);
    QTest::newRow("words") << u"import sys; sys.exit('no scan')"_s << 1 << int(JobState::Failed);
    QTest::newRow("error") << u"1 / 0"_s << 1 << int(JobState::Failed);
    QTest::newRow("syntax") << u"a = = 1"_s << 1 << int(JobState::Failed);
}

void test_ScriptProcess::endsWithTheExitCode() {
    QFETCH(QString, text);
    QFETCH(int, exitCode);
    QFETCH(int, state);
    run(text);
    QCOMPARE(m_output->exitCode(m_job), exitCode);
    QCOMPARE(int(m_job->info().state), state);
}

void test_ScriptProcess::showsATracebackWithItsSource() {
    QCOMPARE(run(u"def f(x):\n    return 1 / x\nf(0)\n"_s),
             u"Traceback (most recent call last):\n  File \"<test>\", line 3, in <module>\n    f(0)\n"
             "  File \"<test>\", line 2, in f\n    return 1 / x\n           ~~^~~\n"
             "ZeroDivisionError: division by zero\n"_s);
    QCOMPARE(m_job->info().error, std::string("ZeroDivisionError: division by zero"));
}

void test_ScriptProcess::whatItDidComesBackAsOneStep() {
    add("scan", black(8, 6));
    add("old name", black(3, 3));
    add("gone", black(2, 2));
    add("kept", black(5, 5));
    const Document::State before = document().state();
    const std::size_t steps = document().history().done;
    QCOMPARE(run(u"import tintype as tt\nprint(list(tt.data.images), tt.active.width)\n"
                 "tt.ops.linear(1, 7, image='scan')\ntt.data.images['new'] = tt.data.images['scan'] + 1\n"
                 "tt.data.images.rename('old name', 'new name')\ndel tt.data.images['gone']\n"
                 "tt.data.scripts['note'] = 'pass'\ntt.active = 'scan'\n"_s),
             u"['scan', 'old name', 'gone', 'kept'] 5\n"_s);
    const Document::State after = document().state();
    QCOMPARE(document().history().done, steps + 1);
    QCOMPARE(document().history().edits.back().title, std::string("Run test"));
    QCOMPARE(after->imageNames(), (std::vector<std::string>{"scan", "new name", "kept", "new"}));
    QCOMPARE(after->active(), std::string("scan"));
    QCOMPARE(after->scripts().size(), 1U);
    // The very nodes, not copies: what was computed for them stays.
    QVERIFY(after->image("kept") == before->image("kept"));
    QVERIFY(after->image("new name") == before->image("old name"));
    QVERIFY(upstream(after->image("scan").node()).front() == before->image("scan").node());
    const auto pixels = m_fixture->workbench.evaluation.pixels(after->image("new"));
    QCOMPARE(int(pixels->shape().format), int(PixelFormat::Float));
    QCOMPARE(*static_cast<const float*>(pixels->data()), 8.0f);
    document().undo();
    QVERIFY(*document().state() == *before);
}

void test_ScriptProcess::whatOthersDidMeanwhileStays() {
    add("a", black(1, 1));
    add("b", black(2, 2));
    const QString gate = m_folder.filePath(u"gate"_s);
    const JobPtr job = start(u"import tintype as tt, os, time\ntt.data.images['a'] = tt.Image.black(9, 9)\nprint('in')\n"
                             "while not os.path.exists('%1'): time.sleep(0.01)\n"_s.arg(gate));
    QTRY_COMPARE_WITH_TIMEOUT(m_output->of(job), u"in\n"_s, LIMIT_MS);
    removeImage(document(), "a");
    const Image mine = black(3, 3);
    add("b", mine);
    QFile(gate).open(QIODevice::WriteOnly);
    waitFor(job);
    QCOMPARE(document().state()->imageNames(), (std::vector<std::string>{"b", "a"}));
    QVERIFY(document().state()->image("b") == mine);
}

void test_ScriptProcess::anErrorKeepsWhatWasDoneBefore() {
    run(u"import tintype as tt\ntt.data.images['made'] = tt.Image.black(2, 2)\n1 / 0\n"_s);
    QCOMPARE(m_output->exitCode(m_job), 1);
    QVERIFY(document().state()->has("made"));
}

void test_ScriptProcess::whatDidNotChangeMakesNoStep() {
    add("a", black(1, 1));
    const auto revision = document().revision();
    run(u"import tintype as tt\nprint(tt.active.avg())"_s);
    QCOMPARE(document().revision(), revision);
}

void test_ScriptProcess::aHugeRecipeTravelsAsARecipe() {
    add("huge", black(100000, 90000));
    QCOMPARE(run(u"import tintype as tt\nim = tt.active\nprint(im.width, im.height, im.extract_area(500, 500, 4, 4).avg())\n"
                 "tt.data.images['huge'] = im + 3\n"_s),
             u"100000 90000 0.0\n"_s);
    QCOMPARE(m_fixture->workbench.evaluation.info(document().state()->image("huge")).shape.width, 100000);
}

void test_ScriptProcess::pixelsTravelInSharedMemory() {
    auto pixels = std::make_shared<PixelBuffer>(ImageShape{3000, 2000, 3, PixelFormat::UChar, "srgb"});
    std::memset(pixels->mutableData(), 40, pixels->shape().byteCount());
    add("array", Image(Node::createArray(pixels)));
    const QString text = run(u"import tintype as tt\nim = tt.data.images['array']\nprint(im.width, im.interpretation, im.avg())\n"
                             "sizes = [int(b, 16) - int(a, 16) for a, b in (line.split()[0].split('-') for line in\n"
                             "         open('/proc/self/maps') if 'memfd:tintype' in line)]\n"
                             "print(max(sizes) >= 3000 * 2000 * 3)\n"
                             "a = im.numpy()\na[:] = 50\ntt.data.images['made'] = a\ntt.data.images['kept'] = im + 2\n"_s);
    QCOMPARE(text, u"3000 srgb 40.0\nTrue\n"_s);
    const Document::State state = document().state();
    const auto made = state->image("made").node()->pixels();
    QVERIFY(made);
    QCOMPARE(made->shape().byteCount(), pixels->shape().byteCount());
    const auto* bytes = static_cast<const unsigned char*>(made->data());
    QCOMPARE(int(bytes[0]) + int(bytes[made->shape().byteCount() - 1]), 100);
    // The array of the document did not come back a second time.
    QVERIFY(upstream(state->image("kept").node()).front()->pixels() == pixels);
    QFile maps(u"/proc/self/maps"_s);
    QVERIFY(maps.open(QIODevice::ReadOnly));
    QVERIFY(maps.readAll().contains("memfd:tintype"));
}

void test_ScriptProcess::asksAndTellsInTheWindow() {
    m_fixture->window.answerWith("scan 7");
    add("a", black(1, 1));
    QCOMPARE(run(u"import tintype as tt\nname = input('Name? ')\nprint(name, tt.ui.ask('Again?'), tt.app.has_window)\n"
                 "tt.ui.message('Counted')\ntt.data.images['b'] = tt.active\ntt.ui.show('b')\n"_s),
             u"Name? scan 7\nscan 7 scan 7 True\n"_s);
    QCOMPARE(m_fixture->window.question(), std::string("Again?"));
    QCOMPARE(m_fixture->window.message(), std::string("Counted"));
    QCOMPARE(m_fixture->window.shown(), std::string("b"));
    m_fixture->window.answerWith(std::nullopt);
    QVERIFY(run(u"input('Name? ')"_s).contains(u"EOFError"_s));
}

void test_ScriptProcess::reportsProgressToItsJob() {
    const JobPtr job = start(u"import tintype as tt, time\nfor i in tt.progress(range(4), 'Counting'):\n"
                             "    if i == 2: time.sleep(600)\n    time.sleep(0.2)\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(job->info().detail, std::string("Counting"), LIMIT_MS);
    QTRY_COMPARE_WITH_TIMEOUT(job->info().fraction, 0.5, LIMIT_MS);
    job->cancel();
    waitFor(job);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
}

void test_ScriptProcess::printsArriveInTheirOrder() {
    const QString text = u"import os, subprocess, sys, ctypes\n"
                         "for i in range(20): print(i, file=sys.stderr if i % 2 else sys.stdout)\n"
                         "subprocess.run(['echo', 'from a child'])\nos.write(1, b'raw\\n')\n"
                         "ctypes.CDLL(None).puts(b'from C'); ctypes.CDLL(None).fflush(None)\nprint('µm', '\\udcff')\n"_s;
    QString expected;
    for (int i = 0; i < 20; ++i)
        expected += QString::number(i) + u'\n';
    QCOMPARE(run(text), expected + u"from a child\nraw\nfrom C\nµm \\udcff\n"_s);
}

void test_ScriptProcess::stopRunsFinallyAndBringsNothingBack_data() {
    QTest::addColumn<QString>("wait");
    QTest::newRow("loop") << u"while True: pass"_s;
    QTest::newRow("sleep") << u"time.sleep(600)"_s;
    QTest::newRow("tt.sleep") << u"tt.sleep(600)"_s;
    QTest::newRow("socket") << u"pair = socket.socketpair(); pair[0].recv(1)"_s;
    QTest::newRow("select") << u"select.select([], [], [], 600)"_s;
    QTest::newRow("regular expression") << u"re.match('(a+)+b', 'a' * 40)"_s;
    QTest::newRow("subprocess") << u"subprocess.run(['sleep', '600'])"_s;
    QTest::newRow("lock") << u"lock = threading.Lock(); lock.acquire(); lock.acquire()"_s;
    QTest::newRow("thread") << u"t = threading.Thread(target=time.sleep, args=(600,)); t.start(); t.join()"_s;
    QTest::newRow("native operation") << u"tt.Image.gaussnoise(30000, 30000).gaussblur(20).avg()"_s;
}

void test_ScriptProcess::stopRunsFinallyAndBringsNothingBack() {
    QFETCH(QString, wait);
    const JobPtr job = start(u"import re, select, socket, subprocess, threading, time\nimport tintype as tt\n"
                             "tt.data.images['a'] = tt.Image.black(2, 2)\n"
                             "try:\n    print('in')\n    "_s + wait + u"\nfinally:\n    time.sleep(0.4); print('tidy')\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_output->of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    waitFor(job);
    QCOMPARE(m_output->of(job), u"in\ntidy\nStopped.\n"_s);
    QCOMPARE(m_output->exitCode(job), 130);
    QCOMPARE(int(job->info().state), int(JobState::Cancelled));
    QCOMPARE(document().state()->imageCount(), 0U);
}

void test_ScriptProcess::whatHoldsPythonForeverIsKilled() {
    const JobPtr job = start(u"import re, tintype as tt\ntt.data.images['a'] = tt.Image.black(2, 2)\nprint('in')\n"
                             "sum(range(10**13))\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_output->of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    waitFor(job);
    QCOMPARE(m_output->of(job), u"in\nStopped: the script's process was ended by force; the document is as it was.\n"_s);
    QCOMPARE(document().state()->imageCount(), 0U);
}

void test_ScriptProcess::whatSwallowsTheStopIsKilled() {
    const JobPtr job = start(u"print('in')\nwhile True:\n    try:\n        for i in range(10**12): pass\n    except BaseException: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_output->of(job), u"in\n"_s, LIMIT_MS);
    job->cancel();
    waitFor(job);
    QVERIFY2(m_output->of(job).contains(u"ended by force"_s), qPrintable(m_output->of(job)));
}

void test_ScriptProcess::aDeathIsToldInPlainWords_data() {
    QTest::addColumn<QString>("death");
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("crash") << u"import ctypes; ctypes.string_at(0)"_s << u"by signal 11 (segmentation fault)"_s << 139;
    QTest::newRow("exit") << u"import os; os._exit(3)"_s << u"with exit code 3"_s << 3;
    QTest::newRow("exit without an error") << u"import os; os._exit(0)"_s << u"with exit code 0"_s << 1;
    QTest::newRow("killed") << u"import os; os.kill(os.getpid(), 9)"_s
                            << u"by signal 9 (killed; the system does that when memory runs out)"_s << 137;
}

void test_ScriptProcess::aDeathIsToldInPlainWords() {
    QFETCH(QString, death);
    QFETCH(QString, words);
    QFETCH(int, exitCode);
    const QString text = run(u"import tintype as tt\ntt.data.images['a'] = tt.Image.black(2, 2)\n"_s + death);
    const QString told = u"The script's process ended %1 before the script had finished; the document is as it was."_s.arg(words);
    QVERIFY2(text.endsWith(told + u'\n'), qPrintable(text));
    QCOMPARE(QString::fromStdString(m_job->info().error), told);
    QCOMPARE(m_output->exitCode(m_job), exitCode);
    QCOMPARE(document().state()->imageCount(), 0U);
}

void test_ScriptProcess::itsChildrenEndWithIt() {
    const JobPtr job = start(u"import re, subprocess\nprint(subprocess.Popen(['sleep', '600']).pid)\nsum(range(10**13))\n"_s);
    QTRY_VERIFY_WITH_TIMEOUT(m_output->of(job).endsWith(u'\n'), LIMIT_MS);
    const QString child = u"/proc/"_s + m_output->of(job).trimmed() + u"/cmdline"_s;
    const auto isSleeping = [&] {
        QFile file(child);
        return file.open(QIODevice::ReadOnly) && file.readAll().startsWith("sleep");
    };
    QVERIFY(isSleeping());
    job->cancel();
    waitFor(job);
    QTRY_VERIFY_WITH_TIMEOUT(!isSleeping(), LIMIT_MS);
}

void test_ScriptProcess::runsWhilePythonStandsStill() {
    const PythonHeld held(*m_fixture);
    QCOMPARE(run(u"print('ran')"_s), u"ran\n"_s);
}

void test_ScriptProcess::usesSeveralCoresAndNativeModules_data() {
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("end");
    QTest::newRow("several cores") << u"several_cores.py"_s << u"level 3 True\n[]\n"_s;
    QTest::newRow("native modules") << u"native_modules.py"_s << u"worker: 1.5 (5, 5) 2.0 cn=scan PNG agg\n"_s;
}

void test_ScriptProcess::usesSeveralCoresAndNativeModules() {
    QFETCH(QString, script);
    QFETCH(QString, end);
    const QString text = run({}, qEnvironmentVariable("TINTYPE_SOURCE") + u"/tests/scripts/"_s + script);
    QVERIFY2(text.endsWith(end), qPrintable(text));
    QCOMPARE(m_output->exitCode(m_job), 0);
}

void test_ScriptProcess::endsWhenTheWindowDies() {
    const QString path = m_folder.filePath(u"pid"_s);
    QProcess window;
    window.start(QCoreApplication::applicationFilePath(), {u"--die"_s, path});
    QVERIFY(window.waitForFinished(LIMIT_MS));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString process = u"/proc/"_s + QString::fromUtf8(file.readAll()).trimmed() + u"/cmdline"_s;
    QTRY_VERIFY_WITH_TIMEOUT(!QFile(process).exists(), LIMIT_MS);
}

void test_ScriptProcess::endingTheRunnerEndsIt() {
    const JobPtr job = start(u"print('in')\ntry:\n    while True: pass\nfinally:\n    while True: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(m_output->of(job), u"in\n"_s, LIMIT_MS);
    m_runner.reset();
    QVERIFY(job->info().ended());
}

namespace {

/// A window that dies while a script runs in its own process and holds Python.
int die(const QString& path) {
    PythonFixture fixture;
    ScriptRunner runner(fixture.interpreter, fixture.workbench);
    runner.run({u"test"_s, {}, u"import os, re\nopen('%1.part', 'w').write(str(os.getpid())); os.rename('%1.part', '%1')\n"
                               "sum(range(10**13))\n"_s.arg(path), {}, true});
    const bool isThere = QTest::qWaitFor([&] { return QFile::exists(path); }, LIMIT_MS);
    std::_Exit(isThere ? 0 : 1);
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc == 3 && qstrcmp(argv[1], "--die") == 0)
        return die(QString::fromLocal8Bit(argv[2]));
    test_ScriptProcess test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_ScriptProcess.moc"
