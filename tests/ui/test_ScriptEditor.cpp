// Scripts are written, saved, searched, run and stopped by real keys, with real Python.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ScriptRunner.h"
#include "tests/scripting/PythonFixture.h"
#include "tests/ui/QtWarnings.h"
#include "ui/editor/FindBar.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/editor/ScriptOutputView.h"
#include "ui/editor/ScriptTab.h"
#include "ui/editor/ScriptText.h"

#include <QAbstractButton>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMainWindow>
#include <QMenuBar>
#include <QMessageBox>
#include <QTabWidget>
#include <QTemporaryDir>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_ScriptEditor : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<PythonFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();
    void cleanup();

    void runsTheTextAsItStands();
    void failureShowsTheExitCodeAndTheTraceback();
    void aClickInATracebackGoesToTheLine();
    void stopEndsALoop();
    void controlF5RunsInAProcessOfItsOwn();
    void severalScriptsRunAtOnce();
    void controlSSavesTheScriptWhateverTheWindowUsesItFor();
    void opensAndSavesUtf8();
    void aFileThatIsNotUtf8IsRefusedWithItsLine();
    void aFailedSaveLeavesTheFileAndTheText();
    void changesAreMarkedAndUndone();
    void enterIndents();
    void controlSlashTogglesComments();
    void findsAndGoesOn();
    void closingAsksForUnsavedText();
    void aFileIsOpenedOnce();
    void progressOnOneLineStaysOneLine();

private:
    ScriptTab& tab() const { return *m_editor->currentTab(); }
    ScriptText& text() const { return tab().text(); }
    QString printed() const { return tab().output().output(); }
    QString state() const { return tab().stateText(); }
    QString message() const { return m_editor->findChild<QLabel*>(u"editorMessage"_s)->text(); }
    QString write(const QString& name, const QByteArray& content);
    QByteArray read(const QString& path);

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<ScriptRunner> m_runner;
    std::unique_ptr<QMainWindow> m_window;
    std::unique_ptr<QTemporaryDir> m_folder;
    ScriptEditor* m_editor = nullptr;
};

void test_ScriptEditor::init() {
    failOnQtWarnings();
    m_folder = std::make_unique<QTemporaryDir>();
    m_runner = std::make_unique<ScriptRunner>(m_fixture->interpreter, m_fixture->workbench);
    m_window = std::make_unique<QMainWindow>();
    m_editor = new ScriptEditor(*m_runner);
    m_window->setCentralWidget(m_editor);
    m_window->resize(700, 600);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    text().setFocus();
}

void test_ScriptEditor::cleanup() {
    m_window.reset();
    m_runner.reset();
}

