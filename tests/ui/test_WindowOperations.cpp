// Operations that Python functions do, in the window: menu, palette, form, recipe and messages follow them.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/WindowFixture.h"
#include "ui/canvas/CanvasView.h"
#include "ui/operations/OperationForm.h"
#include "ui/operations/OperationPalette.h"

#include <QListWidget>
#include <QToolButton>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowOperations : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_fixture = std::make_unique<WindowFixture>(); }
    void cleanupTestCase() { m_fixture.reset(); }
    void init();

    void anOperationComesAndGoes();
    void itIsAppliedFromItsForm();
    void anOpenFormSaysThatItsOperationIsGone();
    void aStepOfAMissingOperationIsMarked();
    void anErrorInItIsAMessageAndATraceback();
    void oneThatNeverEndsIsStopped();
    void filesAreChosenByADialog();
    void operationsOfAScriptGoWithIt();
    void whatIsShownFollowsAFunctionThatIsDefinedAgain();

private:
    WindowFixture& f() { return *m_fixture; }
    void run(const QString& line) {
        QTRY_VERIFY(!f().application->console().isBusy());
        f().application->console().submit(line);
    }
    /// Defines the function of one line as test.it, and waits for its menu.
    void define(const QString& function) {
        run(function + u"\n"_s);
        run(u"_ = tt.operation('test.it', title='Brighten', category='Tests')(it)"_s);
        QTRY_VERIFY(f().find<QAction>("test.it"));
    }
    void remove() {
        run(u"tt.remove_operation('test.it')"_s);
        QTRY_VERIFY(!f().find<QAction>("test.it"));
    }
    QString formError() { return f().find<QLabel>("formError")->text(); }
    bool hasCategory() {
        for (const QMenu* menu : f().window().findChildren<QMenu*>())
            if (menu->title() == u"Tests")
                return true;
        return false;
    }

    std::unique_ptr<WindowFixture> m_fixture;
};

namespace {
const QString BRIGHTEN = u"def it(image: tt.Image, by: float = 10) -> tt.Image: return image + by"_s;
}

void test_WindowOperations::init() {
    failOnQtWarnings();
    run(u"[tt.remove_operation(i) for i in tt._tintype.operation_ids() if i == 'test.it'] and None"_s);
    QTRY_VERIFY(!f().application->console().isBusy());
    f().newWindow();
}

void test_WindowOperations::anOperationComesAndGoes() {
    QVERIFY(!hasCategory());
    define(BRIGHTEN);
    QVERIFY(hasCategory());
    auto* palette = f().window().findChild<OperationPalette*>();
    f().window().actions().action(u"image.find"_s)->trigger();
    QTRY_VERIFY(palette->isVisible());
    QTest::keyClicks(palette->findChild<QLineEdit*>(), u"brighten"_s);
    auto* list = palette->findChild<QListWidget*>();
    QTRY_VERIFY(!list->findItems(u"Brighten"_s, Qt::MatchExactly).isEmpty());
    remove();
    QTRY_VERIFY(!hasCategory());
    QTRY_VERIFY(list->findItems(u"Brighten"_s, Qt::MatchExactly).isEmpty());
    palette->close();
}

