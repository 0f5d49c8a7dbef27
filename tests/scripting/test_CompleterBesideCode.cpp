// Completion is asked while other Python code runs, and neither disturbs it nor runs code of the person's own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/CompleterFixture.h"

using namespace tintype;
using namespace Qt::StringLiterals;

class test_CompleterBesideCode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_fixture.reset(); }
    void cleanup() { QVERIFY(m_fixture->stop()); }

    void runsNoCodeOfTheirs_data();
    void runsNoCodeOfTheirs();
    void answersWhileALineRuns();
    void answersWhileALineChangesItsNames();
    void onlyTheNewestQuestionIsAnswered();
    void asksOnWhileAnAnswerIsMissing();
    void aQuestionThatFailsIsAnsweredWithNothing();
    void oneFailureDoesNotHideThatJediIsMissing();
    void whatCodePrintsMeanwhileIsNotShown();
    void leavesTheRecursionLimitAlone();
    void leavesALimitAloneThatCodeSetsMeanwhile();
    void followsLongChainsOfAssignmentsInFewSteps();

private:
    static CodePlace place(const QString& before) { return CompleterFixture::place(before); }

    std::unique_ptr<CompleterFixture> m_fixture;
};

void test_CompleterBesideCode::initTestCase() {
    m_fixture = std::make_unique<CompleterFixture>();
    QVERIFY(m_fixture->run(u"im = tt.Image.black(8, 8)\ntext = 'abc'\n"
                           "class Probe:\n    asked = []\n    def __init__(self): self.level = 1\n"
                           "    @property\n    def voltage(self): Probe.asked.append('voltage')\n"
                           "    @property\n    def __doc__(self): Probe.asked.append('__doc__')\n"
                           "    def __getattr__(self, name):\n        Probe.asked.append(name)\n        raise AttributeError(name)\n"
                           "    def __bool__(self): Probe.asked.append('bool')\n"
                           "    def __call__(self, first): pass\n    def move(self, x): pass\n\n"
                           "class Spy:\n    def __getattribute__(self, name):\n        Probe.asked.append(name)\n"
                           "        return object.__getattribute__(self, name)\n\n"
                           "probe, spy = Probe(), Spy()\nprobes = [probe]\nProbe.asked.clear()\n"_s));
}

void test_CompleterBesideCode::runsNoCodeOfTheirs_data() {
    QTest::addColumn<QString>("before");
    for (const char* before : {"pro", "probe", "probe.", "probe.voltage", "probe.voltage.", "probe.voltage(", "probe.nothing",
                               "probe.nothing.", "probe.__doc__", "probe.__doc__.", "probe(", "probe(1, ", "probe[", "probe['",
                               "probe.move(", "probes[0].", "probes[0](", "for each in probes: each.", "(probe or 1).",
                               "(probe + 1).", "print(probe, ", "len(probe", "other = probe\nother.", "spy.", "spy.nothing.", "spy("})
        QTest::newRow(before) << QString::fromUtf8(before);
}

void test_CompleterBesideCode::runsNoCodeOfTheirs() {
    QFETCH(QString, before);
    QVERIFY(m_fixture->completions(place(before)));
    QVERIFY(m_fixture->tip(before));
    QVERIFY(m_fixture->documentation(before));
    QVERIFY(m_fixture->run(u"asked, Probe.asked[:] = Probe.asked[:], []\nassert not asked, asked\n"_s));
}

void test_CompleterBesideCode::answersWhileALineRuns() {
    QVERIFY(m_fixture->begin(u"while True: pass\n"_s));
    QVERIFY(m_fixture->offers(u"im.gaussb"_s, u"gaussblur"_s));
    QVERIFY(m_fixture->offers(u"text.upp"_s, u"upper"_s));
    QVERIFY(m_fixture->console.isBusy());
}

void test_CompleterBesideCode::answersWhileALineChangesItsNames() {
    QVERIFY(m_fixture->begin(u"import itertools\nfor i in itertools.count():\n    globals()[f'name{i % 5000}'] = i\n"
                             "    globals().pop(f'name{(i + 2500) % 5000}', None)\n"_s));
    for (int i = 0; i < 20; ++i)
        QVERIFY(m_fixture->offers(u"prob"_s, u"probe"_s));
    QVERIFY(m_fixture->console.isBusy());
}

void test_CompleterBesideCode::onlyTheNewestQuestionIsAnswered() {
    QSignalSpy answers(m_fixture->completer.get(), &Completer::completed);
    quint64 newest = 0;
    {
        const PythonHeld held(m_fixture->python);
        for (const QString& typed : {u"t"_s, u"te"_s, u"tex"_s, u"text"_s})
            newest = m_fixture->completer->complete(place(typed));
    }
    QTRY_COMPARE_WITH_TIMEOUT(answers.count(), 1, LIMIT_MS);
    QCOMPARE(answers[0][0].toULongLong(), newest);
    QCOMPARE(answers[0][1].toString(), u"text"_s);
    QVERIFY(m_fixture->tip(u"im.crop("_s));
    QCOMPARE(answers.count(), 1);
}

void test_CompleterBesideCode::asksOnWhileAnAnswerIsMissing() {
    QSignalSpy answers(m_fixture->completer.get(), &Completer::callTipFound);
    const PythonHeld* held = new PythonHeld(m_fixture->python);
    m_fixture->completer->callTip(place(u"im.crop("_s));
    m_fixture->completer->complete(place(u"te"_s));
    QVERIFY(answers.isEmpty());
    delete held;
    QTRY_COMPARE_WITH_TIMEOUT(answers.count(), 1, LIMIT_MS);
}

