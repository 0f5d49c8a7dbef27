// Runs a script of tests/scripts in the window, in a process of its own, by `tintype run` and by `tintype python`.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/scripting/PythonFixture.h"

#include <QProcess>

namespace tintype {

struct SharedScript {
    /// Rows for a test that fetches "place", what run() takes.
    static void addPlaces() {
        QTest::addColumn<QString>("place");
        for (const char* place : {"in the window", "in a process of its own", "tintype run", "tintype python"})
            QTest::newRow(place) << QString::fromLatin1(place);
    }

    /// What the script printed, to both streams, and how it ended.
    static QString run(PythonFixture& fixture, const QString& place, const char* name, int& exitCode) {
        const QString path = qEnvironmentVariable("TINTYPE_SOURCE") + QStringLiteral("/tests/scripts/") + QString::fromLatin1(name);
        const QStringList words = place.split(u' ');
        return words[0] == QStringLiteral("tintype") ? runProgram({words[1], path}, exitCode)
                                                     : runScript(fixture, path, place.endsWith(QStringLiteral("own")), exitCode);
    }

private:
    static QString runProgram(const QStringList& words, int& exitCode) {
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        // A person's shell names no Python folders.
        environment.remove(QStringLiteral("PYTHONPATH"));
        environment.insert(QStringLiteral("MPLBACKEND"), QStringLiteral("Agg"));
        program.setProcessEnvironment(environment);
        program.setProcessChannelMode(QProcess::MergedChannels);
        program.start(qEnvironmentVariable("TINTYPE_PROGRAM"), words);
        program.waitForFinished(2 * LIMIT_MS);
        exitCode = program.exitCode();
        return QString::fromUtf8(program.readAll());
    }
    static QString runScript(PythonFixture& fixture, const QString& path, bool ownProcess, int& exitCode) {
        Scripts scripts(fixture);
        const JobPtr job = scripts.runner.run({QStringLiteral("test"), path, {}, {}, ownProcess});
        if (!QTest::qWaitFor([&] { return scripts.output.endedCount() == 1; }, 2 * LIMIT_MS))
            qWarning("the script did not end");
        exitCode = scripts.output.exitCode(job);
        return scripts.output.of(job);
    }
};

} // namespace tintype
