// The interactive console: keeps its names between lines and runs them one after the other, on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Workbench.h"
#include "scripting/ConsoleNames.h"
#include "scripting/ConsoleSession.h"
#include "scripting/Gil.h"
#include "scripting/Interpreter.h"
#include "scripting/OutputFlow.h"
#include "scripting/PythonRun.h"
#include "scripting/PythonRuntime.h"
#include "scripting/PythonText.h"

#include <algorithm>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

struct Line {
    QString source;
    JobPtr job;
    std::optional<std::string> image; ///< nothing: the active one when the line's turn comes
};

JobPtr jobFor(const QString& source) {
    QString first = source.trimmed().section(u'\n', 0, 0);
    if (first.size() > 60)
        first = first.left(59) + u'…';
    return std::make_shared<Job>("Console: " + first.toStdString(), JobKind::ConsoleLine);
}

/// A handler that a line has registered runs when the line has long ended, or was stopped.
ScriptContext::CallbackContext callbackContexts(Workbench& workbench, const OutputSink& sink, const OwnerPtr& owner,
                                                const std::shared_ptr<void>& identity) {
    return [&workbench, sink, owner, identity](const std::string& title) {
        auto context = std::make_shared<ScriptContext>(std::make_shared<Job>("Console: " + title, JobKind::ConsoleLine), sink,
                                                       workbench.document.state()->active());
        context->setOwner(owner);
        context->setIdentity(identity);
        context->setCallbackContext(callbackContexts(workbench, sink, owner, identity));
        return context;
    };
}

} // namespace

/// The part that the Python thread uses; it may outlive the session when the thread cannot be stopped.
class ConsoleThread {
public:
    ConsoleThread(PythonRuntime& runtime, Workbench& workbench, const OutputFlow& flow)
        : m_runtime(runtime), m_workbench(workbench), m_buffer(flow.buffer()), m_sink(flow.sink()) {
        m_runtime.looseOutput().setSink(m_sink);
    }
    /// Handlers and timers end with the console.
    ~ConsoleThread() {
        m_runtime.looseOutput().setSink(nullptr);
        m_owner->release();
    }

    struct Events {
        std::function<void()> incomplete;
        std::function<void()> started;
        std::function<void(bool ok)> finished;
        std::function<void(const QString& first, const QString& more)> prompts;
    };

    // On the Python thread, with the GIL.
    void begin();
    void run(const Line& line, const Events& events);

    /// Raises tt.Cancelled once more, in this job and in no later one; any thread.
    void interruptAgain(const JobPtr& job) {
        std::lock_guard lock(m_mutex);
        if (m_interrupt && m_running == job)
            m_interrupt();
    }
    const std::shared_ptr<ConsoleNames>& names() const { return m_names; }

private:
    RunOutcome runStoppable(const std::shared_ptr<ScriptContext>& context, const std::function<py::tuple()>& function);
    void setInterrupt(std::function<void()> interrupt, const JobPtr& job) {
        std::lock_guard lock(m_mutex);
        m_interrupt = std::move(interrupt);
        m_running = job;
    }
    std::shared_ptr<ScriptContext> contextFor(const JobPtr& job, const std::string& image) const;
    std::string activeImage() const;
    /// Made at its first use, and again by the next line when that failed, so that the line says why.
    py::object console(ScriptContext& context);
    py::object compiled(ScriptContext& context, const Line& line, const Events& events);
    void tellPrompts(ScriptContext& context, const Events& events);

    PythonRuntime& m_runtime;
    Workbench& m_workbench;
    std::shared_ptr<OutputBuffer> m_buffer;
    OutputSink m_sink;
    const OwnerPtr m_owner = std::make_shared<Owner>("the console");
    std::shared_ptr<void> m_console;
    std::pair<std::string, std::string> m_prompts{">>> ", "... "}; ///< told last
    const std::shared_ptr<ConsoleNames> m_names = std::make_shared<ConsoleNames>();
    std::mutex m_mutex;
    std::function<void()> m_interrupt; ///< of the job that runs
    JobPtr m_running;
};

std::shared_ptr<ScriptContext> ConsoleThread::contextFor(const JobPtr& job, const std::string& image) const {
    auto context = std::make_shared<ScriptContext>(job, m_sink, image);
    context->setIdentity(m_names->identity);
    context->setOwner(m_owner);
    context->setCallbackContext(callbackContexts(m_workbench, m_sink, m_owner, m_names->identity));
    return context;
}

std::string ConsoleThread::activeImage() const {
    const GilRelease release;
    return m_workbench.document.state()->active();
}

py::object ConsoleThread::console(ScriptContext& context) {
    if (!m_console) {
        const py::object console = py::module_::import("tintype_runtime.console").attr("Console")();
        m_names->identity = sharedReference(console.attr("identity"));
        m_console = sharedReference(console);
        context.setIdentity(m_names->identity);
        console.attr("start")();
    }
    return referenced(m_console);
}

void ConsoleThread::begin() {
    const auto context = contextFor(std::make_shared<Job>("Console", JobKind::ConsoleLine), {});
    ScriptContext::Scope scope(context);
    runStoppable(context, [&] {
        console(*context);
        return py::make_tuple("finished", "");
    });
}