void test_WindowOperations::itIsAppliedFromItsForm() {
    f().openAndWait("coins.png");
    define(BRIGHTEN);
    f().chooseInMenu("test.it");
    auto* form = f().window().findChild<OperationForm*>();
    QTRY_VERIFY(form->isVisible());
    form->setParameters({{"by", 3.0}});
    const Image before = f().image("coins");
    QTest::mouseClick(form->findChild<QPushButton*>(u"apply"_s), Qt::LeftButton);
    QTRY_VERIFY(f().image("coins") != before);
    QTRY_VERIFY(f().logText().contains(u"tt.ops.test.it(by=3.0, image=\"coins\")"_s));
    const Evaluation& evaluation = f().application->workbench().evaluation;
    const auto first = [&](const Image& image) { return evaluation.pixels(image, {0, 0, 1, 1}); };
    QCOMPARE(*static_cast<const float*>(first(f().image("coins"))->data()),
             float(*static_cast<const std::uint8_t*>(first(before)->data())) + 3);
    QTest::keyClick(&f().window(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(f().image("coins") == before);
}

void test_WindowOperations::anOpenFormSaysThatItsOperationIsGone() {
    f().openAndWait("coins.png");
    define(BRIGHTEN);
    f().chooseInMenu("test.it");
    auto* form = f().window().findChild<OperationForm*>();
    QTRY_VERIFY(form->isVisible() && form->isValid());
    form->setParameters({{"by", 7.0}});
    remove();
    QTRY_VERIFY(formError().contains(u"not there any more: the console brought it"_s));
    QVERIFY(!form->findChild<QPushButton*>(u"apply"_s)->isEnabled());
    // What was typed is still there when it comes back.
    define(BRIGHTEN);
    QTRY_VERIFY(form->isValid());
    QCOMPARE(formError(), QString());
    QCOMPARE(*findParameter(form->parameters(), "by"), Value(7.0));
}

void test_WindowOperations::aStepOfAMissingOperationIsMarked() {
    f().openAndWait("coins.png");
    define(BRIGHTEN);
    run(u"tt.ops.test.it(by=3) and None"_s);
    auto* steps = f().find<QListWidget>("recipeList");
    f().find<QWidget>("recipe")->show();
    f().find<QWidget>("recipe")->raise();
    QTRY_COMPARE(steps->count(), 2);
    QTRY_VERIFY(steps->item(1)->text().startsWith(u"Brighten"_s));
    remove();
    QTRY_VERIFY(steps->item(1)->text().startsWith(u"test.it — missing"_s));
    QVERIFY(steps->item(1)->text().contains(u"by 3"_s));
    define(BRIGHTEN);
    QTRY_VERIFY(steps->item(1)->text().startsWith(u"Brighten"_s));
}

void test_WindowOperations::anErrorInItIsAMessageAndATraceback() {
    f().openAndWait("coins.png");
    define(u"def it(image: tt.Image) -> tt.Image: return image + 1 / 0"_s);
    f().chooseInMenu("test.it");
    QTRY_COMPARE(f().messages(), QStringList{u"Brighten: test.it: ZeroDivisionError: division by zero"_s});
}

void test_WindowOperations::oneThatNeverEndsIsStopped() {
    f().openAndWait("coins.png");
    run(u"import threading; begun = threading.Event()"_s);
    define(u"def it(image: tt.Image) -> tt.Image:\n    begun.set()\n    while True: pass\n"_s);
    f().chooseInMenu("test.it");
    auto* stop = f().find<QToolButton>("stopJob");
    QTRY_VERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(!stop->isVisible());
    QCOMPARE(f().messages(), QStringList());
}

void test_WindowOperations::filesAreChosenByADialog() {
    f().openAndWait("coins.png");
    run(u"import pathlib"_s);
    define(u"def it(image: tt.Image, flat: pathlib.Path) -> tt.Image: return image"_s);
    f().chooseInMenu("test.it");
    auto* form = f().window().findChild<OperationForm*>();
    QTRY_VERIFY(form->isVisible() && form->findChild<QToolButton*>(u"chooseFile"_s));
    QTest::mouseClick(form->findChild<QToolButton*>(u"chooseFile"_s), Qt::LeftButton);
    f().answerFileDialog(WindowFixture::picture("cell.png"));
    QTRY_COMPARE(*findParameter(form->parameters(), "flat"), Value(WindowFixture::picture("cell.png").toStdString()));
}

void test_WindowOperations::operationsOfAScriptGoWithIt() {
    QFile file(f().folder.filePath(u"brings.py"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("import tintype as tt\n@tt.operation('test.script', title='Of a script')\n"
               "def it(image: tt.Image) -> tt.Image:\n    return image\n");
    file.close();
    f().open({file.fileName()});
    QTRY_VERIFY(f().find<QAction>("script.run")->isEnabled());
    f().chooseInMenu("script.run");
    QTRY_VERIFY(f().find<QAction>("test.script"));
    auto* stop = f().find<QToolButton>("stopJob");
    QTRY_VERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(!f().find<QAction>("test.script"));
}

void test_WindowOperations::whatIsShownFollowsAFunctionThatIsDefinedAgain() {
    const auto defineAs = [this](const QString& by) {
        define(u"def it(image: tt.Image) -> tt.Image: return (image * 0 + %1).cast('uchar')"_s.arg(by));
    };
    const auto shows = [](CanvasView* canvas, int level) {
        const QImage seen = canvas->isVisible() && canvas->isComplete() ? canvas->viewport()->grab().toImage() : QImage();
        return !seen.isNull() && seen.pixelColor(seen.rect().center()) == QColor(level, level, level);
    };
    f().openAndWait("coins.png");
    defineAs(u"50"_s);
    run(u"tt.ops.test.it() and None"_s);
    run(u"class Looks(tt.Panel):\n    title = 'Looks'\n    layout = [tt.image('picture')]\n\n"_s);
    run(u"Looks.panel.show_image('picture', tt.active)"_s);
    auto* const canvas = f().find<CanvasView>("canvas");
    QTRY_VERIFY(shows(canvas, 50));
    QTRY_VERIFY(f().find<CanvasView>("picture"));
    QTRY_VERIFY(shows(f().find<CanvasView>("picture"), 50));
    defineAs(u"200"_s);
    QTRY_VERIFY(shows(canvas, 200));
    QTRY_VERIFY(shows(f().find<CanvasView>("picture"), 200));
    // Where it is taken away, what was seen stays.
    remove();
    QCOMPARE(canvas->message(), QString());
    QVERIFY(shows(canvas, 200));
    run(u"Looks.panel.close()"_s);
}

QTEST_MAIN(test_WindowOperations)
#include "test_WindowOperations.moc"
