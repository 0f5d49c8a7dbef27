// Completion, call tips and documentation: what they know.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/CompleterFixture.h"

using namespace tintype;
using namespace Qt::StringLiterals;

class test_Completer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }

    void offersNames_data();
    void offersNames();
    void insertsWhatIsMissing_data();
    void insertsWhatIsMissing();
    void offersNothing_data();
    void offersNothing();
    void tipsNameTheParameterAtTheCursor_data();
    void tipsNameTheParameterAtTheCursor();
    void aTipTellsTheRange();
    void thereIsNoTipOutsideCalls();
    void documentsTheNameAtTheCursor_data();
    void documentsTheNameAtTheCursor();
    void aScriptsTextStandsForItself();
    void goesOnWithoutJedi();

private:
    static CodePlace place(const QString& before) { return CompleterFixture::place(before); }

    std::unique_ptr<CompleterFixture> m_fixture;
};

void test_Completer::initTestCase() {
    m_fixture = std::make_unique<CompleterFixture>();
    QVERIFY(m_fixture->run(u"im = tt.Image.black(8, 8)\ntt.data.images['scan one'] = im\n"
        "cells = {'area': 3, \"it's\": {'deep': 1}}\ntext = 'abc'\n"
        "class Probe:\n    def __init__(self): self.level = 1\n    def __call__(self, first, second=2): pass\n"
        "    @property\n    def voltage(self): return 5.0\n"
        "    def move(self, x, y=2, *, slow=False):\n        'Move it.'\n\nprobe = Probe()\n"_s));
}

void test_Completer::offersNames_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* before, const char* name, const char* kind) {
        QTest::newRow(before) << QString::fromUtf8(before) << QString::fromUtf8(name) << QString::fromUtf8(kind);
    };
    row("im.gau", "gaussblur", "operation");
    row("im.", "width", "property");
    row("im.gaussblur(2).", "otsu", "operation");
    row("(im * 2 > 3).", "invert", "operation");
    row("im[0].plane(0).", "numpy", "function");
    row("tt.open('a.tif').", "gaussblur", "operation");
    row("tt.Image.", "black", "operation");
    row("tt.", "active", "property");
    row("tt.ops.", "gaussblur", "operation");
    row("tt.active.", "gaussblur", "operation");
    row("tt.data.images['scan one'].inv", "invert", "operation");
    row("smooth = im.gaussblur(2)\nsmooth.inv", "invert", "operation");
    row("im.resize(2, ker", "kernel", "param");
    row("im.resize(2, kernel='lin", "linear", "choice");
    row("tt.data.images['", "scan one", "key");
    row("tt.data.images[", "\"scan one\"", "key");
    row("cells['", "area", "key");
    row("cells[\"it's\"]['", "deep", "key");
    row("text.upp", "upper", "function");
    row("text.upper().low", "lower", "function");
    row("probe.", "voltage", "property");
    row("probe.lev", "level", "value");
    row("prob", "probe", "instance");
    row("impor", "import", "keyword");
    row("import col", "collections", "module");
    row("import math\nmath.sq", "sqrt", "function");
    row("print(1, fl", "flush", "param");
}

void test_Completer::offersNames() {
    QFETCH(QString, before);
    QFETCH(QString, name);
    QFETCH(QString, kind);
    const auto found = m_fixture->completions(place(before));
    QVERIFY(found);
    for (const Completion& each : *found) {
        if (each.name == name) {
            QCOMPARE(each.kind, kind);
            return;
        }
    }
    QFAIL(qPrintable(u"%1 is not among the %2 names"_s.arg(name).arg(found->size())));
}

void test_Completer::insertsWhatIsMissing_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("insertion");
    QTest::newRow("key") << u"tt.data.images['sc"_s << QString() << u"scan one']"_s;
    QTest::newRow("key before its quote") << u"tt.data.images['sc"_s << u"']"_s << u"scan one"_s;
    QTest::newRow("key without a quote") << u"tt.data.images["_s << QString() << u"\"scan one\"]"_s;
    QTest::newRow("key with a quote in it") << u"cells['it"_s << QString() << u"it\\'s']"_s;
    QTest::newRow("choice") << u"im.resize(2, kernel=\"cub"_s << QString() << u"cubic\""_s;
    QTest::newRow("parameter") << u"im.resize(2, kern"_s << QString() << u"kernel="_s;
    QTest::newRow("file") << u"tt.open('/usr/lib/python3/dist-pac"_s << QString() << u"dist-packages/"_s;
}

void test_Completer::insertsWhatIsMissing() {
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, insertion);
    CodePlace here = place(before);
    here.after = after;
    const auto found = m_fixture->completions(here);
    QVERIFY(found);
    QCOMPARE(found->size(), 1);
    QCOMPARE(found->first().insertion, insertion);
}

void test_Completer::offersNothing_data() {
    QTest::addColumn<QString>("before");
    QTest::newRow("remark") << u"# im."_s;
    QTest::newRow("text") << u"'im."_s;
    QTest::newRow("number") << u"12"_s;
    QTest::newRow("unknown name") << u"nobody.kno"_s;
    QTest::newRow("nothing written") << QString();
}

void test_Completer::offersNothing() {
    QFETCH(QString, before);
    CodePlace typed = place(before);
    typed.asked = false;
    QCOMPARE(m_fixture->names(typed), QStringList());
}

