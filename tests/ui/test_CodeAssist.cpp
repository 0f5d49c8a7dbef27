// Completion, call tips and documentation are used by real keys in the console and in the script editor.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Completer.h"
#include "scripting/ConsoleSession.h"
#include "tests/scripting/PythonFixture.h"
#include "tests/ui/QtWarnings.h"
#include "ui/code/CallTipView.h"
#include "ui/code/CompletionList.h"
#include "ui/code/DocumentationView.h"
#include "ui/console/ConsolePanel.h"
#include "ui/console/ConsoleView.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/editor/ScriptTab.h"
#include "ui/editor/ScriptText.h"

#include <QFile>
#include <QListView>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_CodeAssist : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void aDotBringsTheNames();
    void typingFiltersWithoutAFurtherQuestion();
    void rubbingOutWidensTheList();
    void twoLettersBringTheNames();
    void enterRunsTheLineUnderAListThatCameByItself();
    void upIsTheHistorysUnderAListThatCameByItself();
    void downThenEnterInserts();
    void controlSpaceSelectsTheFirst();
    void theOnlyNameIsInsertedAtOnce();
    void tabBehindAWordCompletesAndElsewhereIndents();
    void escapePutsTheListAwayAndStopsNothing();
    void keysOfAMappingAreClosed();
    void aTipFollowsTheArguments();
    void documentationOfTheSelectedNameAndOfTheOneAtTheCaret();
    void theEditorCompletesTheScriptsOwnNames();
    void theMouseInserts();
    void nothingAppearsWhilePythonIsHeld();
    void nothingAppearsOverTheNextLine();
    void nothingAppearsAfterEscape();
    void whatIsPrintedMeanwhileDoesNotMoveTheName();
    void losingTheKeyboardPutsEverythingAway();
    void followsTheDesktopsColours();

private:
    void run(const QString& source);
    void type(const QString& text) { QTest::keyClicks(&view(), text); }
    void key(int key, Qt::KeyboardModifiers modifiers = {}) { QTest::keyClick(&view(), Qt::Key(key), modifiers); }
    ConsoleView& view() const { return m_panel->view(); }
    template <typename T>
    T& part(QWidget& widget) const {
        return *widget.findChild<T*>();
    }
    CompletionList& list() const { return part<CompletionList>(view()); }
    CallTipView& tip() const { return part<CallTipView>(view()); }
    DocumentationView& documentation() const { return part<DocumentationView>(view()); }

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<ConsoleSession> m_session;
    std::unique_ptr<Completer> m_completer;
    std::unique_ptr<ConsolePanel> m_panel;
};

void test_CodeAssist::init() {
    failOnQtWarnings();
    QFile::remove(ConsoleHistory::defaultPath());
    m_session = std::make_unique<ConsoleSession>(m_fixture->interpreter, m_fixture->workbench);
    m_completer = std::make_unique<Completer>(m_fixture->interpreter, *m_session);
    m_panel = std::make_unique<ConsolePanel>(*m_session);
    m_panel->setCompleter(*m_completer);
    m_panel->resize(700, 300);
    m_panel->show();
    m_panel->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_panel.get()));
    view().setFocus();
    run(u"im = tt.Image.black(8, 8)\ntt.data.images['scan one'] = im\nwords = ['a']\nwonderful_name = 3\n"_s);
}

void test_CodeAssist::cleanup() {
    m_panel.reset();
    m_completer.reset();
    m_session.reset();
}

void test_CodeAssist::run(const QString& source) {
    QSignalSpy finished(m_session.get(), &ConsoleSession::finished);
    m_session->submit(source);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, LIMIT_MS);
    QVERIFY(finished[0][0].toBool());
}

