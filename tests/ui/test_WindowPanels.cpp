// Panels, menus, shortcuts and preferences of add-ons in the window: real clicks here, real Python there.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/panels/PanelList.h"
#include "tests/ui/WindowFixture.h"
#include "ui/addons/PanelPlotView.h"
#include "ui/canvas/CanvasView.h"

#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QHeaderView>
#include <QListWidget>
#include <QMenuBar>
#include <QProgressBar>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>

#include <cmath>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowPanels : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void init();

    void ticksOfLargeNumbersCloseTogetherComeToAnEnd();
    void fieldsShowWhatTheyAreAndTellWhatIsChanged();
    void aNumberWithoutARangeHasASliderForWhatIsUseful();
    void codeChangesWhatThePanelShows();
    void aButtonIsPressedOnceAndStopped();
    void aButtonChoosesAnOperation();
    void anErrorStandsInThePanelWithItsTraceback();
    void aFieldWhoseCodeNeverReturnsIsStopped();
    void aMillionRowsAreShownAndSorted();
    void aLongTableComesAPartAtATime();
    void chosenRowsAreCopiedAsSpreadsheetsReadThem();
    void aTextWithoutEndIsCutOff();
    void imagesAndPlotsAreShown();
    void aStormOfChangesLeavesTheNewest();
    void aPanelDefinedAgainStaysWhereItIs();
    void aPanelComesBackWhereItWas();
    void definedAndClosedAHundredTimesNothingIsLeft();
    void aScriptsPanelGoesWithTheScript();
    void menusComeAndGoWithTheirShortcuts();
    void anEntryInAMenuOfOperationsStaysWhenThoseChange();
    void aShortcutOfTheWindowIsRefused();
    void preferencesHaveAPage();

private:
    WindowFixture& f() { return *m_fixture; }
    PanelList& panels() { return f().application->interpreter().panels(); }
    /// Runs it in the console and waits for its end.
    void run(const QString& code);
    /// The dock of the panel of this class.
    QDockWidget* dock(const char* name) { return f().find<QDockWidget>(("panel:__main__." + std::string(name)).c_str()); }
    template <typename T>
    T* in(const char* panel, const char* name) {
        QWidget* const holder = dock(panel);
        QWidget* const item = holder ? holder->findChild<QWidget*>(QString::fromLatin1(name)) : nullptr;
        return !item ? nullptr : qobject_cast<T*>(item) ? qobject_cast<T*>(item) : item->findChild<T*>();
    }
    QPushButton* button(const char* panel, const char* name) { return in<QPushButton>(panel, name); }
    QString label(const char* panel, const char* name) { return in<QLabel>(panel, name)->text(); }

    std::unique_ptr<WindowFixture> m_fixture;
    QString m_printed;
};

void test_WindowPanels::initTestCase() {
    m_fixture = std::make_unique<WindowFixture>();
    connect(&f().application->console(), &ConsoleSession::output, this, [this](const QString& text) { m_printed += text; });
    run(u"import os, threading\nfrom typing import Annotated, Literal, Optional\nimport pathlib\n"
        "os.environ['XDG_CONFIG_HOME'] = '%1'\n"
        "def close_all(base=tt.Panel):\n    for cls in base.__subclasses__():\n        close_all(cls)\n"
        "        if cls.panel: cls.panel.close()\n"_s.arg(f().folder.path()));
    QVERIFY2(m_printed.isEmpty(), qPrintable(m_printed));
}

void test_WindowPanels::init() {
    failOnQtWarnings();
    QTRY_VERIFY(!f().application->console().isBusy());
    f().newWindow();
    m_printed.clear();
    run(u"close_all()"_s);
    QVERIFY2(m_printed.isEmpty(), qPrintable(m_printed));
    QCOMPARE(panels().panels().size(), 0U);
}

