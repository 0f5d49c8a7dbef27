// File formats and colour maps of code and add-ons in the window: opened, dropped, saved, chosen, and missing when they are off.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/Error.h"
#include "tests/ui/WindowFixture.h"
#include "ui/operations/OperationForm.h"

#include <QComboBox>
#include <QListWidget>

#include <future>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_WindowFormats : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void init();

    void aFileOfAnAddonThatIsStillStartingIsOpened();
    void filesAreDroppedAndSaved();
    void theDialogsListTheFormat();
    void anImageOfAFormatThatIsOffSaysWhatIsMissingAndComesBack();
    void anErrorOfLoadIsAMessage();
    void aLoadThatNeverEndsIsStopped();
    void colourMapsComeAndGoInTheForm();

private:
    WindowFixture& f() { return *m_fixture; }
    void run(const QString& line) {
        QTRY_VERIFY(!f().application->console().isBusy());
        f().application->console().submit(line);
    }
    QString file(const QString& name, const QByteArray& content) {
        QFile file(f().folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(content);
        return file.fileName();
    }
    /// On another thread, since the format's function is Python's.
    int pixel(const std::string& name) {
        const Image image = f().image(name);
        const Evaluation& evaluation = f().application->workbench().evaluation;
        return std::async(std::launch::async, [&] {
                   return int(*static_cast<const std::uint8_t*>(evaluation.pixels(image)->data()));
               }).get();
    }
    /// A format whose files are a number, the grey of 20 x 20 pixels.
    void define(const QString& load = u"lambda path: (tt.Image.black(20, 20) + int(open(path).read())).cast('uchar')"_s) {
        run(u"import pathlib; tt.file_format('num', title='Number (one)', suffixes='.num', load=%1, "
            "save=lambda image, path: pathlib.Path(path).write_text(str(int(image.max()))) and None)"_s.arg(load));
        QTRY_VERIFY(f().application->workbench().catalog.formats().find("num"));
    }
    void remove() {
        run(u"tt.remove_file_format('num')"_s);
        QTRY_VERIFY(!f().application->workbench().catalog.formats().find("num"));
    }

    QTemporaryDir m_home;
    std::unique_ptr<WindowFixture> m_fixture;
};