void test_CodeAssist::aDotBringsTheNames() {
    type(u"im."_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    QVERIFY(list().count() > 200);
    QVERIFY(!list().hasSelection());
    type(u"gaussb"_s);
    QCOMPARE(list().count(), 1);
    key(Qt::Key_Tab);
    QCOMPARE(view().input(), u"im.gaussblur"_s);
    QVERIFY(!list().isVisible());
}

void test_CodeAssist::typingFiltersWithoutAFurtherQuestion() {
    type(u"im."_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    QSignalSpy answers(m_completer.get(), &Completer::completed);
    const PythonHeld held(*m_fixture);
    type(u"gauss"_s);
    QCOMPARE(list().count(), 3);
    type(u"q"_s);
    QVERIFY(!list().isVisible());
    QVERIFY(answers.isEmpty());
}

void test_CodeAssist::rubbingOutWidensTheList() {
    type(u"im."_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    const int all = list().count();
    type(u"gau"_s);
    key(Qt::Key_Backspace);
    key(Qt::Key_Backspace);
    key(Qt::Key_Backspace);
    QTRY_COMPARE(list().count(), all);
    key(Qt::Key_Backspace);
    QTRY_VERIFY(!list().isVisible());
}

void test_CodeAssist::twoLettersBringTheNames() {
    type(u"w"_s);
    QVERIFY(!list().isVisible());
    type(u"o"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    QCOMPARE(list().count(), 2);
    QCOMPARE(list().current().name, u"wonderful_name"_s);
}

void test_CodeAssist::enterRunsTheLineUnderAListThatCameByItself() {
    type(u"wo = 5; wo"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    key(Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(view().output().endsWith(u"wo = 5; wo\n5\n"_s), LIMIT_MS);
    QVERIFY(!list().isVisible());
    QCOMPARE(view().input(), QString());
}

void test_CodeAssist::upIsTheHistorysUnderAListThatCameByItself() {
    type(u"wonder = 1"_s);
    key(Qt::Key_Return);
    type(u"wo"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    key(Qt::Key_Up);
    QCOMPARE(view().input(), u"wonder = 1"_s);
    QTRY_VERIFY(!list().isVisible());
}

void test_CodeAssist::downThenEnterInserts() {
    type(u"wo"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    key(Qt::Key_Down);
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    QCOMPARE(view().input(), u"words"_s);
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(view().input(), u"wo"_s);
}

void test_CodeAssist::controlSpaceSelectsTheFirst() {
    type(u"im.gauss"_s);
    key(Qt::Key_Escape);
    key(Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible() && list().hasSelection(), LIMIT_MS);
    key(Qt::Key_Return);
    QCOMPARE(view().input(), u"im.gaussblur"_s);
}

void test_CodeAssist::theOnlyNameIsInsertedAtOnce() {
    view().setInput(u"im.gaussb"_s);
    key(Qt::Key_Space, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(view().input(), u"im.gaussblur"_s, LIMIT_MS);
    QVERIFY(!list().isVisible());
}

void test_CodeAssist::tabBehindAWordCompletesAndElsewhereIndents() {
    key(Qt::Key_Tab);
    QCOMPARE(view().input(), u"    "_s);
    view().setInput(u"wonderf"_s);
    key(Qt::Key_Tab);
    QTRY_COMPARE_WITH_TIMEOUT(view().input(), u"wonderful_name"_s, LIMIT_MS);
}

void test_CodeAssist::escapePutsTheListAwayAndStopsNothing() {
    QSignalSpy started(m_session.get(), &ConsoleSession::started);
    m_session->submit(u"while True: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, LIMIT_MS);
    type(u"im."_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    key(Qt::Key_Escape);
    QVERIFY(!list().isVisible());
    QVERIFY(m_session->isBusy());
    key(Qt::Key_Escape);
    QTRY_VERIFY_WITH_TIMEOUT(!m_session->isBusy(), LIMIT_MS);
}

void test_CodeAssist::keysOfAMappingAreClosed() {
    type(u"tt.data.images['"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    type(u"scan "_s);
    QCOMPARE(list().count(), 1);
    key(Qt::Key_Tab);
    QCOMPARE(view().input(), u"tt.data.images['scan one']"_s);
}

void test_CodeAssist::aTipFollowsTheArguments() {
    type(u"im.crop("_s);
    QTRY_VERIFY_WITH_TIMEOUT(tip().isVisible() && tip().text().contains(u"<b>left</b>"_s), LIMIT_MS);
    type(u"1,"_s);
    QTRY_VERIFY_WITH_TIMEOUT(tip().text().contains(u"<b>top</b>"_s), LIMIT_MS);
    type(u" 2, 3, 4"_s);
    QTRY_VERIFY_WITH_TIMEOUT(tip().text().contains(u"<b>height</b>"_s), LIMIT_MS);
    key(Qt::Key_Home);
    QTRY_VERIFY_WITH_TIMEOUT(!tip().isVisible(), LIMIT_MS);
    key(Qt::Key_End);
    type(u",)"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!tip().isVisible(), LIMIT_MS);
}

void test_CodeAssist::documentationOfTheSelectedNameAndOfTheOneAtTheCaret() {
    type(u"im.gauss"_s);
    key(Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible() && list().hasSelection(), LIMIT_MS);
    key(Qt::Key_I, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(documentation().isVisible(), LIMIT_MS);
    QVERIFY(documentation().text().contains(u"Smooth with a bell-shaped window."_s));
    key(Qt::Key_Down);
    QTRY_VERIFY_WITH_TIMEOUT(documentation().title().startsWith(u"gaussmat("_s), LIMIT_MS);
    key(Qt::Key_Escape);
    QVERIFY(!documentation().isVisible() && list().isVisible());
    key(Qt::Key_Escape);
    view().setInput(u"len"_s);
    key(Qt::Key_I, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(documentation().isVisible(), LIMIT_MS);
    QVERIFY(documentation().text().contains(u"number of items"_s));
    type(u"g"_s);
    QTRY_VERIFY(!documentation().isVisible());
}

void test_CodeAssist::theEditorCompletesTheScriptsOwnNames() {
    ScriptRunner runner(m_fixture->interpreter, m_fixture->workbench);
    ScriptEditor editor(runner);
    editor.setCompleter(*m_completer);
    editor.show();
    editor.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&editor));
    ScriptText& text = editor.currentTab()->text();
    text.setText(u"import tintype as tt\n\ndef measure(picture):\n    return picture\n\nim = tt.open('a.tif')\n"_s);
    text.setCursorPosition(6, 0);
    text.setFocus();
    auto& names = part<CompletionList>(text);
    QTest::keyClicks(&text, u"me"_s);
    QTRY_VERIFY_WITH_TIMEOUT(names.isVisible(), LIMIT_MS);
    QCOMPARE(names.current().name, u"measure"_s);
    QTest::keyClick(&text, Qt::Key_Tab);
    QTest::keyClicks(&text, u"(im.ot"_s);
    QTRY_VERIFY_WITH_TIMEOUT(names.isVisible() && names.current().name == u"otsu"_s, LIMIT_MS);
    QTest::keyClick(&text, Qt::Key_Tab);
    QCOMPARE(text.text(6), u"measure(im.otsu"_s);
    QTest::keyClick(&text, Qt::Key_Return);
    QTest::keyClick(&text, Qt::Key_Tab);
    QVERIFY(text.text(7).startsWith(u"    "_s));
}

void test_CodeAssist::theMouseInserts() {
    type(u"im.gauss"_s);
    key(Qt::Key_Space, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible() && list().hasSelection(), LIMIT_MS);
    auto* rows = list().findChild<QListView*>();
    QTest::mouseClick(rows->viewport(), Qt::LeftButton, {}, rows->visualRect(rows->model()->index(1, 0)).center());
    QCOMPARE(view().input(), u"im.gaussmat"_s);
}

void test_CodeAssist::nothingAppearsWhilePythonIsHeld() {
    {
        const PythonHeld held(*m_fixture);
        type(u"im.gauss("_s);
        key(Qt::Key_Space, Qt::ControlModifier);
        key(Qt::Key_I, Qt::ControlModifier);
        QCOMPARE(view().input(), u"im.gauss("_s);
        key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(!list().isVisible() && !tip().isVisible() && !documentation().isVisible());
        type(u"x"_s);
    }
    QSignalSpy answers(m_completer.get(), &Completer::completed);
    QTRY_COMPARE_WITH_TIMEOUT(answers.count(), 1, LIMIT_MS);
    QVERIFY(!list().isVisible());
    QCOMPARE(view().input(), u"x"_s);
}

void test_CodeAssist::nothingAppearsOverTheNextLine() {
    QSignalSpy tips(m_completer.get(), &Completer::callTipFound);
    QSignalSpy texts(m_completer.get(), &Completer::documented);
    {
        const PythonHeld held(*m_fixture);
        type(u"len("_s);
        key(Qt::Key_I, Qt::ControlModifier);
        type(u"words)"_s);
        key(Qt::Key_Return);
        QCOMPARE(view().input(), QString());
    }
    QTRY_VERIFY_WITH_TIMEOUT(tips.count() == 1 && texts.count() == 1, LIMIT_MS);
    QVERIFY(!list().isVisible() && !tip().isVisible() && !documentation().isVisible());
}

void test_CodeAssist::nothingAppearsAfterEscape() {
    type(u"im.crop("_s);
    QTRY_VERIFY_WITH_TIMEOUT(tip().isVisible(), LIMIT_MS);
    QSignalSpy tips(m_completer.get(), &Completer::callTipFound);
    QSignalSpy texts(m_completer.get(), &Completer::documented);
    {
        const PythonHeld held(*m_fixture);
        type(u"1,"_s);
        key(Qt::Key_I, Qt::ControlModifier);
        key(Qt::Key_Escape);
        QVERIFY(!tip().isVisible());
    }
    QTRY_VERIFY_WITH_TIMEOUT(tips.count() >= 1 && texts.count() == 1, LIMIT_MS);
    QVERIFY(!list().isVisible() && !tip().isVisible() && !documentation().isVisible());
}

void test_CodeAssist::whatIsPrintedMeanwhileDoesNotMoveTheName() {
    type(u"im.gaus"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible(), LIMIT_MS);
    view().appendOutput(u"printed by a thread\n"_s.repeated(5), false);
    QVERIFY(list().isVisible());
    key(Qt::Key_Tab);
    QCOMPARE(view().input(), u"im.gaussblur"_s);
}

void test_CodeAssist::losingTheKeyboardPutsEverythingAway() {
    type(u"im.crop(wo"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible() && tip().isVisible(), LIMIT_MS);
    view().clearFocus();
    QVERIFY(!list().isVisible() && !tip().isVisible());
}

void test_CodeAssist::followsTheDesktopsColours() {
    const QPalette light = QApplication::palette();
    QPalette dark = light;
    dark.setColor(QPalette::Base, QColor(30, 30, 30));
    dark.setColor(QPalette::Window, QColor(45, 45, 45));
    dark.setColor(QPalette::Text, QColor(220, 220, 220));
    dark.setColor(QPalette::WindowText, QColor(220, 220, 220));
    QApplication::setPalette(dark);
    type(u"im.crop(wo"_s);
    QTRY_VERIFY_WITH_TIMEOUT(list().isVisible() && tip().isVisible(), LIMIT_MS);
    key(Qt::Key_I, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(documentation().isVisible(), LIMIT_MS);
    for (QWidget* popup : {static_cast<QWidget*>(&list()), static_cast<QWidget*>(&tip()), static_cast<QWidget*>(&documentation())}) {
        const QImage shown = popup->grab().toImage();
        QCOMPARE(shown.pixelColor(shown.width() / 2, shown.height() - 4), QColor(30, 30, 30));
    }
    QApplication::setPalette(light);
}

QTEST_MAIN(test_CodeAssist)
#include "test_CodeAssist.moc"