RunOutcome ConsoleThread::runStoppable(const std::shared_ptr<ScriptContext>& context,
                                       const std::function<py::tuple()>& function) {
    PythonRun run(m_runtime, context);
    setInterrupt(run.interrupter(), context->job());
    const RunOutcome outcome = run.call(function);
    setInterrupt(nullptr, nullptr);
    return outcome;
}

py::object ConsoleThread::compiled(ScriptContext& context, const Line& line, const Events& events) {
    py::object codes;
    try {
        codes = console(context).attr("compile")(line.source.toStdString());
    } catch (...) {
        // The line shows before what is wrong with it.
        m_buffer->post(events.started);
        throw;
    }
    m_buffer->post(codes.is_none() ? events.incomplete : events.started);
    return codes;
}

void ConsoleThread::tellPrompts(ScriptContext& context, const Events& events) {
    const py::tuple texts = console(context).attr("prompts")();
    const std::pair prompts(textFrom(texts[0]), textFrom(texts[1]));
    if (prompts == m_prompts)
        return;
    m_prompts = prompts;
    m_buffer->post([tell = events.prompts, prompts] {
        tell(QString::fromStdString(prompts.first), QString::fromStdString(prompts.second));
    });
}

void ConsoleThread::run(const Line& line, const Events& events) {
    const auto context = contextFor(line.job, line.image ? *line.image : activeImage());
    ScriptContext::Scope scope(context);
    bool isComplete = true;
    RunOutcome outcome;
    if (line.job->start()) {
        outcome = runStoppable(context, [&] {
            const py::object codes = compiled(*context, line, events);
            isComplete = !codes.is_none();
            if (!isComplete)
                return py::make_tuple("finished", "");
            const py::tuple result = console(*context).attr("run")(codes);
            tellPrompts(*context, events);
            return result;
        });
    } else {
        m_buffer->post(events.started);
        outcome = PythonRun::stopped(*context);
    }
    PythonRun::endJob(*line.job, outcome);
    if (isComplete)
        m_buffer->post([finished = events.finished, ok = outcome.state == RunOutcome::State::Finished] { finished(ok); });
}

/// The part that lives on the GUI thread.
class ConsoleSession::Worker {
public:
    Worker(ConsoleSession& session, PythonRuntime& runtime, Workbench& workbench)
        : m_session(session), m_workbench(workbench),
          m_flow(runtime.outputPace(), [&session](const QString& text, bool isError) { Q_EMIT session.output(text, isError); }),
          m_python(std::make_shared<ConsoleThread>(runtime, workbench, m_flow)),
          m_thread(runtime.makeThread(QStringLiteral("Tintype console"))) {
        m_thread->post([python = m_python] { python->begin(); });
    }

    ~Worker() {
        for (const Line& line : m_waiting)
            line.job->cancel();
    }

    void submit(const QString& source);
    void stop();
    bool isBusy() const { return !m_waiting.empty(); }
    const std::shared_ptr<ConsoleNames>& names() const { return m_python->names(); }

private:
    void started(const QString& source);
    void ended() { m_waiting.pop_front(); }

    ConsoleSession& m_session;
    Workbench& m_workbench;
    OutputFlow m_flow;
    std::shared_ptr<ConsoleThread> m_python;
    std::deque<Line> m_waiting; ///< the first one runs, or is about to
    PythonThreadPtr m_thread;
};

void ConsoleSession::Worker::submit(const QString& source) {
    Line line{source, jobFor(source), std::nullopt};
    // After lines that wait, the image is the one that they leave active.
    if (m_waiting.empty())
        line.image = m_workbench.document.state()->active();
    m_waiting.push_back(line);
    ConsoleThread::Events events;
    events.incomplete = [this, source] {
        ended();
        Q_EMIT m_session.incomplete(source);
    };
    events.started = [this, source] { started(source); };
    events.finished = [this](bool ok) {
        ended();
        Q_EMIT m_session.finished(ok);
    };
    events.prompts = [this](const QString& first, const QString& more) {
        Q_EMIT m_session.promptsChanged(first, more);
    };
    m_thread->post([python = m_python, line, events] { python->run(line, events); });
}

void ConsoleSession::Worker::started(const QString& source) {
    QTimer::singleShot(LISTED_AFTER, &m_session, [this, job = m_waiting.front().job] {
        if (!job->info().ended())
            m_workbench.jobs.add(job);
    });
    Q_EMIT m_session.started(source);
}

void ConsoleSession::Worker::stop() {
    // The news that a line has ended may still be on its way, while the next one runs already.
    const auto line = std::find_if(m_waiting.begin(), m_waiting.end(),
                                   [](const Line& each) { return !each.job->info().ended(); });
    if (line == m_waiting.end())
        return;
    if (line->job->token().isCancelled())
        m_python->interruptAgain(line->job);
    else
        line->job->cancel();
}

ConsoleSession::ConsoleSession(Interpreter& interpreter, Workbench& workbench, QObject* parent)
    : QObject(parent), m_worker(std::make_unique<Worker>(*this, interpreter.runtime(), workbench)) {}

ConsoleSession::~ConsoleSession() = default;

void ConsoleSession::submit(const QString& source) {
    m_worker->submit(source);
}

void ConsoleSession::stop() {
    m_worker->stop();
}

bool ConsoleSession::isBusy() const {
    return m_worker->isBusy();
}

std::shared_ptr<ConsoleNames> ConsoleSession::names() const {
    return m_worker->names();
}

} // namespace tintype