QString test_ScriptEditor::write(const QString& name, const QByteArray& content) {
    QFile file(m_folder->filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("the test could not write a file");
    return file.fileName();
}

QByteArray test_ScriptEditor::read(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void test_ScriptEditor::runsTheTextAsItStands() {
    QTest::keyClicks(&text(), u"print('from the editor', __name__)"_s);
    QTest::keyClick(&text(), Qt::Key_F5);
    QVERIFY(tab().isRunning());
    QTRY_VERIFY(state().startsWith(u"Finished in"_s));
    QCOMPARE(printed(), u"from the editor __main__\n"_s);
}

void test_ScriptEditor::failureShowsTheExitCodeAndTheTraceback() {
    text().setText(u"import sys\nsys.exit(3)\n"_s);
    m_editor->run();
    QTRY_COMPARE(state(), u"Failed, exit code 3"_s);
    text().setText(u"x = 1\nx / 0\n"_s);
    m_editor->run();
    QTRY_COMPARE(state(), u"Failed, exit code 1"_s);
    QVERIFY(printed().contains(u"ZeroDivisionError"_s));
    text().setText(u"if:\n"_s);
    m_editor->run();
    QTRY_VERIFY(printed().contains(u"SyntaxError"_s));
}

void test_ScriptEditor::aClickInATracebackGoesToTheLine() {
    text().setText(u"a = 1\nb = 2\nc = a / 0\n"_s);
    m_editor->run();
    QTRY_VERIFY(state().startsWith(u"Failed"_s));
    ScriptOutputView& output = tab().output();
    const qsizetype place = output.output().indexOf(u"line 3"_s);
    QVERIFY(place > 0);
    const auto point = [&](unsigned int message) { return int(output.SendScintilla(message, 0UL, long(place))); };
    const QPoint inside(point(QsciScintilla::SCI_POINTXFROMPOSITION) + 3,
                        point(QsciScintilla::SCI_POINTYFROMPOSITION) + 3);
    QTest::mouseClick(output.viewport(), Qt::LeftButton, {}, inside);
    int line = 0;
    int column = 0;
    text().getCursorPosition(&line, &column);
    QCOMPARE(line, 2);
}

void test_ScriptEditor::stopEndsALoop() {
    text().setText(u"print('begun')\nwhile True: pass\n"_s);
    QTest::keyClick(&text(), Qt::Key_F5);
    QTRY_COMPARE(printed(), u"begun\n"_s);
    QTest::keyClick(&text(), Qt::Key_F5, Qt::ShiftModifier);
    QTRY_VERIFY(state().startsWith(u"Stopped after"_s));
    QVERIFY(!tab().isRunning());
}

void test_ScriptEditor::controlF5RunsInAProcessOfItsOwn() {
    text().setText(u"import os\nprint(os.getppid())\nwhile True: pass\n"_s);
    QTest::keyClick(&text(), Qt::Key_F5, Qt::ControlModifier);
    QTRY_COMPARE(printed(), u"%1\n"_s.arg(QCoreApplication::applicationPid()));
    QVERIFY2(state().startsWith(u"Running in its own process"_s), qPrintable(state()));
    QTest::keyClick(&text(), Qt::Key_F5, Qt::ShiftModifier);
    QTRY_VERIFY(state().startsWith(u"Stopped after"_s));
}

void test_ScriptEditor::severalScriptsRunAtOnce() {
    text().setText(u"import time\nprint('one')\nwhile True: time.sleep(0.01)\n"_s);
    m_editor->run();
    ScriptTab& first = tab();
    QTest::keyClick(&text(), Qt::Key_N, Qt::ControlModifier);
    QVERIFY(&tab() != &first);
    text().setText(u"print('two')\n"_s);
    m_editor->run();
    QTRY_VERIFY(state().startsWith(u"Finished"_s));
    QVERIFY(first.isRunning());
    QCOMPARE(printed(), u"two\n"_s);
    QTRY_COMPARE(first.output().output(), u"one\n"_s);
    first.stop();
    QTRY_VERIFY(!first.isRunning());
}

void test_ScriptEditor::controlSSavesTheScriptWhateverTheWindowUsesItFor() {
    auto* saveImage = m_window->menuBar()->addAction(u"Save image"_s);
    saveImage->setShortcut(QKeySequence(u"Ctrl+S"_s));
    QSignalSpy imageSaved(saveImage, &QAction::triggered);
    const QString path = write(u"a.py"_s, "x = 1\n");
    QVERIFY(m_editor->openFile(path));
    QTest::keyClicks(&text(), u"y = 2"_s);
    // Through the window, as a real key comes.
    QTest::keyClick(m_window->windowHandle(), Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(imageSaved.count(), 0);
    QCOMPARE(read(path), "y = 2x = 1\n");
}

void test_ScriptEditor::opensAndSavesUtf8() {
    const QString path = write(u"ü.py"_s, "\xef\xbb\xbfname = '\xc3\xbc \xe2\x82\xac'\r\nx = 1\r\n");
    QVERIFY(m_editor->openFile(path));
    QCOMPARE(text().text(), u"name = 'ü €'\nx = 1\n"_s);
    QVERIFY(!m_editor->hasUnsaved());
    text().append(u"y = 'ß'\n"_s);
    QVERIFY(m_editor->save());
    QCOMPARE(read(path), "name = '\xc3\xbc \xe2\x82\xac'\nx = 1\ny = '\xc3\x9f'\n");
}

void test_ScriptEditor::aFileThatIsNotUtf8IsRefusedWithItsLine() {
    QVERIFY(!m_editor->openFile(write(u"latin.py"_s, "# plain\nname = '\xfc'\n")));
    QVERIFY(message().contains(u"latin.py"_s) && message().contains(u"line 2"_s) && message().contains(u"UTF-8"_s));
    QVERIFY(!m_editor->openFile(m_folder->filePath(u"missing.py"_s)));
    QVERIFY(message().contains(u"missing.py"_s));
    QVERIFY(!m_editor->openFile(m_folder->path()));
    QVERIFY(message().contains(u"folder"_s));
    QCOMPARE(m_editor->tabs().size(), 1);
    QVERIFY(m_editor->openFile(write(u"empty.py"_s, "")));
    QVERIFY(message().isEmpty());
}

void test_ScriptEditor::aFailedSaveLeavesTheFileAndTheText() {
    QVERIFY(m_editor->openFile(write(u"b.py"_s, "old\n")));
    text().setText(u"new\n"_s);
    QVERIFY(m_folder->remove());
    QVERIFY(!m_editor->save());
    QVERIFY(message().contains(u"b.py could not be saved"_s));
    QVERIFY(m_editor->hasUnsaved());
    QCOMPARE(text().text(), u"new\n"_s);
}

void test_ScriptEditor::changesAreMarkedAndUndone() {
    QVERIFY(m_editor->openFile(write(u"c.py"_s, "x = 1\n")));
    auto* tabs = m_editor->findChild<QTabWidget*>();
    QCOMPARE(tabs->tabText(0), u"c.py"_s);
    QTest::keyClicks(&text(), u"zz"_s);
    QCOMPARE(tabs->tabText(0), u"c.py •"_s);
    QCOMPARE(m_editor->unsavedNames(), QStringList{u"c.py"_s});
    QTest::keyClick(&text(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(tabs->tabText(0), u"c.py"_s);
    QCOMPARE(text().text(), u"x = 1\n"_s);
}

void test_ScriptEditor::enterIndents() {
    QTest::keyClicks(&text(), u"def f(x):"_s);
    QTest::keyClick(&text(), Qt::Key_Return);
    QTest::keyClicks(&text(), u"return x"_s);
    QTest::keyClick(&text(), Qt::Key_Return);
    QTest::keyClicks(&text(), u"f(1)"_s);
    QCOMPARE(text().text(), u"def f(x):\n    return x\nf(1)"_s);
}

void test_ScriptEditor::controlSlashTogglesComments() {
    const QString before = u"def f():\n    a = 1\n\n    b = 2\n"_s;
    text().setText(before);
    text().selectAll();
    QTest::keyClick(&text(), Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(text().text(), u"# def f():\n#     a = 1\n\n#     b = 2\n"_s);
    QTest::keyClick(&text(), Qt::Key_Slash, Qt::ControlModifier);
    QCOMPARE(text().text(), before);
}

void test_ScriptEditor::findsAndGoesOn() {
    text().setText(u"one two\nTwo three\ntwo\n"_s);
    QTest::keyClick(&text(), Qt::Key_F, Qt::ControlModifier);
    auto* edit = m_editor->findChild<QLineEdit*>(u"findText"_s);
    QVERIFY(edit->isVisible());
    QTest::keyClicks(edit, u"two"_s);
    const auto foundIn = [this] {
        int line = 0;
        int column = 0;
        int endLine = 0;
        int endColumn = 0;
        text().getSelection(&line, &column, &endLine, &endColumn);
        return QPoint(column, line);
    };
    QCOMPARE(foundIn(), QPoint(4, 0));
    QTest::keyClick(edit, Qt::Key_Return);
    QCOMPARE(foundIn(), QPoint(0, 1));
    QTest::keyClick(edit, Qt::Key_F3);
    QCOMPARE(foundIn(), QPoint(0, 2));
    QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(foundIn(), QPoint(0, 1));
    QTest::keyClicks(edit, u"zzz"_s);
    QVERIFY(!text().hasSelectedText() || text().selectedText() != u"two"_s || !edit->text().isEmpty());
    QTest::keyClick(edit, Qt::Key_Escape);
    QVERIFY(!edit->isVisible());
    QVERIFY(text().hasFocus());
}

void test_ScriptEditor::closingAsksForUnsavedText() {
    QTest::keyClicks(&text(), u"precious"_s);
    QTest::keyClick(&text(), Qt::Key_W, Qt::ControlModifier);
    auto* question = m_editor->findChild<QMessageBox*>();
    QVERIFY(question && question->isVisible());
    question->button(QMessageBox::Cancel)->click();
    QCOMPARE(text().text(), u"precious"_s);
    QTRY_VERIFY(!m_editor->findChild<QMessageBox*>());
    QTest::keyClick(&text(), Qt::Key_W, Qt::ControlModifier);
    m_editor->findChild<QMessageBox*>()->button(QMessageBox::Discard)->click();
    QTRY_VERIFY(text().text().isEmpty());
    QCOMPARE(m_editor->tabs().size(), 1);
}

void test_ScriptEditor::aFileIsOpenedOnce() {
    const QString path = write(u"d.py"_s, "x = 1\n");
    QVERIFY(m_editor->openFile(path));
    // The unused script of the beginning made room.
    QCOMPARE(m_editor->tabs().size(), 1);
    m_editor->newScript();
    QVERIFY(m_editor->openFile(path));
    QCOMPARE(m_editor->tabs().size(), 2);
    QCOMPARE(text().path(), path);
}

void test_ScriptEditor::progressOnOneLineStaysOneLine() {
    text().setText(u"for i in range(5): print(f'\\r{i * 20} %', end='', flush=True)\nprint('\\rready')\n"_s);
    m_editor->run();
    QTRY_VERIFY(state().startsWith(u"Finished"_s));
    QCOMPARE(printed(), u"ready\n"_s);
}

QTEST_MAIN(test_ScriptEditor)
#include "test_ScriptEditor.moc"