void test_CompleterBesideCode::aQuestionThatFailsIsAnsweredWithNothing() {
    QSignalSpy limited(m_fixture->completer.get(), &Completer::limited);
    QVERIFY(m_fixture->run(u"from tintype_runtime import completion\nkept = completion.CodeText\n"
                           "def fail(before): raise RuntimeError('broken')\ncompletion.CodeText = fail\n"_s));
    const auto names = m_fixture->names(place(u"text.upp"_s));
    const auto tip = m_fixture->tip(u"im.crop("_s);
    const auto documentation = m_fixture->documentation(u"im.crop"_s);
    QVERIFY(m_fixture->run(u"completion.CodeText = kept"_s));
    QCOMPARE(names, QStringList());
    QVERIFY(tip && tip->name.isEmpty());
    QVERIFY(documentation && documentation->title.isEmpty());
    QCOMPARE(limited.count(), 0);
    QVERIFY(m_fixture->offers(u"text.upp"_s, u"upper"_s));
}

void test_CompleterBesideCode::oneFailureDoesNotHideThatJediIsMissing() {
    m_fixture->completer = std::make_unique<Completer>(m_fixture->python.interpreter, m_fixture->console);
    QSignalSpy limited(m_fixture->completer.get(), &Completer::limited);
    QVERIFY(m_fixture->run(u"completion.CodeText = fail"_s));
    QCOMPARE(m_fixture->names(place(u"text.upp"_s)), QStringList());
    QVERIFY(m_fixture->run(u"completion.CodeText = kept\n"
                           "import sys; jedi = sys.modules.get('jedi'); sys.modules['jedi'] = None\n"_s));
    QCOMPARE(limited.count(), 0);
    QVERIFY(m_fixture->offers(u"prob"_s, u"probe"_s));
    QVERIFY(m_fixture->offers(u"prob"_s, u"probe"_s));
    QVERIFY(m_fixture->run(u"sys.modules['jedi'] = jedi"_s));
    QCOMPARE(limited.count(), 1);
    QVERIFY2(limited[0][0].toString().contains(u"jedi could not be loaded: "), qPrintable(limited[0][0].toString()));
    m_fixture->completer = std::make_unique<Completer>(m_fixture->python.interpreter, m_fixture->console);
}

void test_CompleterBesideCode::whatCodePrintsMeanwhileIsNotShown() {
    QSignalSpy output(&m_fixture->console, &ConsoleSession::output);
    QVERIFY(m_fixture->run(u"class Loud:\n    def __dir__(self):\n        print('asked')\n        return ['quiet']\n\n"
                           "loud = Loud()\n"_s));
    QVERIFY(m_fixture->offers(u"loud."_s, u"quiet"_s));
    QVERIFY(m_fixture->run(u"print('end')"_s));
    QTRY_COMPARE_WITH_TIMEOUT(output.count(), 1, LIMIT_MS);
    QCOMPARE(output[0][0].toString(), u"end\n"_s);
}

void test_CompleterBesideCode::leavesTheRecursionLimitAlone() {
    QVERIFY(m_fixture->offers(u"impor"_s, u"import"_s));
    QVERIFY(m_fixture->run(u"import sys; assert sys.getrecursionlimit() == 1000, sys.getrecursionlimit()"_s));
}

void test_CompleterBesideCode::leavesALimitAloneThatCodeSetsMeanwhile() {
    QVERIFY(m_fixture->run(u"import sys, threading\nunder_way, is_set = threading.Event(), threading.Event()\n"
                           "class Slow:\n    def __dir__(self):\n        under_way.set()\n        is_set.wait()\n"
                           "        return ['slow']\n\nslow = Slow()\n"_s));
    QVERIFY(m_fixture->begin(u"under_way.wait(); sys.setrecursionlimit(20000); is_set.set()"_s));
    QVERIFY(m_fixture->offers(u"slow."_s, u"slow"_s));
    QVERIFY(m_fixture->run(u"limit = sys.getrecursionlimit(); sys.setrecursionlimit(1000); assert limit == 20000, limit"_s));
}

void test_CompleterBesideCode::followsLongChainsOfAssignmentsInFewSteps() {
    QVERIFY(m_fixture->run(
        u"from tintype_runtime import live\n"
        "class Counted(live.Namespace):\n    steps = 0\n    def _value(self, node):\n        self.steps += 1\n"
        "        return super()._value(node)\n\n"
        "def steps(text, name):\n    names = Counted({}, text)\n    names.find(name)\n    return names.steps\n\n"
        "same = ''.join(f\"{'abc'[i % 3]} = a*b + c*a + b\\n\" for i in range(300))\n"
        "assert 9 <= steps(same, 'a') <= 2000, steps(same, 'a')\n"
        "wide = ''.join(f\"n{i} = {' + '.join(f'n{max(i - j, 0)}' for j in range(1, 60))}\\n\" for i in range(300))\n"
        "assert 100 <= steps(wide, 'n299') <= 20000, steps(wide, 'n299')\n"
        "close = ''.join(f'n{i} = n{i - 1}\\n' for i in range(1, 10))\n"
        "assert live.Namespace({'n0': 7}, close).find('n9') == live.Live(7)\n"_s));
}

QTEST_GUILESS_MAIN(test_CompleterBesideCode)
#include "test_CompleterBesideCode.moc"