void test_WindowPanels::run(const QString& code) {
    QSignalSpy finished(&f().application->console(), &ConsoleSession::finished);
    f().application->console().submit(u"if True:\n    "_s + QString(code).replace(u"\n"_s, u"\n    "_s) + u"\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
}

void test_WindowPanels::fieldsShowWhatTheyAreAndTellWhatIsChanged() {
    run(u"class Texture(tt.Panel):\n"
        "    '''Packs textures.\n\n    Not shown.'''\n"
        "    title = 'Texture'\n"
        "    min_size: Annotated[int, tt.Range(64, 8192, unit='px', step=64), 'How wide.'] = 1024\n"
        "    smooth: bool = True\n"
        "    mode: Literal['fast', 'good'] = 'good'\n"
        "    layout = [tt.row('min_size', 'mode'), tt.section('More', 'smooth'), tt.label('0', name='status')]\n"
        "    def min_size_changed(self, value): self.show_text('status', f'{value} {self.min_size}')\n"
        "    def mode_changed(self, value): self.show_text('status', value)\n"
        "    def smooth_changed(self, value): self.min_size = 128\n"_s);
    QTRY_VERIFY(dock("Texture"));
    QVERIFY(dock("Texture")->isVisible());
    QCOMPARE(dock("Texture")->windowTitle(), u"Texture"_s);
    QCOMPARE(label("Texture", "panelHelp"), u"Packs textures."_s);
    auto* const size = in<QDoubleSpinBox>("Texture", "min_size");
    QCOMPARE(size->text(), u"1024 px"_s);
    QCOMPARE(in<QWidget>("Texture", "min_size")->toolTip(), u"How wide.\nAllowed: 64 to 8192"_s);
    QCOMPARE(in<QLabel>("Texture", "min_size")->text(), u"Min size"_s);
    size->setFocus();
    QTest::keyClick(size, Qt::Key_Up);
    QCOMPARE(size->value(), 1088.0);
    QTRY_COMPARE(label("Texture", "status"), u"1088 1088"_s);
    auto* const mode = in<QComboBox>("Texture", "mode");
    QTest::keyClick(mode, Qt::Key_Up);
    QTRY_COMPARE(label("Texture", "status"), u"fast"_s);
    QTest::mouseClick(in<QCheckBox>("Texture", "smooth"), Qt::LeftButton, {}, QPoint(8, 8));
    QTRY_COMPARE(size->value(), 128.0);
    QCOMPARE(label("Texture", "status"), u"fast"_s);
    run(u"print(Texture.panel.smooth, Texture.panel.mode)"_s);
    QTRY_COMPARE(m_printed, u"False fast\n"_s);
}

void test_WindowPanels::aNumberWithoutARangeHasASliderForWhatIsUseful() {
    run(u"class Endless(tt.Panel):\n    title = 'Endless'\n    size: int = 50\n"
        "    least: Annotated[float, tt.Range(10, float('inf'))] = 10\n"_s);
    QTRY_VERIFY(dock("Endless"));
    auto* const size = in<QSlider>("Endless", "size");
    QCOMPARE(size->value(), size->maximum() / 4);
    QTest::keyClick(size, Qt::Key_End);
    QCOMPARE(in<QDoubleSpinBox>("Endless", "size")->value(), 200.0);
    QTest::keyClick(in<QSlider>("Endless", "least"), Qt::Key_End);
    QCOMPARE(in<QDoubleSpinBox>("Endless", "least")->value(), 110.0);
    run(u"print(Endless.panel.size, Endless.panel.least)"_s);
    QTRY_COMPARE(m_printed, u"200 110.0\n"_s);
}

void test_WindowPanels::codeChangesWhatThePanelShows() {
    run(u"class Shows(tt.Panel):\n    title = 'Shows'\n    name: str = 'a'\n"
        "    layout = ['name', tt.button('Go', print), tt.progress_bar('work'), tt.label('none', name='status')]\n"_s);
    QTRY_VERIFY(dock("Shows"));
    QVERIFY(!in<QProgressBar>("Shows", "work")->isVisible());
    run(u"Shows.panel.name = 'b'; Shows.panel.show_progress('work', 0.5, 'Half'); Shows.panel.enable('print', False)\n"
        "Shows.panel.enable('name', False)"_s);
    QTRY_COMPARE(in<QLineEdit>("Shows", "name")->text(), u"b"_s);
    QVERIFY(!in<QLineEdit>("Shows", "name")->isEnabled());
    QTRY_VERIFY(in<QProgressBar>("Shows", "work")->isVisible());
    QCOMPARE(in<QProgressBar>("Shows", "work")->value(), 50);
    QVERIFY(!button("Shows", "print")->isEnabled());
    run(u"Shows.panel.show_progress('work', None); Shows.panel.enable('print')"_s);
    QTRY_VERIFY(!in<QProgressBar>("Shows", "work")->isVisible());
    QVERIFY(button("Shows", "print")->isEnabled());
}

void test_WindowPanels::aButtonIsPressedOnceAndStopped() {
    run(u"import time\ncalls = []\nclass Works(tt.Panel):\n    title = 'Works'\n"
        "    layout = [tt.button('Work', 'work'), tt.label('', name='status')]\n"
        "    def work(self):\n        calls.append(1)\n        try:\n            while True: time.sleep(0.01)\n"
        "        finally: self.show_text('status', 'cleaned up')\n"_s);
    QTRY_VERIFY(dock("Works"));
    QPushButton* const work = button("Works", "work");
    QTest::mouseClick(work, Qt::LeftButton);
    QVERIFY(!work->isEnabled());
    QTest::mouseClick(work, Qt::LeftButton);
    auto* const stop = dock("Works")->findChild<QToolButton*>(u"stop"_s);
    QTRY_VERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(work->isEnabled());
    QTRY_COMPARE(label("Works", "status"), u"cleaned up"_s);
    QVERIFY(!stop->isVisible());
    run(u"print(len(calls))"_s);
    QTRY_COMPARE(m_printed, u"1\n"_s);
    QTest::mouseClick(work, Qt::LeftButton);
    QTRY_VERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(work->isEnabled());
    QVERIFY(!f().find<QWidget>("panelError")->isVisible());
}

void test_WindowPanels::aButtonChoosesAnOperation() {
    f().openAndWait("coins.png");
    run(u"class Chooses(tt.Panel):\n    title = 'Chooses'\n    layout = [tt.button('Invert', 'invert')]"_s);
    QTRY_VERIFY(dock("Chooses"));
    const Image before = f().image("coins");
    QTest::mouseClick(button("Chooses", "invert"), Qt::LeftButton);
    QTRY_VERIFY(f().image("coins") != before);
    QVERIFY(button("Chooses", "invert")->isEnabled());
}

void test_WindowPanels::anErrorStandsInThePanelWithItsTraceback() {
    run(u"class Fails(tt.Panel):\n    title = 'Fails'\n    wrong = True\n    layout = [tt.button('Divide', 'divide')]\n"
        "    def divide(self):\n        if self.wrong: 1 / 0\n"_s);
    QTRY_VERIFY(dock("Fails"));
    QTest::mouseClick(button("Fails", "divide"), Qt::LeftButton);
    auto* const error = dock("Fails")->findChild<QLabel*>(u"panelError"_s);
    QTRY_VERIFY(error->isVisible());
    QCOMPARE(error->text(), u"Divide: ZeroDivisionError: division by zero"_s);
    QTest::mouseClick(dock("Fails")->findChild<QToolButton*>(u"errorDetails"_s), Qt::LeftButton);
    auto* const traceback = dock("Fails")->findChild<QPlainTextEdit*>(u"traceback"_s);
    QVERIFY(traceback->isVisible());
    QVERIFY2(traceback->toPlainText().contains(u"in divide"_s), qPrintable(traceback->toPlainText()));
    QTRY_VERIFY2(m_printed.contains(u"The button Divide of Fails failed."_s), qPrintable(m_printed));
    QTRY_COMPARE(f().messages(), QStringList{u"The button Divide of Fails failed: ZeroDivisionError: division by zero"_s});
    run(u"Fails.panel.wrong = False"_s);
    QTRY_VERIFY(button("Fails", "divide")->isEnabled());
    QTest::mouseClick(button("Fails", "divide"), Qt::LeftButton);
    QTRY_VERIFY(!error->isVisible());
}

void test_WindowPanels::aFieldWhoseCodeNeverReturnsIsStopped() {
    run(u"class Hangs(tt.Panel):\n    title = 'Hangs'\n    size: int = 1\n    other: int = 1\n"
        "    layout = ['size', 'other', tt.label('', name='status')]\n"
        "    def size_changed(self, value):\n        while True: pass\n"
        "    def other_changed(self, value): self.show_text('status', value)\n"_s);
    QTRY_VERIFY(dock("Hangs"));
    QTest::keyClick(in<QDoubleSpinBox>("Hangs", "size"), Qt::Key_Up);
    QTest::keyClick(in<QDoubleSpinBox>("Hangs", "other"), Qt::Key_Up);
    QTRY_COMPARE(label("Hangs", "status"), u"2"_s);
    QTRY_VERIFY(dock("Hangs")->findChild<QWidget*>(u"running"_s));
    auto* const running = dock("Hangs")->findChild<QWidget*>(u"running"_s);
    QTRY_VERIFY(running->isVisible());
    QTest::mouseClick(running->findChild<QToolButton*>(u"stop"_s), Qt::LeftButton);
    QTRY_VERIFY(!dock("Hangs")->findChild<QWidget*>(u"running"_s));
}

void test_WindowPanels::aMillionRowsAreShownAndSorted() {
    run(u"import numpy as np\nclass Long(tt.Panel):\n    title = 'Long'\n    layout = [tt.table('rows')]\n"
        "Long.panel.show_table('rows', tt.Table({'number': np.arange(1000000), 'half': np.arange(1000000)[::-1] / 1000, "
        "'name': np.array(['ä', 'b'] * 500000)}, units={'half': 'px'}))"_s);
    QTRY_VERIFY(dock("Long"));
    auto* const table = in<QTableView>("Long", "rows");
    QTRY_COMPARE(table->model()->rowCount(), 1000000);
    const auto cell = [&](int row, int column) { return table->model()->index(row, column).data().toString(); };
    QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), u"half (px)"_s);
    QCOMPARE(cell(999999, 0) + u' ' + cell(0, 1) + u' ' + cell(2, 2), u"999999 999.999 ä"_s);
    table->scrollToBottom();
    QTest::mouseClick(table->horizontalHeader()->viewport(), Qt::LeftButton, {},
                      QPoint(table->columnViewportPosition(1) + 5, table->horizontalHeader()->height() / 2));
    QTRY_COMPARE(cell(0, 0), u"999999"_s);
    QCOMPARE(cell(0, 1), u"0"_s);
    run(u"Long.panel.show_table('rows', None)"_s);
    QTRY_COMPARE(table->model()->rowCount(), 0);
}

