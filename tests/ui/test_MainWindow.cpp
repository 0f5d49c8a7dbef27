// The whole window, with real Python and real pictures: opening, operations, undo, saving, panels, quitting.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/Commands.h"
#include "tests/ui/HeldJobs.h"
#include "tests/ui/WindowFixture.h"
#include "ui/canvas/CanvasView.h"
#include "ui/operations/OperationForm.h"
#include "ui/operations/OperationPalette.h"
#include "ui/panels/QuestionBar.h"

#include <QAbstractSpinBox>
#include <QClipboard>
#include <QDockWidget>
#include <QLabel>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTimer>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_MainWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();

    void showsAPictureThatIsOpened();
    void anOperationFromTheMenuIsUndoneAndRedoneByKeys();
    void aFormPreviewsAndAppliesAnOperation();
    void theFinderOpensAnOperationByKeys();
    void savesWithoutAskingTheSecondTimeAndOpensTheSamePixels();
    void asksBeforeTheFirstSaveOverTheFileAnImageWasOpenedFrom();
    void aDuplicateAsksWhereToBeSaved();
    void aProjectWhosePictureWasSavedOverSaysSo();
    void planesAreNotLostBySavingOneOverThem();
    void brokenFilesAreNamedAndNothingIsLost_data();
    void brokenFilesAreNamedAndNothingIsLost();
    void goodFilesOpenBesideBrokenOnes();
    void droppedFilesOpen();
    void f2RenamesAndDeleteCloses();
    void aNameThatIsTakenIsRefused();
    void aClickInTheHistoryGoesThere();
    void theLogIsAScript();
    void theRecipeIsCopiedAsPython();
    void theRecipeFollowsStepsUndoAndOtherImages();
    void aProjectIsSavedAndOpened();
    void openingAProjectAsksBeforeStepsAreLost();
    void picturesAndScriptsFollowTheProjectTheyAreOpenedWith();
    void aScriptFollowsFilesThatWereStoppedBeforeTheirTurn();
    void aProjectThatLostAnImageIsNotSaved();
    void aQuestionInTheSameWordsStays();
    void aMeasurementIsInTheLog();
    void theLayoutIsRemembered();
    void messagesDoNotMakeTheWindowTaller();
    void aTinyWindowKeepsItsCanvas();
    void recentFilesAreListed();
    void quittingAsksWhenStepsAreNotSaved();
    void quittingAfterLookingDoesNotAsk();
    void helpOpensBesideTheWork();

private:
    WindowFixture& f() { return *m_fixture; }
    MainWindow& window() { return m_fixture->window(); }
    void acceptOverwriting();
    QString writeFile(const QString& name, const QByteArray& bytes);

    std::unique_ptr<WindowFixture> m_fixture;
};

void test_MainWindow::init() {
    failOnQtWarnings();
    f().newWindow();
}

/// Says yes to the question of the file dialog, which waits for it in an event loop of its own.
void test_MainWindow::acceptOverwriting() {
    auto* timer = new QTimer(&window());
    connect(timer, &QTimer::timeout, timer, [timer] {
        auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
        if (!box)
            return;
        timer->deleteLater();
        QTest::mouseClick(box->button(QMessageBox::Yes), Qt::LeftButton);
    });
    timer->start(10);
}

QString test_MainWindow::writeFile(const QString& name, const QByteArray& bytes) {
    const QString path = f().folder.filePath(name);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("the test cannot write %s", qPrintable(path));
    return path;
}

void test_MainWindow::showsAPictureThatIsOpened() {
    f().openAndWait("coins.png");
    QCOMPARE(f().list().model()->index(0, 0).data().toString(), u"coins"_s);
    QTRY_COMPARE(f().find<QLabel>("imageDetail")->text(), u"384 × 303, 8-bit grey"_s);
    QTRY_VERIFY(f().find<CanvasView>("canvas")->isComplete());
    QVERIFY(window().windowTitle().startsWith(u"coins"_s));
    QTRY_VERIFY(f().logText().contains(u"coins.png"_s));
    QCOMPARE(f().messages(), QStringList());
}