void test_Completer::tipsNameTheParameterAtTheCursor_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("function");
    QTest::addColumn<QString>("parameter");
    const auto row = [](const char* before, const char* function, const char* parameter) {
        QTest::newRow(before) << QString::fromUtf8(before) << QString::fromUtf8(function) << QString::fromUtf8(parameter);
    };
    row("im.crop(", "crop", "left");
    row("im.crop(1, (2, 3), ", "crop", "width");
    row("im.resize(2, kernel=", "resize", "kernel='lanczos3'");
    row("tt.ops.gaussblur(", "gaussblur", "sigma");
    row("tt.ops.gaussblur(image=", "gaussblur", "image=None");
    row("tt.Image.black(10,\n", "black", "height");
    row("probe.move(1, ", "move", "y=2");
    row("probe.move(slow=", "move", "slow=False");
    row("probe(1, ", "__call__", "second=2");
    row("print('a, b', sep=", "print", "sep: Optional[str]=...");
    row("im.crop(max(1, 2), probe.move(3, ", "move", "y=2");
}

void test_Completer::tipsNameTheParameterAtTheCursor() {
    QFETCH(QString, before);
    QFETCH(QString, function);
    QFETCH(QString, parameter);
    const auto found = m_fixture->tip(before);
    QVERIFY(found);
    QCOMPARE(found->name, function);
    QCOMPARE(found->parameters.value(found->current), parameter);
}

void test_Completer::aTipTellsTheRange() {
    const auto found = m_fixture->tip(u"im.gaussblur("_s);
    QVERIFY(found);
    QVERIFY2(found->help.contains(u"from 0.0 to 1000.0, in px"), qPrintable(found->help));
    QCOMPARE(found->summary, u"Gaussian blur."_s);
}

void test_Completer::thereIsNoTipOutsideCalls() {
    for (const QString& before : {u"im.gaussblur(2)"_s, u"(1, "_s, u"def f(a, "_s}) {
        const auto found = m_fixture->tip(before);
        QVERIFY(found);
        QCOMPARE(found->name, QString());
    }
}

void test_Completer::documentsTheNameAtTheCursor_data() {
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("line");
    QTest::newRow("operation") << u"im.gaussblur"_s << u"gaussblur(sigma"_s << u"Smooth with a bell-shaped window."_s;
    QTest::newRow("open call") << u"im.gaussblur("_s << u"gaussblur(sigma"_s << u"Parameters:"_s;
    QTest::newRow("property") << u"im.width"_s << u"width"_s << u"pixel"_s;
    QTest::newRow("function") << u"len"_s << u"len"_s << u"Return the number of items in a container."_s;
    QTest::newRow("keyword") << u"while"_s << u"while"_s << u"\"while\" statement"_s;
    QTest::newRow("own method") << u"probe.move"_s << u"move"_s << u"Move it."_s;
    QTest::newRow("object") << u"tt.data.images"_s << u"images"_s << u"The open images by name"_s;
}

void test_Completer::documentsTheNameAtTheCursor() {
    QFETCH(QString, before);
    QFETCH(QString, title);
    QFETCH(QString, line);
    const auto found = m_fixture->documentation(before);
    QVERIFY(found);
    QVERIFY2(found->title.startsWith(title), qPrintable(found->title));
    QVERIFY2(found->text.contains(line), qPrintable(found->text));
}

void test_Completer::aScriptsTextStandsForItself() {
    CodePlace script{u"import tintype as tt\n\ndef smooth(picture, level):\n    words = ['a']\n    words.app"_s, {}, {}, false, true};
    QCOMPARE(m_fixture->names(script), QStringList{u"append"_s});
    script.before = u"import tintype as tt\npicture = tt.Image.black(3, 3)\nfor i in range(3):\n    picture.gaussb"_s;
    QCOMPARE(m_fixture->names(script), QStringList{u"gaussblur"_s});
    script.before = u"pro"_s;
    const auto names = m_fixture->names(script);
    QVERIFY(names);
    QVERIFY(!names->contains(u"probe"_s));
}

void test_Completer::goesOnWithoutJedi() {
    m_fixture->completer = std::make_unique<Completer>(m_fixture->python.interpreter, m_fixture->console);
    QSignalSpy limited(m_fixture->completer.get(), &Completer::limited);
    QVERIFY(m_fixture->run(u"import sys; kept = sys.modules.get('jedi'); sys.modules['jedi'] = None"_s));
    QVERIFY(m_fixture->offers(u"prob"_s, u"probe"_s));
    QVERIFY(m_fixture->offers(u"text.upp"_s, u"upper"_s));
    QVERIFY(m_fixture->offers(u"im.gaussb"_s, u"gaussblur"_s));
    const auto tip = m_fixture->tip(u"probe.move(1, "_s);
    QVERIFY(tip);
    QCOMPARE(tip->name, u"move"_s);
    QCOMPARE(limited.count(), 1);
    QVERIFY2(limited[0][0].toString().contains(u"jedi could not be loaded: "), qPrintable(limited[0][0].toString()));
    QVERIFY(m_fixture->run(u"sys.modules['jedi'] = kept"_s));
}

QTEST_GUILESS_MAIN(test_Completer)
#include "test_Completer.moc"