void test_WindowPanels::aLongTableComesAPartAtATime() {
    run(u"import numpy as np\nclass Parts(tt.Panel):\n    title = 'Parts'\n    layout = [tt.table('rows')]\n"_s);
    QTRY_VERIFY(dock("Parts"));
    auto* const model = in<QTableView>("Parts", "rows")->model();
    // The window is free between two of them.
    int most = 0, before = 0;
    const auto note = [&most, &before, model] {
        most = std::max(most, model->rowCount() - before);
        before = model->rowCount();
    };
    connect(model, &QAbstractItemModel::modelReset, this, note);
    connect(model, &QAbstractItemModel::rowsInserted, this, note);
    run(u"Parts.panel.show_table('rows', {'number': np.arange(300007)})"_s);
    QTRY_COMPARE(model->rowCount(), 300007);
    QVERIFY2(most <= 50000, qPrintable(QString::number(most)));
    QCOMPARE(model->index(300006, 0).data().toString(), u"300006"_s);
    // A shorter one in the middle of it.
    run(u"Parts.panel.show_table('rows', {'number': np.arange(900000)})\nParts.panel.show_table('rows', {'number': np.arange(7)})"_s);
    QTRY_COMPARE(model->rowCount(), 7);
}

void test_WindowPanels::chosenRowsAreCopiedAsSpreadsheetsReadThem() {
    run(u"class Copied(tt.Panel):\n    title = 'Copied'\n    layout = [tt.table('rows')]\n"
        "Copied.panel.show_table('rows', tt.Table({'area': [3, 1, 2], 'file': ['a', 'b' * 100000, 'ä']}, units={'area': 'px'}))"_s);
    QTRY_VERIFY(dock("Copied"));
    auto* const table = in<QTableView>("Copied", "rows");
    QTRY_COMPARE(table->model()->rowCount(), 3);
    QVERIFY(table->model()->index(1, 1).data().toString().size() < 1000);
    table->model()->sort(0, Qt::AscendingOrder);
    QTRY_COMPARE(table->model()->index(0, 0).data().toString(), u"1"_s);
    QGuiApplication::clipboard()->clear();
    table->selectAll();
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), u"area (px)\tfile\n1\t"_s + QString(100000, u'b') + u"\n2\tä\n3\ta"_s);
}