void test_MainWindow::anOperationFromTheMenuIsUndoneAndRedoneByKeys() {
    f().openAndWait("coins.png");
    const Image before = f().image("coins");
    f().chooseInMenu("invert");
    QTRY_VERIFY(f().image("coins") != before);
    const Image after = f().image("coins");
    QVERIFY(!f().samePixels(before, after));
    QTRY_VERIFY(f().logText().contains(u"tt.ops.invert("_s));
    QTRY_VERIFY(f().find<QAction>("edit.undo")->text().contains(u"Invert"_s));

    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(f().image("coins") == before);
    QTRY_VERIFY(f().logText().endsWith(u"tt.undo()"_s));
    QTRY_VERIFY(f().find<QAction>("edit.redo")->isEnabled());
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(f().image("coins") == after);
    QTRY_VERIFY(f().logText().endsWith(u"tt.redo()"_s));
}

void test_MainWindow::aFormPreviewsAndAppliesAnOperation() {
    f().openAndWait("coins.png");
    const Image before = f().image("coins");
    auto* canvas = f().find<CanvasView>("canvas");
    f().chooseInMenu("gaussblur");
    auto* form = window().findChild<OperationForm*>();
    QTRY_VERIFY(form->isVisible());
    QTRY_VERIFY(canvas->isPreviewing());
    QVERIFY(f().image("coins") == before);
    QTRY_VERIFY2(form->isAncestorOf(QApplication::focusWidget()), "a form can be typed into at once");
    QVERIFY(qobject_cast<QAbstractSpinBox*>(QApplication::focusWidget()));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY(f().image("coins") != before);
    QTRY_VERIFY(f().logText().contains(u"tt.ops.gaussblur("_s));
    QCOMPARE(f().document().history().done, 2U);
    QTRY_VERIFY(!form->isVisible());
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(f().image("coins") == before);
}

void test_MainWindow::theFinderOpensAnOperationByKeys() {
    f().openAndWait("coins.png");
    QTest::keyClick(&window(), Qt::Key_F3);
    QTRY_VERIFY(window().findChild<OperationPalette*>()->isVisible());
    QTRY_VERIFY(QApplication::focusWidget());
    QTest::keyClicks(window().findChild<OperationPalette*>()->findChild<QLineEdit*>(), u"gaussian blur"_s);
    QTest::keyClick(window().findChild<OperationPalette*>()->findChild<QLineEdit*>(), Qt::Key_Return);
    auto* form = window().findChild<OperationForm*>();
    QTRY_VERIFY(form->isVisible());
    QVERIFY(form->operation());
    QCOMPARE(QString::fromStdString(form->operation()->id), u"gaussblur"_s);
}

void test_MainWindow::savesWithoutAskingTheSecondTimeAndOpensTheSamePixels() {
    f().openAndWait("coffee.png");
    f().chooseInMenu("invert");
    QTRY_VERIFY(f().find<QAction>("edit.undo")->text().contains(u"Invert"_s));
    const QString path = f().folder.filePath(u"saved.png"_s);
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    f().answerFileDialog(path);
    QTRY_VERIFY(QFileInfo(path).size() > 0);
    QTRY_VERIFY(!window().isWindowModified());

    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    QVERIFY(!window().findChild<QFileDialog*>());
    QTRY_VERIFY(!window().isWindowModified());
    f().open({path});
    QTRY_COMPARE(f().names().size(), 2U);
    QVERIFY(f().samePixels(f().image("coffee"), f().image("saved")));
    QCOMPARE(f().messages(), QStringList());
}

void test_MainWindow::asksBeforeTheFirstSaveOverTheFileAnImageWasOpenedFrom() {
    const QString path = f().folder.filePath(u"source.png"_s);
    QVERIFY(QFile::copy(f().picture("coins.png"), path));
    QVERIFY(QFile(path).setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    f().open({path});
    QTRY_VERIFY(f().find<QAction>("file.save")->isEnabled());
    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    const Image inverted = f().image("source");
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(window().findChild<QFileDialog*>());
    auto* dialog = window().findChild<QFileDialog*>();
    QCOMPARE(dialog->selectedFiles(), QStringList{path});
    acceptOverwriting();
    QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->buttons().first(), Qt::LeftButton);
    QTRY_VERIFY(!window().findChild<QFileDialog*>());
    QTRY_VERIFY(!window().isWindowModified());
    QCOMPARE(f().messages(), QStringList());
    QVERIFY(f().samePixels(f().fileImage(path), inverted));
    f().document().undo();
    QVERIFY(f().image("source") != inverted);
    QVERIFY(f().samePixels(f().image("source"), f().fileImage(f().picture("coins.png"))));
    QTRY_VERIFY2(window().isWindowModified(), "the pixels before the save are on no disk any more");
    f().chooseInMenu("file.save");
    QVERIFY2(!window().findChild<QFileDialog*>(), "the second save does not ask");
    QTRY_VERIFY(!window().isWindowModified());
    QVERIFY(QFile::remove(path));
}

