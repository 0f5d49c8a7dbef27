// Completion, call tips and documentation: what they know, and that they come while other Python code runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Completer.h"
#include "scripting/ConsoleSession.h"
#include "tests/scripting/PythonFixture.h"

using namespace tintype;
using namespace Qt::StringLiterals;

class test_Completer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();

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
    void runsNoPropertyOfTheirs();
    void answersWhileALineRuns();
    void answersWhileALineChangesItsNames();
    void onlyTheNewestQuestionIsAnswered();
    void asksOnWhileAnAnswerIsMissing();
    void whatCodePrintsMeanwhileIsNotShown();
    void leavesTheRecursionLimitAlone();
    void goesOnWithoutJedi();

private:
    void run(const QString& source);
    static CodePlace place(const QString& before) { return {before, {}, {}, true, true}; }
    QList<Completion> completions(const CodePlace& place);
    QStringList names(const CodePlace& place);
    CallTip tip(const QString& before);
    Documentation documentation(const QString& before);

    std::unique_ptr<PythonFixture> m_fixture;
    std::unique_ptr<ConsoleSession> m_console;
    std::unique_ptr<Completer> m_completer;
};

void test_Completer::initTestCase() {
    m_fixture = std::make_unique<PythonFixture>();
    m_console = std::make_unique<ConsoleSession>(m_fixture->interpreter, m_fixture->workbench);
    m_completer = std::make_unique<Completer>(m_fixture->interpreter, *m_console);
    run(u"im = tt.Image.black(8, 8)\ntt.data.images['scan one'] = im\n"
        "cells = {'area': 3, \"it's\": {'deep': 1}}\ntext = 'abc'\n"
        "class Probe:\n    asked = 0\n    def __init__(self): self.level = 1\n"
        "    @property\n    def voltage(self):\n        Probe.asked += 1\n        return 5.0\n"
        "    def move(self, x, y=2, *, slow=False):\n        'Move it.'\n\nprobe = Probe()\n"_s);
}

void test_Completer::cleanupTestCase() {
    m_completer.reset();
    m_console.reset();
    m_fixture.reset();
}

void test_Completer::cleanup() {
    m_console->stop();
    QTRY_VERIFY_WITH_TIMEOUT(!m_console->isBusy(), LIMIT_MS);
}

void test_Completer::run(const QString& source) {
    QSignalSpy finished(m_console.get(), &ConsoleSession::finished);
    m_console->submit(source);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, LIMIT_MS);
    QVERIFY(finished[0][0].toBool());
}

QList<Completion> test_Completer::completions(const CodePlace& place) {
    QSignalSpy answers(m_completer.get(), &Completer::completed);
    const quint64 question = m_completer->complete(place);
    if (!QTest::qWaitFor([&] { return answers.count() == 1; }, LIMIT_MS))
        qWarning("the question was not answered");
    return answers.value(0).value(0) == question ? answers[0][2].value<QList<Completion>>() : QList<Completion>();
}

QStringList test_Completer::names(const CodePlace& place) {
    QStringList names;
    for (const Completion& each : completions(place))
        names << each.name;
    return names;
}

CallTip test_Completer::tip(const QString& before) {
    QSignalSpy answers(m_completer.get(), &Completer::callTipFound);
    m_completer->callTip(place(before));
    if (!QTest::qWaitFor([&] { return answers.count() == 1; }, LIMIT_MS))
        qWarning("the question was not answered");
    return answers.value(0).value(1).value<CallTip>();
}

Documentation test_Completer::documentation(const QString& before) {
    QSignalSpy answers(m_completer.get(), &Completer::documented);
    m_completer->document(place(before));
    if (!QTest::qWaitFor([&] { return answers.count() == 1; }, LIMIT_MS))
        qWarning("the question was not answered");
    return answers.value(0).value(1).value<Documentation>();
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
    const QList<Completion> found = completions(place(before));
    for (const Completion& each : found) {
        if (each.name == name) {
            QCOMPARE(each.kind, kind);
            return;
        }
    }
    QFAIL(qPrintable(u"%1 is not among the %2 names"_s.arg(name).arg(found.size())));
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
    const QList<Completion> found = completions(here);
    QCOMPARE(found.size(), 1);
    QCOMPARE(found[0].insertion, insertion);
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
    QCOMPARE(names(typed), QStringList());
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
    row("print('a, b', sep=", "print", "sep: Optional[str]=...");
    row("im.crop(max(1, 2), probe.move(3, ", "move", "y=2");
}

void test_Completer::tipsNameTheParameterAtTheCursor() {
    QFETCH(QString, before);
    QFETCH(QString, function);
    QFETCH(QString, parameter);
    const CallTip found = tip(before);
    QCOMPARE(found.name, function);
    QCOMPARE(found.parameters.value(found.current), parameter);
}

void test_Completer::aTipTellsTheRange() {
    const CallTip found = tip(u"im.gaussblur("_s);
    QVERIFY2(found.help.contains(u"from 0.0 to 1000.0, in px"), qPrintable(found.help));
    QCOMPARE(found.summary, u"Gaussian blur."_s);
}