void test_WindowPanels::aTextWithoutEndIsCutOff() {
    run(u"class Talks(tt.Panel):\n    title = 'Talks'\n    layout = [tt.label('', name='status'), tt.button('Fail', 'fail')]\n"
        "    def fail(self): raise ValueError('ä' * 30000)\n"
        "Talks.panel.show_text('status', 'a' * 10000000)\n"_s);
    QTRY_VERIFY(dock("Talks"));
    QTRY_COMPARE(label("Talks", "status").size(), 4000);
    QTest::mouseClick(button("Talks", "fail"), Qt::LeftButton);
    auto* const error = dock("Talks")->findChild<QLabel*>(u"panelError"_s);
    QTRY_VERIFY(error->isVisible());
    QVERIFY2(error->text().startsWith(u"Fail: ValueError: ää"_s) && error->text().size() < 1100, qPrintable(error->text().left(200)));
    // The console has all of it.
    QTRY_VERIFY(m_printed.count(u'ä') >= 30000 && m_printed.endsWith(u'\n'));
}

void test_WindowPanels::imagesAndPlotsAreShown() {
    run(u"class Looks(tt.Panel):\n    title = 'Looks'\n    layout = [tt.image('picture', title='Found'), tt.plot('sizes')]\n"_s);
    QTRY_VERIFY(dock("Looks"));
    auto* const canvas = in<CanvasView>("Looks", "picture");
    QVERIFY(!canvas->isVisible());
    QVERIFY(!in<QWidget>("Looks", "sizes")->isVisible());
    const auto texts = [this] {
        QStringList found;
        for (const QLabel* const label : dock("Looks")->findChildren<QLabel*>())
            if (label->isVisible())
                found << label->text();
        return found;
    };
    QCOMPARE(texts(), QStringList());
    run(u"Looks.panel.show_image('picture', tt.Image.micrograph(width=200, height=100, count=5))\n"
        "Looks.panel.show_histogram('sizes', [1, 2, 2, 3], bins=3, x_title='Area (px²)')"_s);
    QTRY_VERIFY(canvas->isVisible());
    QTRY_VERIFY(canvas->isComplete());
    QCOMPARE(texts(), QStringList{u"Found"_s});
    QCOMPARE(canvas->info().image.shape.width, 200);
    auto* const plot = in<QWidget>("Looks", "sizes");
    const auto colors = [plot] {
        const QImage picture = plot->grab().toImage();
        QSet<QRgb> found;
        for (int x = 0; x < picture.width(); ++x)
            found.insert(picture.pixel(x, picture.height() / 2));
        return found.size();
    };
    QTRY_VERIFY(colors() >= 3);
    run(u"Looks.panel.show_plot('sizes', None); Looks.panel.show_image('picture', None)"_s);
    QTRY_VERIFY(!canvas->isVisible());
    QTRY_COMPARE(colors(), 1);
}