void test_WindowFormats::initTestCase() {
    for (const char* name : {"CONFIG", "DATA", "CACHE"})
        qputenv((QByteArray("XDG_") + name + "_HOME").constData(), m_home.filePath(QString::fromLatin1(name).toLower()).toUtf8());
    const auto write = [&](const QString& path, const QByteArray& text) {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    const QString folder = m_home.filePath(u"data/tintype/addons/late"_s);
    write(folder + u"/addon.toml"_s, "id = 'late'\nname = 'Late'\nversion = '1'\nauthors = ['A']\nlicence = 'MIT'\ntintype = '>=0.1'\ndescription = 'D'\n");
    write(folder + u"/late/__init__.py"_s, "import threading\nimport tintype as tt\nthreading.Event().wait(0.5)\n"
                                          "tt.file_format('late', suffixes='.late', load=lambda path: tt.Image.black(6, 5))\n");
    write(m_home.filePath(u"config/tintype/addons.json"_s), R"({"format": 1, "enabled": {"late": "user"}})");
    m_fixture = std::make_unique<WindowFixture>();
}

void test_WindowFormats::init() {
    failOnQtWarnings();
    run(u"[tt.remove_file_format(i) for i in tt._tintype.file_format_ids() if i == 'num'] and None"_s);
    QTRY_VERIFY(!f().application->console().isBusy());
    // The first test starts the window itself.
    if (qstrcmp(QTest::currentTestFunction(), "aFileOfAnAddonThatIsStillStartingIsOpened") != 0)
        f().newWindow();
}

void test_WindowFormats::aFileOfAnAddonThatIsStillStartingIsOpened() {
    f().application->start({.files = {file(u"first.late"_s, "x").toStdString()}, .script = {}});
    QTRY_COMPARE_WITH_TIMEOUT(f().names(), std::vector<std::string>{"first"}, 60'000);
    QCOMPARE(f().application->workbench().evaluation.info(f().image("first")).shape.width, 6);
    QCOMPARE(f().messages(), QStringList());
}

void test_WindowFormats::filesAreDroppedAndSaved() {
    define();
    WindowFixture::drop(f().window(), {file(u"seven.num"_s, "7")});
    QTRY_COMPARE(f().names(), std::vector<std::string>{"seven"});
    QCOMPARE(pixel("seven"), 7);
    QTRY_VERIFY(f().logText().contains(u"tt.open("_s));
    run(u"tt.ops.linear(1, 5) and None"_s);
    QTRY_VERIFY(f().document().state()->image("seven").node()->operation() == "linear");
    const QString out = f().folder.filePath(u"twelve.num"_s);
    f().chooseInMenu("file.saveAs");
    f().answerFileDialog(out);
    QTRY_VERIFY(QFile::exists(out));
    QFile saved(out);
    QVERIFY(saved.open(QIODevice::ReadOnly));
    QCOMPARE(saved.readAll(), QByteArray("12"));
}

void test_WindowFormats::theDialogsListTheFormat() {
    f().openAndWait("coins.png");
    define();
    for (const char* action : {"file.open", "file.saveAs"}) {
        f().chooseInMenu(action);
        QTRY_VERIFY(f().window().findChild<QFileDialog*>());
        auto* dialog = f().window().findChild<QFileDialog*>();
        QVERIFY(dialog->nameFilters().contains(u"Number [one] (*.num)"_s));
        QVERIFY(dialog->nameFilters().first().contains(u" *.num "_s));
        dialog->selectNameFilter(u"Number [one] (*.num)"_s);
        auto* types = dialog->findChild<QComboBox*>(u"fileTypeCombo"_s);
        QVERIFY(types);
        // As a person does.
        Q_EMIT types->textActivated(types->currentText());
        Q_EMIT types->activated(types->currentIndex());
        if (dialog->acceptMode() == QFileDialog::AcceptSave)
            QCOMPARE(dialog->defaultSuffix(), u"num"_s);
        dialog->reject();
        QTRY_VERIFY(!f().window().findChild<QFileDialog*>());
    }
}

void test_WindowFormats::anImageOfAFormatThatIsOffSaysWhatIsMissingAndComesBack() {
    define();
    f().open({file(u"kept.num"_s, "9")});
    QTRY_COMPARE(f().names(), std::vector<std::string>{"kept"});
    auto* steps = f().find<QListWidget>("recipeList");
    f().find<QWidget>("recipe")->show();
    f().find<QWidget>("recipe")->raise();
    QTRY_COMPARE(steps->count(), 1);
    QTRY_VERIFY(steps->item(0)->text().contains(u"kept.num, Number (one)"_s));
    remove();
    QTRY_VERIFY(steps->item(0)->text().startsWith(u"Open file — the format num is missing"_s));
    QVERIFY_EXCEPTION_THROWN(pixel("kept"), Error);
    define();
    QTRY_VERIFY(steps->item(0)->text().contains(u"kept.num, Number (one)"_s));
    QCOMPARE(pixel("kept"), 9);
}

void test_WindowFormats::anErrorOfLoadIsAMessage() {
    define(u"lambda path: 1 / 0"_s);
    const QString path = file(u"broken.num"_s, "7");
    f().open({path});
    QTRY_COMPARE(f().messages(), QStringList{path + u": the format Number (one) (num) of the console cannot open it: ZeroDivisionError: division by zero"_s});
    QVERIFY(f().names().empty());
}

void test_WindowFormats::aLoadThatNeverEndsIsStopped() {
    run(u"def endless(path):\n    while True: pass\n"_s);
    define(u"endless"_s);
    f().open({file(u"endless.num"_s, "7")});
    auto* stop = f().find<QToolButton>("stopJob");
    QTRY_VERIFY(stop->isVisible());
    QTest::mouseClick(stop, Qt::LeftButton);
    QTRY_VERIFY(!stop->isVisible());
    QCOMPARE(f().messages(), QStringList());
    QVERIFY(f().names().empty());
}

void test_WindowFormats::colourMapsComeAndGoInTheForm() {
    f().openAndWait("coins.png");
    f().chooseInMenu("colour_map");
    auto* form = f().window().findChild<OperationForm*>();
    QTRY_VERIFY(form->isVisible());
    auto* combo = form->findChild<QWidget*>(u"name"_s)->findChild<QComboBox*>();
    QCOMPARE(combo->currentText(), u"Viridis"_s);
    run(u"tt.colour_map('bone', ['#000000', '#ff0000'], title='Bone')"_s);
    QTRY_VERIFY(combo->findText(u"Bone"_s) >= 0);
    combo->setCurrentIndex(combo->findText(u"Bone"_s));
    QVERIFY(form->isValid());
    QTest::mouseClick(form->findChild<QPushButton*>(u"apply"_s), Qt::LeftButton);
    QTRY_COMPARE(f().image("coins").node()->operation(), std::string("colour_map"));
    QTRY_VERIFY(f().logText().contains(u"tt.ops.colour_map("_s) && f().logText().contains(u"\"bone\""_s));
    QCOMPARE(*f().image("coins").node()->parameter("name"), Value("bone #000000 #ff0000"));
    f().chooseInMenu("colour_map");
    QTRY_VERIFY(form->isVisible());
    combo = form->findChild<QWidget*>(u"name"_s)->findChild<QComboBox*>();
    combo->setCurrentIndex(combo->findText(u"Bone"_s));
    run(u"tt.remove_colour_map('bone')"_s);
    QTRY_VERIFY(!form->isValid());
    // The step has its colours, and so has a form that is filled from it.
    form->setParameters({{"name", "bone #000000 #ff0000"}});
    QVERIFY(form->isValid());
    QCOMPARE(combo->currentText(), u"bone"_s);
    QCOMPARE(*findParameter(form->parameters(), "name"), Value("bone #000000 #ff0000"));
}

QTEST_MAIN(test_WindowFormats)
#include "test_WindowFormats.moc"
