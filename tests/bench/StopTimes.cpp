// How long scripts run on after Stop: what tests/bench/cancel.py runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/scripting/PythonFixture.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

/// From having printed to being inside what is measured.
constexpr int SETTLE_MS = 60;
constexpr int MOST_MS = 20000;

QJsonObject read(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("no list of scripts at %s", qPrintable(path));
    return QJsonDocument::fromJson(file.readAll()).object();
}

/// Milliseconds from Stop to the end of the job; negative when the script did not begin or did not end.
double stopTime(ScriptRunner& runner, const QString& text, bool ownProcess) {
    ScriptOutput output(runner);
    const JobPtr job = runner.run({u"measured"_s, {}, text, {}, ownProcess});
    if (!QTest::qWaitFor([&] { return output.of(job).startsWith(u"in\n"); }, MOST_MS)) {
        job->cancel();
        qWarning("did not begin: %s\n%s", qPrintable(text), qPrintable(output.of(job)));
        return -1;
    }
    QTest::qWait(SETTLE_MS);
    if (job->info().ended()) {
        qWarning("ended before it was stopped: %s\n%s", qPrintable(text), qPrintable(output.of(job)));
        return -1;
    }
    // The observer's thread notes the end; the window's own turn would add to it.
    std::binary_semaphore ended(0);
    job->setObserver([&](const Job& changed) {
        if (changed.info().ended())
            ended.release();
    });
    QElapsedTimer timer;
    timer.start();
    job->cancel();
    const bool inTime = ended.try_acquire_for(std::chrono::milliseconds(MOST_MS));
    const double milliseconds = double(timer.nsecsElapsed()) / 1e6;
    job->setObserver(nullptr);
    if (!inTime || !QTest::qWaitFor([&] { return output.endedCount() == 1; }, MOST_MS))
        return -1;
    return milliseconds;
}

} // namespace

int main(int argc, char** argv) {
    QCoreApplication application(argc, argv);
    if (argc != 4)
        return 2;
    const QJsonObject scripts = read(QString::fromLocal8Bit(argv[1]));
    PythonFixture fixture;
    fixture.window.waitForStop(true);
    ScriptRunner runner(fixture.interpreter, fixture.workbench);
    QMap<QString, QJsonArray> times;
    // In turns, so that a busy moment of the machine meets all of them.
    for (int round = 0; round < QByteArray(argv[2]).toInt(); ++round)
        for (auto script = scripts.begin(); script != scripts.end(); ++script)
            times[script.key()].append(stopTime(runner, script.value().toString(), script.key().startsWith(u"own process"_s)));
    QJsonObject report;
    for (auto row = times.cbegin(); row != times.cend(); ++row)
        report[row.key()] = row.value();
    QFile file(QString::fromLocal8Bit(argv[3]));
    if (!file.open(QIODevice::WriteOnly))
        return 1;
    file.write(QJsonDocument(report).toJson());
    return 0;
}