void test_MainWindow::aProjectWhosePictureWasSavedOverSaysSo() {
    const QString path = f().folder.filePath(u"over.png"_s);
    QVERIFY(QFile::copy(f().picture("coins.png"), path));
    f().open({path});
    QTRY_VERIFY(f().find<QAction>("file.saveProject")->isEnabled() && f().names().size() == 1);
    f().application->workbench().evaluation.writeToFile(f().fileImage(f().picture("cell.png")), path.toStdString());
    f().chooseInMenu("file.saveProject");
    f().answerFileDialog(f().folder.filePath(u"lost.tint"_s));
    QTRY_COMPARE(f().messages().size(), 1);
    QVERIFY(f().messages().first().contains(u"over.png was saved over"_s));
    QVERIFY(QFile::remove(path));
}

void test_MainWindow::aDuplicateAsksWhereToBeSaved() {
    f().openAndWait("coins.png");
    f().chooseInMenu("edit.duplicate");
    QTRY_COMPARE(f().names().size(), 2U);
    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(window().findChild<QFileDialog*>());
    window().findChild<QFileDialog*>()->reject();
    QTRY_VERIFY(!window().findChild<QFileDialog*>());
}

void test_MainWindow::planesAreNotLostBySavingOneOverThem() {
    const QString path = f().folder.filePath(u"pages.tif"_s);
    QVERIFY(QFile::copy(f().picture("multipage.tif"), path));
    const qint64 size = QFileInfo(path).size();
    f().open({path});
    QTRY_VERIFY(f().find<QAction>("file.save")->isEnabled());
    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    QTest::keyClick(&window(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(window().findChild<QFileDialog*>());
    acceptOverwriting();
    f().answerFileDialog(path);
    QTRY_COMPARE(f().messages().size(), 1);
    QVERIFY2(f().messages().first().contains(u"pages.tif has 2 planes"_s), qPrintable(f().messages().first()));
    QCOMPARE(QFileInfo(path).size(), size);
}

void test_MainWindow::brokenFilesAreNamedAndNothingIsLost_data() {
    QTest::addColumn<QString>("path");
    QTest::newRow("empty") << writeFile(u"empty.png"_s, {});
    QTest::newRow("text") << writeFile(u"text.png"_s, "just words, no picture\n");
    QTest::newRow("missing") << f().folder.filePath(u"missing.png"_s);
    QTest::newRow("folder") << f().folder.path();
    QTest::newRow("not a project") << writeFile(u"broken.tint"_s, "{\"tintype\": ");
}

void test_MainWindow::brokenFilesAreNamedAndNothingIsLost() {
    QFETCH(QString, path);
    f().openAndWait("coins.png");
    const Image before = f().image("coins");
    f().open({path});
    QTRY_COMPARE(f().messages().size(), 1);
    QVERIFY2(f().messages().first().contains(QFileInfo(path).fileName()), qPrintable(f().messages().first()));
    QVERIFY(!f().messages().first().contains(u'\n'));
    QVERIFY(f().image("coins") == before);
    QCOMPARE(f().names().size(), 1U);
    QTest::mouseClick(f().find<QToolButton>("closeMessage"), Qt::LeftButton);
    QTRY_VERIFY(f().messages().isEmpty());
}

void test_MainWindow::goodFilesOpenBesideBrokenOnes() {
    f().open({writeFile(u"empty.png"_s, {}), f().picture("coins.png"), f().picture("no such.png"), f().picture("coffee.png")});
    QTRY_COMPARE(f().names(), (std::vector<std::string>{"coins", "coffee"}));
    QTRY_COMPARE(f().messages().size(), 2);
}

void test_MainWindow::droppedFilesOpen() {
    f().drop(window(), {f().picture("coins.png"), f().picture("coffee.png")});
    QTRY_COMPARE(f().names(), (std::vector<std::string>{"coins", "coffee"}));
}

void test_MainWindow::f2RenamesAndDeleteCloses() {
    f().openAndWait("coins.png");
    QTest::keyClick(&window(), Qt::Key_F2);
    QTRY_VERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
    QTest::keyClicks(QApplication::focusWidget(), u"money"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(f().names(), std::vector<std::string>{"money"});
    QTRY_COMPARE(f().list().model()->index(0, 0).data().toString(), u"money"_s);
    f().list().setFocus();
    QTest::keyClick(&f().list(), Qt::Key_Delete);
    QTRY_VERIFY(f().names().empty());
    QTRY_VERIFY(!f().find<QAction>("file.save")->isEnabled());
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(f().names(), std::vector<std::string>{"money"});
}

void test_MainWindow::aNameThatIsTakenIsRefused() {
    f().openAndWait("coins.png");
    f().open({f().picture("coffee.png")});
    QTRY_COMPARE(f().list().model()->rowCount(), 2);
    QTRY_COMPARE(f().list().currentIndex().row(), 1);
    QTest::keyClick(&window(), Qt::Key_F2);
    QTRY_VERIFY(qobject_cast<QLineEdit*>(QApplication::focusWidget()));
    QTest::keyClicks(QApplication::focusWidget(), u"coins"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_COMPARE(f().messages().size(), 1);
    QVERIFY(f().messages().first().contains(u"coins"_s));
    QCOMPARE(f().names(), (std::vector<std::string>{"coins", "coffee"}));
}

void test_MainWindow::aClickInTheHistoryGoesThere() {
    f().openAndWait("coins.png");
    const Image opened = f().image("coins");
    auto* history = f().find<QListView>("historyList");
    for (int edits = 2; edits <= 4; ++edits) {
        f().chooseInMenu("invert");
        QTRY_COMPARE(history->model()->rowCount(), edits + 1);
    }
    QCOMPARE(history->currentIndex().row(), 4);
    const QModelIndex first = history->model()->index(1, 0);
    QTest::mouseClick(history->viewport(), Qt::LeftButton, {}, history->visualRect(first).center());
    QVERIFY(f().image("coins") == opened);
    QTRY_COMPARE(history->currentIndex().row(), 1);
    QTRY_VERIFY(history->model()->index(2, 0).data(Qt::ForegroundRole).isValid());
    QVERIFY(!history->model()->index(1, 0).data(Qt::ForegroundRole).isValid());
    QTRY_COMPARE(f().logText().count(u"tt.undo()"_s), 3);
}

void test_MainWindow::theLogIsAScript() {
    f().openAndWait("coins.png");
    f().open({f().picture("coffee.png")});
    QTRY_COMPARE(f().list().model()->rowCount(), 2);
    const QModelIndex coins = f().list().model()->index(0, 0);
    QTest::mouseClick(f().list().viewport(), Qt::LeftButton, {}, f().list().visualRect(coins).center());
    QTRY_COMPARE(QString::fromStdString(f().document().state()->active()), u"coins"_s);
    QTRY_VERIFY(f().logText().endsWith(u"tt.active = \"coins\""_s));
    QVERIFY(f().logText().startsWith(u"import tintype as tt\n"_s));
    for (const QString& line : f().logText().split(u'\n'))
        QVERIFY2(line.startsWith(u"tt."_s) || line == u"import tintype as tt"_s, qPrintable(line));
}

void test_MainWindow::theRecipeIsCopiedAsPython() {
    f().openAndWait("coins.png");
    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    QGuiApplication::clipboard()->clear();
    f().chooseInMenu("edit.copyRecipe");
    QTRY_VERIFY(QGuiApplication::clipboard()->text().contains(u"invert"_s));
    QVERIFY(QGuiApplication::clipboard()->text().contains(u"coins.png"_s));
}

void test_MainWindow::theRecipeFollowsStepsUndoAndOtherImages() {
    f().openAndWait("coins.png");
    auto* list = f().find<QListWidget>("recipeList");
    // It lies behind the history.
    auto* dock = f().find<QDockWidget>("recipe");
    dock->raise();
    QTRY_VERIFY(list->isVisible());
    const auto steps = [list] {
        QStringList texts;
        for (int row = 0; row < list->count(); ++row)
            texts << list->item(row)->text().section(u'\n', 0, 0);
        return texts;
    };
    QTRY_COMPARE(steps(), QStringList{u"Open file"_s});
    f().chooseInMenu("invert");
    QTRY_COMPARE(steps().size(), 2);
    Workbench& workbench = f().application->workbench();
    applyOperation(workbench, workbench.catalog.get("flip"), {{"direction", std::string("horizontal")}}, "coins");
    QTRY_COMPARE(steps().size(), 3);
    const QStringList three = steps();
    QVERIFY(three[1].startsWith(u"Invert"_s));
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(steps(), three.first(2));
    QTest::keyClick(&window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(steps(), three.first(1));
    f().openAndWait("rocket.jpg");
    QTRY_VERIFY(list->item(0)->text().contains(u"rocket.jpg"_s));
    QCOMPARE(list->count(), 1);
}

void test_MainWindow::aProjectIsSavedAndOpened() {
    f().openAndWait("coins.png");
    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    const Image inverted = f().image("coins");
    const QString path = f().folder.filePath(u"work.tint"_s);
    f().chooseInMenu("file.saveProject");
    f().answerFileDialog(path);
    QTRY_VERIFY(!window().isWindowModified());
    QTRY_VERIFY(f().logText().contains(u"tt.project.save("_s));

    f().document().replace({}, {});
    f().open({path});
    QTRY_COMPARE(f().names(), std::vector<std::string>{"coins"});
    QVERIFY(f().samePixels(f().image("coins"), inverted));
    QTRY_VERIFY(f().logText().contains(u"tt.project.open("_s));
}

void test_MainWindow::openingAProjectAsksBeforeStepsAreLost() {
    f().openAndWait("coins.png");
    const QString path = f().folder.filePath(u"other.tint"_s);
    f().chooseInMenu("file.saveProjectAs");
    f().answerFileDialog(path);
    QTRY_VERIFY(QFileInfo::exists(path));
    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    const Image inverted = f().image("coins");
    f().open({path});
    QTRY_VERIFY(f().find<QMessageBox>("question"));
    QVERIFY(f().image("coins") == inverted);
    QTest::mouseClick(f().find<QPushButton>("openAnyway"), Qt::LeftButton);
    QTRY_VERIFY(f().image("coins") != inverted);
}

void test_MainWindow::picturesAndScriptsFollowTheProjectTheyAreOpenedWith() {
    f().openAndWait("coins.png");
    const QString path = f().folder.filePath(u"first.tint"_s);
    f().chooseInMenu("file.saveProjectAs");
    f().answerFileDialog(path);
    QTRY_VERIFY(QFileInfo::exists(path));
    f().document().replace({}, {});
    const QString script = writeFile(u"follow.py"_s, "import tintype as tt\ntt.ops.invert()\n"
                                                     "tt.data.images['seen'] = tt.data.images['coins']\n");
    window().start({f().picture("coffee.png"), path}, script);
    QTRY_COMPARE(f().names(), (std::vector<std::string>{"coins", "coffee", "seen"}));
    QCOMPARE(f().image("coffee").node()->operation(), std::string("invert"));
    QCOMPARE(f().messages(), QStringList());
}

void test_MainWindow::aScriptFollowsFilesThatWereStoppedBeforeTheirTurn() {
    HeldJobs held(f().application->workbench().jobs);
    const QString script = writeFile(u"after.py"_s, "import tintype as tt\ntt.data.scripts['after'] = '1'\n");
    window().start({f().picture("coins.png")}, script);
    QVERIFY(held.find("Opening"));
    held.find("Opening")->cancel();
    held.release();
    QTRY_COMPARE(f().document().state()->scripts().size(), 1U);
    QVERIFY(f().names().empty());
}

void test_MainWindow::aProjectThatLostAnImageIsNotSaved() {
    f().openAndWait("coins.png");
    f().chooseInMenu("file.saveProjectAs");
    f().answerFileDialog(f().folder.filePath(u"renamed.tint"_s));
    QTRY_VERIFY(f().find<QAction>("edit.undo")->isEnabled() && !f().document().path().empty());
    QTRY_VERIFY(!window().isWindowModified());
    renameImage(f().document(), "coins", "money");
    QTRY_VERIFY(window().isWindowModified());
    removeImage(f().document(), "money");
    QTRY_COMPARE(f().list().model()->rowCount(), 0);
    QVERIFY(window().isWindowModified());
    f().document().undo();
    f().document().undo();
    QTRY_VERIFY(!window().isWindowModified());
    f().document().edit("Script", {}, [](DocumentState state) {
        state.setScript("count", "1");
        return state;
    });
    QTRY_VERIFY(window().isWindowModified());
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(f().find<QMessageBox>("question"));
    QTest::keyClick(f().find<QMessageBox>("question"), Qt::Key_Escape);
}

void test_MainWindow::aQuestionInTheSameWordsStays() {
    QuestionBar bar;
    const auto first = std::make_shared<Question>("Name?", "one");
    const auto second = std::make_shared<Question>("Name?", "two");
    bar.ask(first);
    bar.ask(second);
    bar.withdraw(second);
    QCOMPARE(bar.findChild<QLineEdit*>(u"questionInput"_s)->text(), u"one"_s);
    QVERIFY(!bar.isHidden());
    bar.withdraw(first);
    QVERIFY(bar.isHidden());
}

void test_MainWindow::aMeasurementIsInTheLog() {
    f().openAndWait("coins.png");
    f().chooseInMenu("avg");
    auto* form = window().findChild<OperationForm*>();
    QTRY_VERIFY(form->isVisible());
    form->apply();
    QTRY_VERIFY(f().logText().endsWith(u"\ntt.ops.avg(image=\"coins\")"_s));
}

void test_MainWindow::theLayoutIsRemembered() {
    auto* history = f().find<QDockWidget>("history");
    QVERIFY(!history->isHidden());
    history->toggleViewAction()->trigger();
    window().resize(901, 702);
    window().close();
    f().newWindow();
    QVERIFY(f().find<QDockWidget>("history")->isHidden());
    QCOMPARE(window().size(), QSize(901, 702));
    f().find<QAction>("view.resetPanels")->trigger();
    QVERIFY(!f().find<QDockWidget>("history")->isHidden());
    window().close();
}

void test_MainWindow::messagesDoNotMakeTheWindowTaller() {
    window().resize(700, 500);
    QTRY_COMPARE(window().size(), QSize(700, 500));
    QStringList broken;
    for (int i = 0; i < 4; ++i)
        broken << writeFile(u"a rather long name of a file that is empty for some reason %1.png"_s.arg(i), {});
    f().open(broken);
    QTRY_VERIFY(f().messages().size() >= 3);
    QTRY_VERIFY(f().find<QWidget>("messageBar")->height() > 60);
    QVERIFY(f().find<QWidget>("messageBar")->minimumSizeHint().height() < 3 * 4 * window().fontMetrics().height());
    QCOMPARE(window().size(), QSize(700, 500));
    window().resize(1200, 800);
}

void test_MainWindow::aTinyWindowKeepsItsCanvas() {
    f().openAndWait("coins.png");
    window().resize(480, 360);
    QTRY_COMPARE(window().size(), QSize(480, 360));
    QVERIFY(f().find<CanvasView>("canvas")->width() >= 100);
    QVERIFY(f().find<CanvasView>("canvas")->height() >= 60);
    window().resize(1200, 800);
}

void test_MainWindow::recentFilesAreListed() {
    f().openAndWait("coins.png");
    QTRY_COMPARE(f().application->settings().value(u"recentFiles"_s).toStringList().value(0), f().picture("coins.png"));
}

void test_MainWindow::quittingAsksWhenStepsAreNotSaved() {
    f().openAndWait("coins.png");
    f().chooseInMenu("invert");
    QTRY_VERIFY(window().isWindowModified());
    QSignalSpy closed(&window(), &MainWindow::closed);
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(f().find<QMessageBox>("question"));
    QTest::keyClick(f().find<QMessageBox>("question"), Qt::Key_Escape);
    QTRY_VERIFY(!f().find<QMessageBox>("question"));
    QVERIFY(window().isVisible());
    QVERIFY(closed.isEmpty());

    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_VERIFY(f().find<QPushButton>("quitAnyway"));
    QTest::mouseClick(f().find<QPushButton>("quitAnyway"), Qt::LeftButton);
    QTRY_COMPARE(closed.size(), 1);
    QVERIFY(!window().isVisible());
}

void test_MainWindow::quittingAfterLookingDoesNotAsk() {
    f().openAndWait("coins.png");
    QTRY_VERIFY(f().application->workbench().jobs.running().empty());
    QSignalSpy closed(&window(), &MainWindow::closed);
    QTest::keyClick(&window(), Qt::Key_Q, Qt::ControlModifier);
    QTRY_COMPARE(closed.size(), 1);
}

void test_MainWindow::helpOpensBesideTheWork() {
    for (const char* id : {"help.python", "help.keys", "help.about"}) {
        f().chooseInMenu(id);
        QTRY_VERIFY(window().findChild<QDialog*>(u"helpWindow"_s));
        auto* help = window().findChild<QDialog*>(u"helpWindow"_s);
        QVERIFY(!help->isModal());
        QTest::keyClick(help, Qt::Key_Escape);
        QTRY_VERIFY(!window().findChild<QDialog*>(u"helpWindow"_s));
    }
}

QTEST_MAIN(test_MainWindow)
#include "test_MainWindow.moc"
