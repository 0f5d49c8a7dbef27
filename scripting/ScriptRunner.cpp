// Runs scripts in the background, any number at once, each on a Python thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Workbench.h"
#include "scripting/Events.h"
#include "scripting/Gil.h"
#include "scripting/Interpreter.h"
#include "scripting/OutputFlow.h"
#include "scripting/PythonRun.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptRunner.h"
#include "scripting/process/ScriptProcess.h"

#include <pybind11/stl.h>

#include <QDeadlineTimer>

#include <algorithm>
#include <cstdio>

namespace py = pybind11;

namespace tintype {

namespace {

/// On the script's thread, with the GIL.
RunOutcome runScript(PythonRuntime& runtime, const ScriptRequest& request, const std::shared_ptr<ScriptContext>& context) {
    if (!context->job()->start())
        return PythonRun::stopped(*context);
    PythonRun run(runtime, context);
    ScriptContext::Scope scope(context);
    const RunOutcome outcome = run.call([&] {
        std::vector<std::string> arguments;
        for (const QString& argument : request.arguments)
            arguments.push_back(argument.toStdString());
        const py::object text = request.text.isEmpty() && !request.path.isEmpty()
                                    ? py::object(py::none())
                                    : py::object(py::str(request.text.toStdString()));
        const py::object script = py::module_::import("tintype_runtime.scripts")
                                      .attr("Script")(request.name.toStdString(), request.path.toStdString(), text, arguments);
        context->setIdentity(sharedReference(script.attr("identity")));
        return py::tuple(script.attr("run")());
    });
    {
        const GilRelease release;
        context->owner()->release();
    }
    context->close();
    return outcome;
}

Parameters scriptFields(const ScriptRequest& request) {
    return {{"script", request.name.toStdString()},
            {"path", request.path.isEmpty() ? Value() : Value(request.path.toStdString())},
            {"own_process", request.ownProcess}};
}

void noteScriptEnd(Events& events, const ScriptRequest& request, const Job& job, int exitCode) {
    Parameters fields = scriptFields(request);
    fields.emplace_back("exit_code", exitCode);
    events.noteEnd("script-ended", std::move(fields), job.info());
}

} // namespace

void failWithoutThread(const ScriptRequest& request, Job& job, const OutputSink& output) {
    const std::string text =
        "The script " + request.name.toStdString() + " is not run: the system gives this program no more threads.";
    job.start();
    job.fail(text);
    output(OutputStream::Error, text + "\n");
}

/// One script; lives on the GUI thread, what its thread needs it shares with it.
class ScriptRunner::Running {
public:
    Running(ScriptRunner& runner, const ScriptRequest& request, JobPtr job, std::string image);