void test_WindowPanels::aStormOfChangesLeavesTheNewest() {
    run(u"class Storm(tt.Panel):\n    title = 'Storm'\n    size: int = 0\n    layout = ['size', tt.label('', name='status')]\n"
        "for i in range(100000):\n    Storm.panel.size = i; Storm.panel.show_text('status', i)"_s);
    QTRY_COMPARE(label("Storm", "status"), u"99999"_s);
    QCOMPARE(in<QDoubleSpinBox>("Storm", "size")->value(), 99999.0);
}

namespace {
const QString MOVING = u"class Moving(tt.Panel):\n    title = 'Moving'\n    size: int = 1\n"_s;
}

void test_WindowPanels::aPanelDefinedAgainStaysWhereItIs() {
    run(MOVING);
    QTRY_VERIFY(dock("Moving"));
    QPointer<QDockWidget> before = dock("Moving");
    f().window().addDockWidget(Qt::LeftDockWidgetArea, before);
    run(QString(MOVING).replace(u"size: int = 1"_s, u"size: int = 2"_s));
    QTRY_COMPARE(in<QDoubleSpinBox>("Moving", "size")->value(), 2.0);
    QCOMPARE(dock("Moving"), before.data());
    QCOMPARE(f().window().dockWidgetArea(before), Qt::LeftDockWidgetArea);
}

