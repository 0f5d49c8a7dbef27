// How much processor time the threads of this process have had, by their names.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/ThreadTimes.h"

#include <QDir>
#include <QFile>

namespace tintype {

namespace {

QByteArray contentOf(const QString& path) {
    QFile file(path);
    // A thread that has ended meanwhile has no file any more.
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

QJsonObject threadTimes() {
    QJsonObject times;
    const QDir tasks(QStringLiteral("/proc/self/task"));
    for (const QString& task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const QString name = QString::fromUtf8(contentOf(tasks.filePath(task + QStringLiteral("/comm"))).trimmed());
        // Nanoseconds on a processor, nanoseconds of waiting for one, turns.
        const double seconds = contentOf(tasks.filePath(task + QStringLiteral("/schedstat"))).split(' ').first().toDouble() / 1e9;
        times[name] = times[name].toDouble() + seconds;
    }
    return times;
}

} // namespace tintype
