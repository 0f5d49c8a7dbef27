// The window and running Python beside each other: console edits, endless loops, stopping, questions of scripts.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/WindowFixture.h"
#include "ui/canvas/CanvasView.h"
#include "ui/console/ConsolePanel.h"
#include "ui/console/ConsoleView.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/panels/JobsIndicator.h"
#include "ui/panels/LogPanel.h"

#include <QCheckBox>
#include <QClipboard>
#include <QProgressBar>
#include <QScrollBar>
#include <QToolBar>
#include <QPushButton>
#include <QSignalSpy>

#include <semaphore.h>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowPython : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();

    void consoleEditsShowInTheWindow();
    void workGoesOnWhileALoopRunsAndStopEndsIt();
    void stopEndsAJobAndTheListShowsThemAll();
    void progressIsShownInPercent();
    void aQuestionIsAnsweredInTheBar();
    void aLineTypedInTheConsoleAsksWhereOneCanType();
    void theConsoleCompletesFromTheKeyboardAndFromTheMenu();
    void aStoppedScriptTakesItsQuestionBack();
    void aFailedScriptIsNamed();
    void aScriptInItsOwnProcessComesBackAsOneStep();
    void stopKillsAProcessThatHoldsPython();
    void aCrashIsToldAndTheWindowLives();
    void messagesAndImagesOfScriptsAreShown();
    void ofAStormOfMessagesTheNewestAreShown();
    void whilePythonIsHeldTheWindowWorksAndSaysWhoHoldsIt();
    void aScriptThatHoldsPythonIsRunInItsOwnProcessNextTimeWhenAsked();
    void aStoppedLineThatCatchesEverythingIsNamedAndStoppedAgain();
    void anEditingLoopLeavesAShortLogAndHistory();
    void outputLeavesTheSelectionOfOthersAlone();