void test_WindowPanels::aPanelComesBackWhereItWas() {
    run(MOVING);
    QTRY_VERIFY(dock("Moving"));
    f().window().addDockWidget(Qt::LeftDockWidgetArea, dock("Moving"));
    dock("Moving")->hide();
    run(u"Moving.panel.close()"_s);
    QTRY_VERIFY(!dock("Moving"));
    run(MOVING);
    QTRY_VERIFY(dock("Moving"));
    QCOMPARE(f().window().dockWidgetArea(dock("Moving")), Qt::LeftDockWidgetArea);
    QVERIFY(dock("Moving")->isHidden());
    dock("Moving")->show();
    // Another window, as after a restart: the panel is there when it begins.
    f().window().close();
    f().newWindow();
    QVERIFY(dock("Moving"));
    QCOMPARE(f().window().dockWidgetArea(dock("Moving")), Qt::LeftDockWidgetArea);
    QVERIFY(dock("Moving")->isVisible());
    // Among the panels of the View menu.
    QVERIFY(f().find<QMenu>("panelsMenu")->actions().contains(dock("Moving")->toggleViewAction()));
}

void test_WindowPanels::definedAndClosedAHundredTimesNothingIsLeft() {
    const auto count = [this] { return f().window().findChildren<QObject*>().size(); };
    run(MOVING + u"Moving.panel.close()"_s);
    QTRY_VERIFY(!dock("Moving"));
    const auto before = count();
    run(u"import gc, weakref\nleft = []\nfor i in range(100):\n"
        "    class Moving(tt.Panel):\n        title = 'Moving'\n        size: int = 1\n        layout = ['size', tt.button('Go', 'go')]\n"
        "        def go(self): pass\n        def size_changed(self, value): pass\n"
        "    left.append(weakref.ref(Moving)); Moving.panel.close(); del Moving\n"
        "count = gc.collect(); print([cls() for cls in left if cls()])"_s);
    QTRY_COMPARE(m_printed, u"[]\n"_s);
    QCOMPARE(panels().panels().size(), 0U);
    QTRY_VERIFY(!dock("Moving"));
    QTRY_COMPARE(count(), before);
}

