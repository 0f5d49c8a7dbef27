// The bar above the canvas says in whole sentences what keeps Python, whatever is known of it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/StallBar.h"

#include <QLabel>
#include <QCheckBox>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace tintype;
using namespace Qt::StringLiterals;

class test_StallBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void saysWhatIsKnown_data();
    void saysWhatIsKnown();
    void offersAnOwnProcessForScriptsOnly();
};

void test_StallBar::saysWhatIsKnown_data() {
    QTest::addColumn<Stall>("stall");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("canBeStopped");
    const auto row = [](const char* name, Stall::Kind kind, quint64 job, const QString& title, const QString& where, const QString& text) {
        QTest::newRow(name) << Stall{kind, job, title, kind == Stall::Kind::DoesNotEnd, where, {}, {}} << text << (job != 0);
    };
    const auto holds = Stall::Kind::HoldsPython;
    const auto stays = Stall::Kind::DoesNotEnd;
    const QString rest = u"; other scripts and the console wait. You can go on working by hand and save."_s;
    row("a script", holds, 1, u"a.py"_s, u"a.py, line 3"_s, u"“a.py” has held Python for 5 s (a.py, line 3)"_s + rest);
    row("a script somewhere", holds, 1, u"a.py"_s, {}, u"“a.py” has held Python for 5 s"_s + rest);
    row("no script", holds, 0, {}, u"a.py, line 3"_s, u"Code without a script has held Python for 5 s (a.py, line 3)"_s + rest);
    row("nothing is known", holds, 0, {}, {}, u"Some Python code has held Python for 5 s"_s + rest);
    row("the program itself", holds, 0, u"Completion of names"_s, {}, u"Completion of names has held Python for 5 s"_s + rest);
    row("a stopped script", stays, 1, u"a.py"_s, u"it waits for a network connection: s.recv(1) (a.py, line 3)"_s,
        u"“a.py” was stopped 5 s ago and has not ended: it waits for a network connection: s.recv(1) (a.py, line 3)."_s);
    row("a stopped script somewhere", stays, 1, u"a.py"_s, {}, u"“a.py” was stopped 5 s ago and has not ended."_s);
}

void test_StallBar::saysWhatIsKnown() {
    QFETCH(Stall, stall);
    QFETCH(QString, text);
    QFETCH(bool, canBeStopped);
    stall.since = std::chrono::steady_clock::now() - std::chrono::seconds(5);
    StallBar bar;
    bar.showStalls({stall});
    QString shown = bar.findChild<QLabel*>(u"stallText"_s)->text();
    // A busy machine may need another second.
    static const QRegularExpression seconds(u"[0-9]+ s\\b"_s);
    QCOMPARE(shown.replace(seconds, u"5 s"_s), text);
    QCOMPARE(bar.findChild<QPushButton*>(u"stallStop"_s)->isVisibleTo(&bar), canBeStopped);
}

void test_StallBar::offersAnOwnProcessForScriptsOnly() {
    StallBar bar;
    bool isChosen = false;
    bar.setOwnProcessChoice([&](quint64 job) { return job == 1 ? std::optional(isChosen) : std::nullopt; });
    connect(&bar, &StallBar::ownProcessWanted, this, [&](quint64 job, bool wanted) { isChosen = job == 1 && wanted; });
    const auto stallOf = [](quint64 job) { return Stall{Stall::Kind::HoldsPython, job, u"a.py"_s, false, {}, {}, {}}; };
    const auto button = [&] { return bar.findChild<QCheckBox*>(u"stallOwnProcess"_s); };
    bar.showStalls({stallOf(1)});
    QVERIFY(button()->isVisibleTo(&bar));
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY(isChosen);
    bar.showStalls({stallOf(1)});
    QVERIFY(button()->isChecked());
    QTest::mouseClick(button(), Qt::LeftButton);
    QVERIFY(!isChosen);
    isChosen = true;
    bar.showStalls({stallOf(1)});
    QVERIFY(button()->isChecked());
    bar.showStalls({stallOf(2)});
    QVERIFY(!button()->isVisibleTo(&bar));
}

QTEST_MAIN(test_StallBar)
#include "test_StallBar.moc"
