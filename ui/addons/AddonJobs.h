// What is done with add-ons in their window: lines of Python, each a job of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>

namespace tintype {

class ScriptRunner;

struct AddonJob {
    QString title;      ///< "Install grains.zip"
    QString call;       ///< of tt.addons, such as enable("grains")
    QString error = {}; ///< what was wrong in the end; empty when it went well

    /// For people: what, and why not.
    QString message() const { return title + QLatin1String(": ") + error; }
};

/// Each runs as a script, so that it is listed among the jobs, can be stopped, and never holds up the window. Any number may run
/// at once. Lives on the GUI thread.
class AddonJobs : public QObject {
    Q_OBJECT
public:
    AddonJobs(ScriptRunner& scripts, QObject* parent);

    void run(const AddonJob& job);

Q_SIGNALS:
    /// For the log.
    void lineRun(const QString& line);
    void ended(const AddonJob& job);

private:
    struct Running {
        AddonJob job;
        QString printed; ///< by it, and by its errors
    };
    void end(quint64 id, int exitCode);

    ScriptRunner& m_scripts;
    QHash<quint64, Running> m_running;
};

} // namespace tintype