void test_Completer::thereIsNoTipOutsideCalls() {
    QVERIFY(tip(u"im.gaussblur(2)"_s).name.isEmpty());
    QVERIFY(tip(u"(1, "_s).name.isEmpty());
    QVERIFY(tip(u"def f(a, "_s).name.isEmpty());
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
    const Documentation found = documentation(before);
    QVERIFY2(found.title.startsWith(title), qPrintable(found.title));
    QVERIFY2(found.text.contains(line), qPrintable(found.text));
}

void test_Completer::aScriptsTextStandsForItself() {
    CodePlace script{u"import tintype as tt\n\ndef smooth(picture, level):\n    words = ['a']\n    words.app"_s, {}, {}, false, true};
    QCOMPARE(names(script), QStringList{u"append"_s});
    script.before = u"import tintype as tt\npicture = tt.Image.black(3, 3)\nfor i in range(3):\n    picture.gaussb"_s;
    QCOMPARE(names(script), QStringList{u"gaussblur"_s});
    script.before = u"pro"_s;
    QVERIFY(!names(script).contains(u"probe"_s));
}

void test_Completer::runsNoPropertyOfTheirs() {
    QVERIFY(names(place(u"probe."_s)).contains(u"voltage"_s));
    completions(place(u"probe.voltage."_s));
    tip(u"probe.voltage("_s);
    documentation(u"probe.voltage"_s);
    run(u"assert Probe.asked == 0"_s);
}

void test_Completer::answersWhileALineRuns() {
    QSignalSpy started(m_console.get(), &ConsoleSession::started);
    m_console->submit(u"while True: pass\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, LIMIT_MS);
    QVERIFY(names(place(u"im.gaussb"_s)).contains(u"gaussblur"_s));
    QVERIFY(names(place(u"text.upp"_s)).contains(u"upper"_s));
    QVERIFY(m_console->isBusy());
}

void test_Completer::answersWhileALineChangesItsNames() {
    QSignalSpy started(m_console.get(), &ConsoleSession::started);
    m_console->submit(u"import itertools\nfor i in itertools.count():\n    globals()[f'name{i % 5000}'] = i\n"
                      "    globals().pop(f'name{(i + 2500) % 5000}', None)\n"_s);
    QTRY_COMPARE_WITH_TIMEOUT(started.count(), 1, LIMIT_MS);
    for (int i = 0; i < 20; ++i)
        QVERIFY(names(place(u"prob"_s)).contains(u"probe"_s));
    QVERIFY(m_console->isBusy());
}

void test_Completer::onlyTheNewestQuestionIsAnswered() {
    QSignalSpy answers(m_completer.get(), &Completer::completed);
    quint64 newest = 0;
    {
        const PythonHeld held(*m_fixture);
        for (const QString& typed : {u"t"_s, u"te"_s, u"tex"_s, u"text"_s})
            newest = m_completer->complete(place(typed));
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers.count(), 1, LIMIT_MS);
    QCOMPARE(answers[0][0].toULongLong(), newest);
    QCOMPARE(answers[0][1].toString(), u"text"_s);
    tip(u"im.crop("_s);
    QCOMPARE(answers.count(), 1);
}

void test_Completer::asksOnWhileAnAnswerIsMissing() {
    QSignalSpy answers(m_completer.get(), &Completer::callTipFound);
    const PythonHeld* held = new PythonHeld(*m_fixture);
    m_completer->callTip(place(u"im.crop("_s));
    m_completer->complete(place(u"te"_s));
    QVERIFY(answers.isEmpty());
    delete held;
    QTRY_COMPARE_WITH_TIMEOUT(answers.count(), 1, LIMIT_MS);
}

void test_Completer::whatCodePrintsMeanwhileIsNotShown() {
    QSignalSpy output(m_console.get(), &ConsoleSession::output);
    run(u"class Loud:\n    def __dir__(self):\n        print('asked')\n        return ['quiet']\n\nloud = Loud()\n"_s);
    completions(place(u"loud."_s));
    run(u"print('end')"_s);
    QTRY_COMPARE_WITH_TIMEOUT(output.count(), 1, LIMIT_MS);
    QCOMPARE(output[0][0].toString(), u"end\n"_s);
}

void test_Completer::leavesTheRecursionLimitAlone() {
    completions(place(u"text."_s));
    run(u"import sys; assert sys.getrecursionlimit() == 1000, sys.getrecursionlimit()"_s);
}

void test_Completer::goesOnWithoutJedi() {
    m_completer = std::make_unique<Completer>(m_fixture->interpreter, *m_console);
    QSignalSpy limited(m_completer.get(), &Completer::limited);
    run(u"import sys; kept = sys.modules.get('jedi'); sys.modules['jedi'] = None"_s);
    QVERIFY(names(place(u"prob"_s)).contains(u"probe"_s));
    QVERIFY(names(place(u"text.upp"_s)).contains(u"upper"_s));
    QVERIFY(names(place(u"im.gaussb"_s)).contains(u"gaussblur"_s));
    QCOMPARE(tip(u"probe.move(1, "_s).name, u"move"_s);
    QCOMPARE(limited.count(), 1);
    QVERIFY2(limited[0][0].toString().contains(u"jedi could not be loaded: "), qPrintable(limited[0][0].toString()));
    run(u"sys.modules['jedi'] = kept"_s);
}

QTEST_GUILESS_MAIN(test_Completer)
#include "test_Completer.moc"