private:
    WindowFixture& f() { return *m_fixture; }
    void run(const QString& line) { f().application->console().submit(line); }

    /// Opens the script in the editor and chooses Script, Run in own process.
    void runApart(const QString& name, const QByteArray& text) {
        QFile file(f().folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        f().open({file.fileName()});
        QTRY_VERIFY(f().find<QAction>("script.runApart")->isEnabled());
        f().chooseInMenu("script.runApart");
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

void test_WindowPython::init() {
    failOnQtWarnings();
    QTRY_VERIFY(!f().application->console().isBusy());
    f().newWindow();
}

void test_WindowPython::consoleEditsShowInTheWindow() {
    run(u"tt.data.images['dark'] = tt.Image.black(8, 6)"_s);
    QTRY_COMPARE(f().list().model()->rowCount(), 1);
    QCOMPARE(f().list().model()->index(0, 0).data().toString(), u"dark"_s);
    QTRY_COMPARE(f().find<QLabel>("imageDetail")->text(), u"8 × 6, 8-bit grey"_s);
    QTRY_VERIFY(f().logText().contains(u"tt.data.images[\"dark\"]"_s));
    QTest::keyClick(&f().window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(f().list().model()->rowCount(), 0);
}

void test_WindowPython::workGoesOnWhileALoopRunsAndStopEndsIt() {
    f().openAndWait("coins.png");
    QSignalSpy finished(&f().application->console(), &ConsoleSession::finished);
    run(u"while True: pass\n"_s);
    auto* indicator = f().find<JobsIndicator>("jobsIndicator");
    QTRY_VERIFY(indicator->isVisible());
    const Image before = f().image("coins");
    f().chooseInMenu("invert");
    QTRY_VERIFY(f().image("coins") != before);
    QVERIFY(finished.isEmpty());
    QTest::mouseClick(f().find<QToolButton>("stopJob"), Qt::LeftButton);
    QTRY_COMPARE(finished.size(), 1);
    QTRY_VERIFY(!indicator->isVisible());
    QCOMPARE(f().messages(), QStringList());
}

void test_WindowPython::stopEndsAJobAndTheListShowsThemAll() {
    const auto wait = [](Job& job) {
        while (!job.token().waitFor(1000))
            continue;
        job.token().check();
    };
    JobQueue& jobs = f().application->workbench().jobs;
    const JobPtr older = jobs.submit("Counting", wait);
    const JobPtr newer = jobs.submit("Measuring", wait);
    auto* all = f().find<QToolButton>("allJobs");
    QTRY_VERIFY(all->isVisible());
    QTest::mouseClick(all, Qt::LeftButton);
    QTRY_VERIFY(f().find<QWidget>("jobsList"));
    const auto buttons = f().find<QWidget>("jobsList")->findChildren<QToolButton*>();
    QCOMPARE(buttons.size(), 2);
    QTest::mouseClick(buttons.first(), Qt::LeftButton);
    QTRY_COMPARE(int(older->info().state), int(JobState::Cancelled));
    QVERIFY(!newer->info().ended());
    newer->cancel();
    QTRY_VERIFY(!f().find<JobsIndicator>("jobsIndicator")->isVisible());
    QTRY_VERIFY(!f().find<QWidget>("jobsList"));
}

void test_WindowPython::progressIsShownInPercent() {
    CancelToken end;
    const JobPtr job = f().application->workbench().jobs.submit("Counting", [end](Job& self) {
        self.setProgress(0.42);
        while (!end.waitFor(1000) && !self.token().isCancelled())
            continue;
    });
    auto* bar = f().find<QProgressBar>("jobProgress");
    QTRY_VERIFY(bar->isVisible());
    QTRY_COMPARE(bar->text(), u"42%"_s);
    end.cancel();
    QTRY_VERIFY(!bar->isVisible());
}

void test_WindowPython::aQuestionIsAnsweredInTheBar() {
    run(u"tt.data.images[tt.ui.ask('Name?', default='scan')] = tt.Image.black(4, 4)"_s);
    auto* bar = f().find<QWidget>("questionBar");
    QTRY_VERIFY(bar->isVisible());
    QCOMPARE(f().find<QLabel>("questionText")->text(), u"Name?"_s);
    auto* input = f().find<QLineEdit>("questionInput");
    QCOMPARE(input->text(), u"scan"_s);
    input->selectAll();
    QTest::keyClicks(input, u"cells"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QTRY_COMPARE(f().names(), std::vector<std::string>{"cells"});
    QVERIFY(!bar->isVisible());
}

void test_WindowPython::aLineTypedInTheConsoleAsksWhereOneCanType() {
    ConsoleView& console = f().window().findChild<ConsolePanel*>()->view();
    console.setFocus();
    QTRY_VERIFY(console.hasFocus());
    QTest::keyClicks(&console, u"tt.data.images[input('Name? ')] = tt.Image.black(4, 4)"_s);
    QTest::keyClick(&console, Qt::Key_Return);
    auto* input = f().find<QLineEdit>("questionInput");
    QTRY_VERIFY(input->hasFocus());
    QTest::keyClicks(input, u"cells"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QTRY_COMPARE(f().names(), std::vector<std::string>{"cells"});
    QTRY_VERIFY(console.hasFocus());
}

void test_WindowPython::theConsoleCompletesFromTheKeyboardAndFromTheMenu() {
    ConsoleView& console = f().window().findChild<ConsolePanel*>()->view();
    console.setFocus();
    QTRY_VERIFY(console.hasFocus());
    console.setInput(u"tt.ops.gaussb"_s);
    QTest::keyClick(&console, Qt::Key_Space, Qt::ControlModifier);
    QTRY_COMPARE(console.input(), u"tt.ops.gaussblur"_s);
    QTest::keyClick(&console, Qt::Key_I, Qt::ControlModifier);
    auto* documentation = console.findChild<QWidget*>(u"documentation"_s);
    QTRY_VERIFY(documentation->isVisible());
    QTest::keyClick(&console, Qt::Key_Escape);
    QVERIFY(!documentation->isVisible());
    f().chooseInMenu("script.explain");
    QTRY_VERIFY(documentation->isVisible());
    console.setInput(u"tt.ops.inv"_s);
    f().chooseInMenu("script.complete");
    QTRY_VERIFY(console.input() == u"tt.ops.invert"_s || console.findChild<QWidget*>(u"completionList"_s)->isVisible());
    QTest::keyClick(&console, Qt::Key_Escape);
    console.setInput({});
}

void test_WindowPython::aStoppedScriptTakesItsQuestionBack() {
    QSignalSpy finished(&f().application->console(), &ConsoleSession::finished);
    run(u"tt.ui.ask('Name?', default='scan')"_s);
    auto* bar = f().find<QWidget>("questionBar");
    QTRY_VERIFY(bar->isVisible());
    f().application->console().stop();
    QTRY_COMPARE(finished.size(), 1);
    QTRY_VERIFY(!bar->isVisible());
}

void test_WindowPython::aFailedScriptIsNamed() {
    const QString path = f().folder.filePath(u"Console: wrong.py"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("1 / 0\n");
    file.close();
    f().window().start({}, path);
    QTRY_COMPARE(f().messages(), QStringList{u"Console: wrong.py: ZeroDivisionError: division by zero"_s});
    // The message comes with the job, the end of the script by a signal of its own, in either order.
    QTRY_VERIFY(!f().find<QAction>("script.stop")->isEnabled());
}

void test_WindowPython::aScriptInItsOwnProcessComesBackAsOneStep() {
    f().openAndWait("coins.png");
    const Image before = f().image("coins");
    runApart(u"apart.py"_s, "import tintype as tt\ntt.ops.invert()\ntt.data.images['dark'] = tt.Image.black(4, 4)\n"
                            "tt.ui.message(input('Done? '))\n");
    auto* input = f().find<QLineEdit>("questionInput");
    QTRY_VERIFY(input->isVisible());
    QVERIFY(f().image("coins") == before);
    QTest::keyClicks(input, u"yes"_s);
    QTest::keyClick(input, Qt::Key_Return);
    QTRY_COMPARE(f().names(), (std::vector<std::string>{"coins", "dark"}));
    QVERIFY(f().image("coins") != before);
    QTRY_COMPARE(f().messages(), QStringList{u"yes"_s});
    QTRY_VERIFY(f().logText().contains(u"# apart.py was run in its own process"_s));
    QTest::keyClick(&f().window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(f().names(), std::vector<std::string>{"coins"});
    QVERIFY(f().image("coins") == before);
}

void test_WindowPython::stopKillsAProcessThatHoldsPython() {
    runApart(u"holds.py"_s, "import tintype as tt\ntt.data.images['a'] = tt.Image.black(4, 4)\ntt.ui.message('in')\n"
                            "sum(range(10**13))\n");
    QTRY_COMPARE(f().messages(), QStringList{u"in"_s});
    QTest::mouseClick(f().find<QToolButton>("stopJob"), Qt::LeftButton);
    QTRY_VERIFY(!f().find<JobsIndicator>("jobsIndicator")->isVisible());
    QTRY_VERIFY(f().find<QLabel>("scriptState")->text().startsWith(u"Stopped after"_s));
    QVERIFY(f().names().empty());
}

void test_WindowPython::aCrashIsToldAndTheWindowLives() {
    runApart(u"crash.py"_s, "import ctypes\nctypes.string_at(0)\n");
    QTRY_COMPARE(f().messages(), QStringList{u"crash.py (own process): The script's process ended by signal 11 (segmentation fault) "
                                             "before the script had finished; the document is as it was."_s});
}

void test_WindowPython::messagesAndImagesOfScriptsAreShown() {
    f().openAndWait("coins.png");
    f().open({f().picture("coffee.png")});
    QTRY_COMPARE(f().list().currentIndex().row(), 1);
    run(u"tt.ui.message('Counted 24 coins'); tt.ui.show('coins')"_s);
    QTRY_COMPARE(f().messages(), QStringList{u"Counted 24 coins"_s});
    QTRY_COMPARE(f().list().currentIndex().row(), 0);
}

void test_WindowPython::ofAStormOfMessagesTheNewestAreShown() {
    run(u"for i in range(100000): tt.ui.message(f'Counted {i}')\n"_s);
    QTRY_VERIFY(f().messages().contains(u"Counted 99999"_s));
    QCOMPARE(f().messages().last(), u"Counted 99999"_s);
    run(u"tt.ui.message('One more')"_s);
    QTRY_COMPARE(f().messages().last(), u"One more"_s);
}

void test_WindowPython::whilePythonIsHeldTheWindowWorksAndSaysWhoHoldsIt() {
    f().openAndWait("coins.png");
    static sem_t gate;
    sem_init(&gate, 0, 0);
    const auto open = qScopeGuard([] { sem_post(&gate); });
    QSignalSpy finished(&f().application->console(), &ConsoleSession::finished);
    run(u"import ctypes; ctypes.PyDLL(None).sem_wait(ctypes.c_void_p(%1))"_s.arg(reinterpret_cast<quintptr>(&gate)));
    auto* bar = f().find<QWidget>("stallBar");
    QTRY_VERIFY(bar->isVisible());
    const QString text = f().find<QLabel>("stallText")->text();
    QVERIFY2(text.startsWith(u"“Console: import ctypes; "_s), qPrintable(text));
    QVERIFY2(text.contains(u"has held Python for"_s) && text.contains(u"You can go on working by hand and save."_s), qPrintable(text));
    QTest::mouseClick(f().find<QPushButton>("stallDetails"), Qt::LeftButton);
    QTRY_VERIFY(f().find<QPlainTextEdit>("stallStack")->isVisible());
    QVERIFY(f().find<QPlainTextEdit>("stallStack")->toPlainText().contains(u"line 1, in <module>"_s));

    auto* canvas = f().find<CanvasView>("canvas");
    canvas->setZoom(8);
    const QPointF before = canvas->viewportPosition(QPointF(0, 0));
    QTest::mousePress(canvas->viewport(), Qt::MiddleButton, {}, QPoint(150, 150));
    QTest::mouseMove(canvas->viewport(), QPoint(100, 110));
    QTest::mouseRelease(canvas->viewport(), Qt::MiddleButton, {}, QPoint(100, 110));
    QCOMPARE(canvas->viewportPosition(QPointF(0, 0)), before + QPointF(-50, -40));
    QTRY_VERIFY(canvas->isComplete());
    const Image opened = f().image("coins");
    f().chooseInMenu("invert");
    QTRY_VERIFY(f().image("coins") != opened);
    QTest::keyClick(&f().window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(f().image("coins") == opened);
    QTest::keyClick(&f().window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    const QString path = f().folder.filePath(u"held.png"_s);
    f().answerFileDialog(path);
    QTRY_VERIFY(QFileInfo::exists(path));

    QVERIFY(finished.isEmpty() && bar->isVisible());
    sem_post(&gate);
    QTRY_COMPARE(finished.size(), 1);
    QTRY_VERIFY(!bar->isVisible());
}

void test_WindowPython::aScriptThatHoldsPythonIsRunInItsOwnProcessNextTimeWhenAsked() {
    static sem_t gate;
    sem_init(&gate, 0, 0);
    const auto open = qScopeGuard([] { sem_post(&gate); });
    const QString path = f().folder.filePath(u"holds.py"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(u"import ctypes, os\nif os.getpid() == %1:\n    ctypes.PyDLL(None).sem_wait(ctypes.c_void_p(%2))\n"_s
                   .arg(QCoreApplication::applicationPid()).arg(reinterpret_cast<quintptr>(&gate)).toUtf8());
    file.close();
    f().window().start({}, path);
    QTRY_VERIFY(f().find<QCheckBox>("stallOwnProcess"));
    auto* choice = f().find<QCheckBox>("stallOwnProcess");
    QTRY_VERIFY(choice->isVisible());
    QVERIFY(!choice->isChecked() && !f().find<QAction>("alwaysApart")->isChecked());
    QTest::mouseClick(choice, Qt::LeftButton);
    QVERIFY(choice->isChecked() && f().find<QAction>("alwaysApart")->isChecked());
    sem_post(&gate);
    const auto ranWell = [&] { return f().find<QLabel>("scriptState")->text().startsWith(u"Finished"_s); };
    QTRY_VERIFY(ranWell());

    // Another window knows it as well; here it would wait for ever otherwise.
    f().newWindow();
    f().window().start({}, path);
    QTRY_VERIFY(f().find<QLabel>("scriptState")->text().startsWith(u"Running in its own process"_s));
    QTRY_VERIFY(ranWell());
    QVERIFY(f().find<QAction>("alwaysApart")->isChecked());
    auto* const toolBar = f().window().findChild<ScriptEditor*>()->findChild<QToolBar*>();
    QTest::mouseClick(toolBar->widgetForAction(f().find<QAction>("alwaysApart")), Qt::LeftButton);
    QVERIFY(!f().find<QAction>("alwaysApart")->isChecked());
    f().newWindow();
    f().open({path});
    QTRY_VERIFY(f().window().windowTitle().size() > 0 && f().find<QAction>("script.run")->isEnabled());
    QVERIFY(!f().find<QAction>("alwaysApart")->isChecked());
}

void test_WindowPython::aStoppedLineThatCatchesEverythingIsNamedAndStoppedAgain() {
    QSignalSpy finished(&f().application->console(), &ConsoleSession::finished);
    run(u"stops = 0\nwhile stops < 2:\n    try:\n        n = 0\n        while True: n += 1\n"
        "    except BaseException:\n        stops += 1\n"_s);
    auto* indicator = f().find<JobsIndicator>("jobsIndicator");
    QTRY_VERIFY(indicator->isVisible());
    QTest::mouseClick(f().find<QToolButton>("stopJob"), Qt::LeftButton);
    auto* bar = f().find<QWidget>("stallBar");
    QTRY_VERIFY(bar->isVisible());
    const QString text = f().find<QLabel>("stallText")->text();
    QVERIFY2(text.contains(u"was stopped"_s) && text.contains(u"catches every exception"_s), qPrintable(text));
    QCOMPARE(f().find<QPushButton>("stallStop")->text(), u"Stop again"_s);
    QTest::mouseClick(f().find<QPushButton>("stallStop"), Qt::LeftButton);
    QTRY_COMPARE(finished.size(), 1);
    QTRY_VERIFY(!bar->isVisible());
}

void test_WindowPython::anEditingLoopLeavesAShortLogAndHistory() {
    QSignalSpy finished(&f().application->console(), &ConsoleSession::finished);
    run(u"for i in range(20000): tt.data.images['n'] = tt.Image.black(1 + i % 50, 4)\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
    QTRY_COMPARE(f().document().history(1).earlier, 19999U);
    auto* history = f().find<QListView>("historyList");
    QTRY_COMPARE(history->model()->index(0, 0).data().toString(), u"19500 earlier edits"_s);
    QVERIFY(f().logText().count(u'\n') <= LogPanel::MOST_LINES);
    QCOMPARE(f().messages(), QStringList());
}

void test_WindowPython::outputLeavesTheSelectionOfOthersAlone() {
    QClipboard& clipboard = *QGuiApplication::clipboard();
    if (!clipboard.supportsSelection())
        QSKIP("Needs an X server");
    ConsoleView& console = f().window().findChild<ConsolePanel*>()->view();
    console.setFocus();
    QTRY_VERIFY(console.hasFocus());
    console.setInput({});
    clipboard.setText(u"chosen elsewhere"_s, QClipboard::Selection);
    run(u"for i in range(100): print('line', i)\n"_s);
    QTRY_VERIFY(console.output().contains(u"line 99\n"_s));
    QCOMPARE(clipboard.text(QClipboard::Selection), u"chosen elsewhere"_s);
}

QTEST_MAIN(test_WindowPython)
#include "test_WindowPython.moc"
