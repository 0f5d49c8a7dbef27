// Runs scripts in the background, any number at once, each on a Python thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"
#include "scripting/ScriptOutput.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace tintype {

class Interpreter;
struct Workbench;

struct ScriptRequest {
    QString name;      ///< what people read, and the job's title
    QString path;      ///< __file__; may be empty for a text that is not saved
    QString text;      ///< empty: the file at `path` is read
    QStringList arguments; ///< sys.argv[1:]
    bool ownProcess = false; ///< in a process of its own, on a copy of the document; see ScriptProcess
};

/// Fails the job of a script for which the system gives no thread, and says so in its output.
void failWithoutThread(const ScriptRequest& request, Job& job, const OutputSink& output);

/// Lives on the GUI thread; every member returns at once, and every answer is a queued signal.
class ScriptRunner : public QObject {
    Q_OBJECT
public:
    ScriptRunner(Interpreter& interpreter, Workbench& workbench, QObject* parent = nullptr);
    /// Stops all scripts and waits, two seconds at most.
    ~ScriptRunner() override;

    /// Starts the script and lists it in the job queue; job->cancel() stops it.
    JobPtr run(const ScriptRequest& request);
    /// What the job of such a request is called.
    static QString jobTitle(const ScriptRequest& request);

Q_SIGNALS:
    void output(quint64 jobId, const QString& text, bool isError);
    /// The exit code as `tintype run` would give it: 0, 1 after an error, or what sys.exit was called with.
    void finished(quint64 jobId, int exitCode);

private:
    class Running;
    class RunningApart;
    void forgetEnded();

    Interpreter& m_interpreter;
    Workbench& m_workbench;
    std::vector<std::unique_ptr<Running>> m_running;
    std::vector<std::unique_ptr<RunningApart>> m_runningApart;
};

} // namespace tintype
