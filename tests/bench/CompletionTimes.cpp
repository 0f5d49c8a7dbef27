// How long a question about names stays without an answer: what tests/bench/completion.py runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/Completer.h"
#include "scripting/ConsoleSession.h"
#include "tests/scripting/PythonFixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

constexpr int MOST_MS = 60000;
const QStringList QUESTIONS{u"im."_s, u"im.gaussblur(2)."_s, u"tt.ops."_s, u"tt.data.images['"_s, u"text."_s, u"pri"_s,
                            u"numpy."_s, u"numpy.zeros(3)."_s};

double answerTime(Completer& completer, const QString& before) {
    QSignalSpy answers(&completer, &Completer::completed);
    QElapsedTimer timer;
    timer.start();
    completer.complete({before, {}, {}, true, false});
    if (!QTest::qWaitFor([&] { return answers.count() == 1; }, MOST_MS) || answers[0][2].value<QList<Completion>>().isEmpty())
        return -1;
    return double(timer.nsecsElapsed()) / 1e6;
}

void run(ConsoleSession& console, const QString& line) {
    QSignalSpy finished(&console, &ConsoleSession::finished);
    console.submit(line);
    if (!QTest::qWaitFor([&] { return finished.count() == 1; }, MOST_MS))
        qFatal("the line did not end");
}

/// The first round of each question apart from the later ones.
QJsonObject times(Completer& completer, int rounds) {
    QJsonObject rows;
    for (const QString& question : QUESTIONS) {
        QJsonArray row;
        for (int round = 0; round <= rounds; ++round)
            row.append(answerTime(completer, question));
        rows[question] = row;
    }
    return rows;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc != 3)
        return 2;
    const int rounds = QByteArray(argv[1]).toInt();
    PythonFixture fixture;
    ConsoleSession console(fixture.interpreter, fixture.workbench);
    Completer completer(fixture.interpreter, console);
    run(console, u"import numpy; text = 'a'; im = tt.Image.black(8, 8); tt.data.images['scan'] = im"_s);
    QJsonObject report;
    report[u"first of all, jedi not loaded"_s] = answerTime(completer, u"text."_s);
    report[u"idle"_s] = times(completer, rounds);
    QSignalSpy started(&console, &ConsoleSession::started);
    console.submit(u"while True: pass\n"_s);
    if (!QTest::qWaitFor([&] { return started.count() == 1; }, MOST_MS))
        qFatal("the busy line did not start");
    report[u"beside a busy line"_s] = times(completer, rounds);
    console.stop();
    QFile file(QString::fromLocal8Bit(argv[2]));
    if (!file.open(QIODevice::WriteOnly))
        return 1;
    file.write(QJsonDocument(report).toJson());
    return 0;
}