void test_WindowPanels::aScriptsPanelGoesWithTheScript() {
    const QString path = f().folder.filePath(u"panel.py"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("import tintype as tt\nclass Mine(tt.Panel):\n    title = 'Mine'\n    layout = [tt.button('Say', 'say')]\n"
               "    def say(self): tt.ui.message('said')\n");
    file.close();
    f().window().start({}, path);
    const auto mine = [this] { return f().find<QDockWidget>("panel:panel.py.Mine"); };
    QTRY_VERIFY(mine());
    QTest::mouseClick(mine()->findChild<QPushButton*>(), Qt::LeftButton);
    QTRY_COMPARE(f().messages(), QStringList{u"said"_s});
    QTRY_COMPARE(f().application->workbench().jobs.running().size(), 1U);
    QCOMPARE(f().application->workbench().jobs.running().front()->info().detail, std::string("Listening: 1 panel"));
    f().application->workbench().jobs.cancelAll();
    QTRY_VERIFY(!mine());
}

void test_WindowPanels::menusComeAndGoWithTheirShortcuts() {
    const auto titles = [this] {
        QStringList found;
        for (QAction* action : f().window().menuBar()->actions())
            found << action->text().remove(u'&');
        return found;
    };
    const QStringList before = titles();
    run(u"mine = tt.menu('Grains/Rare', [('Count', lambda: tt.ui.message('counted'), 'Ctrl+Alt+G'), None, ('Invert', 'invert')])"_s);
    QTRY_COMPARE(titles().size(), before.size() + 1);
    QCOMPARE(titles().at(before.size() - 1), u"Grains"_s);
    QCOMPARE(titles().last(), before.last());
    QTest::keyClick(&f().window(), Qt::Key_G, Qt::ControlModifier | Qt::AltModifier);
    QTRY_COMPARE(f().messages(), QStringList{u"counted"_s});
    f().openAndWait("coins.png");
    const Image opened = f().image("coins");
    f().chooseInMenu("menu:__main__:Grains/Rare/entry_3");
    QTRY_VERIFY(f().image("coins") != opened);
    run(u"mine.close()"_s);
    QTRY_COMPARE(titles(), before);
    QVERIFY(!f().find<QAction>("menu:__main__:Grains/Rare/entry_1"));
}

void test_WindowPanels::anEntryInAMenuOfOperationsStaysWhenThoseChange() {
    QObject* const invert = f().find<QAction>("invert")->parent();
    const QString category = qobject_cast<QMenu*>(invert)->title().remove(u'&');
    run(u"mine = tt.menu('Operations/%1', [('Mine', print), None, ('Yours', print)])\n"
        "@tt.operation('grains.twice', title='Twice', category='%1')\n"
        "def twice(image: tt.Image) -> tt.Image:\n    return image * 2\n"_s.arg(category));
    QVERIFY2(m_printed.isEmpty(), qPrintable(m_printed));
    QTRY_VERIFY(f().find<QAction>("grains.twice"));
    const auto titles = [this] {
        QStringList found;
        for (QAction* action : qobject_cast<QMenu*>(f().find<QAction>("grains.twice")->parent())->actions())
            found << action->text();
        return found;
    };
    QTRY_VERIFY(titles().contains(u"Mine"_s) && titles().contains(u"Yours"_s));
    run(u"mine.close()"_s);
    QTRY_VERIFY(!titles().contains(u"Mine"_s));
}

void test_WindowPanels::aShortcutOfTheWindowIsRefused() {
    run(u"try: tt.shortcut('Ctrl+Shift+S', print, title='Count')\nexcept tt.ParameterError as error: print(error)"_s);
    QTRY_COMPARE(m_printed, u"the shortcut Ctrl+Shift+S is taken by 'Save image as' of the window; choose another one for 'Count'\n"_s);
}

void test_WindowPanels::preferencesHaveAPage() {
    run(u"class Settings(tt.Preferences):\n    title = 'Grains'\n    level: int = 3\n"_s);
    QVERIFY(!dock("Settings"));
    f().chooseInMenu("edit.preferences");
    auto* const dialog = f().find<QWidget>("preferences");
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->findChild<QListWidget*>()->item(0)->text(), u"Grains"_s);
    auto* const level = dialog->findChild<QWidget*>(u"level"_s)->findChild<QDoubleSpinBox*>();
    QTest::keyClick(level, Qt::Key_Up);
    const QString path = f().folder.filePath(u"tintype/preferences/__main__.Settings.json"_s);
    const auto kept = [&] {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QTRY_COMPARE(kept(), QByteArray("{\n  \"level\": 4\n}\n"));
    run(u"Settings.panel.close()"_s);
    QTRY_VERIFY(!dialog->findChild<QListWidget*>()->isVisible());
    dialog->close();
}

void test_WindowPanels::ticksOfLargeNumbersCloseTogetherComeToAnEnd() {
    for (const double large : {1e16, -1e16, 1e300})
        QVERIFY(roundTicks(large, std::nextafter(std::nextafter(large, 2e300), 2e300), 5).size() <= 16);
    QCOMPARE(roundTicks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
}

QTEST_MAIN(test_WindowPanels)
#include "test_WindowPanels.moc"