    const JobPtr& job() const { return m_job; }
    PythonThreadPtr& thread() { return m_thread; }
    bool isOver() const { return m_delivered && (m_thread->isFinished() || !m_thread->hasStarted()); }

private:
    JobPtr m_job;
    OutputFlow m_flow;
    bool m_delivered = false;
    PythonThreadPtr m_thread;
};

ScriptRunner::Running::Running(ScriptRunner& runner, const ScriptRequest& request, JobPtr job, std::string image)
    : m_job(std::move(job)), m_flow(runner.m_interpreter.runtime().outputPace(),
             [&runner, id = m_job->id()](const QString& text, bool isError) {
                 Q_EMIT runner.output(id, text, isError);
             }),
      m_thread(runner.m_interpreter.runtime().makeThread(request.name)) {
    PythonRuntime& runtime = runner.m_interpreter.runtime();
    Events& events = runner.m_interpreter.events();
    const auto context = std::make_shared<ScriptContext>(m_job, m_flow.sink(), std::move(image));
    context->setOwner(std::make_shared<Owner>(request.name.toStdString()));
    const auto ended = [this, &runner](int exitCode) {
        m_delivered = true;
        Q_EMIT runner.finished(m_job->id(), exitCode);
        runner.forgetEnded();
    };
    connect(m_thread.get(), &QThread::finished, &runner, &ScriptRunner::forgetEnded);
    const bool runs = m_thread->post([&runtime, &events, request, context, ended, buffer = m_flow.buffer(), job = m_job, thread = m_thread.get()] {
        const RunOutcome outcome = runScript(runtime, request, context);
        PythonRun::endJob(*job, outcome);
        noteScriptEnd(events, request, *job, outcome.exitCode);
        buffer->post([ended, code = outcome.exitCode] { ended(code); });
        thread->close();
    });
    if (runs)
        return;
    failWithoutThread(request, *m_job, m_flow.sink());
    noteScriptEnd(events, request, *m_job, 1);
    m_flow.buffer()->post([ended] { ended(1); });
}

/// One script in a process of its own; lives on the GUI thread.
class ScriptRunner::RunningApart {
public:
    RunningApart(ScriptRunner& runner, Interpreter& interpreter, const ScriptRequest& request, const JobPtr& job)
        : m_flow(interpreter.runtime().outputPace(),
                 [&runner, id = job->id()](const QString& text, bool isError) { Q_EMIT runner.output(id, text, isError); }),
          m_process({runner.m_workbench, interpreter.window(), interpreter.pythonProgram()}, request, job, m_flow.sink(),
                    {[this, &runner, &interpreter, request, job, buffer = m_flow.buffer()](int exitCode) {
                         noteScriptEnd(interpreter.events(), request, *job, exitCode);
                         buffer->post([this, &runner, job, exitCode] {
                             m_delivered = true;
                             Q_EMIT runner.finished(job->id(), exitCode);
                             runner.forgetEnded();
                         });
                     },
                     [&runner] { runner.forgetEnded(); }}) {}

    void hurry() { m_process.hurry(); }
    bool isOver() const { return m_delivered && m_process.isFinished(); }

private:
    OutputFlow m_flow;
    bool m_delivered = false;
    ScriptProcess m_process;
};

ScriptRunner::ScriptRunner(Interpreter& interpreter, Workbench& workbench, QObject* parent)
    : QObject(parent), m_interpreter(interpreter), m_workbench(workbench) {}

ScriptRunner::~ScriptRunner() {
    for (const auto& running : m_running)
        running->job()->cancel();
    for (const auto& running : m_runningApart)
        running->hurry();
    const QDeadlineTimer deadline(2000);
    for (const auto& running : m_running) {
        PythonThread::endBy(running->thread(), deadline);
        if (const JobInfo job = running->job()->info(); !job.ended())
            std::fprintf(stderr, "Tintype: the script %s did not end in time and is left behind.\n", job.title.c_str());
    }
}

QString ScriptRunner::jobTitle(const ScriptRequest& request) {
    return request.ownProcess ? tr("%1 (own process)").arg(request.name) : request.name;
}

JobPtr ScriptRunner::run(const ScriptRequest& request) {
    auto job = std::make_shared<Job>(jobTitle(request).toStdString(), JobKind::Script);
    m_workbench.jobs.add(job);
    m_interpreter.events().note("script-started", scriptFields(request));
    if (request.ownProcess) {
        m_runningApart.push_back(std::make_unique<RunningApart>(*this, m_interpreter, request, job));
        return job;
    }
    m_running.push_back(std::make_unique<Running>(*this, request, job,
                                                  m_workbench.document.state()->active()));
    return job;
}

void ScriptRunner::forgetEnded() {
    // Later, since this may be called from within the script that is forgotten.
    QMetaObject::invokeMethod(
        this,
        [this] {
            std::erase_if(m_running, [](const auto& running) { return running->isOver(); });
            std::erase_if(m_runningApart, [](const auto& running) { return running->isOver(); });
        },
        Qt::QueuedConnection);
}

} // namespace tintype
