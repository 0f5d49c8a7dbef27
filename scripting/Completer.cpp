// Answers what can be completed, called and read about at a place in Python text, while other Python code runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Workbench.h"
#include "scripting/Completer.h"
#include "scripting/ConsoleNames.h"
#include "scripting/ConsoleSession.h"
#include "scripting/Interpreter.h"
#include "scripting/OutputFlow.h"
#include "scripting/PythonRun.h"
#include "scripting/PythonRuntime.h"
#include "scripting/PythonText.h"

#include <QLoggingCategory>
#include <QTimer>

#include <array>

namespace py = pybind11;

namespace tintype {

namespace {

/// jedi is loaded when the start is over, or by the first question.
constexpr int WARM_AFTER_MS = 1500;
/// Reading a large library for the first time, beside busy scripts, can take seconds.
constexpr int LONGEST_MS = 15000;
constexpr int END_MS = 1000;

// A question without an answer is nothing to tell people of, but "tintype.completion.info=true" shows why there was none.
Q_LOGGING_CATEGORY(completionLog, "tintype.completion", QtWarningMsg)

enum Kind { Completions, Tip, Text, KINDS };

QString text(py::handle value) {
    return QString::fromStdString(textFrom(value));
}

QList<Completion> completionsFrom(const py::list& found) {
    QList<Completion> completions;
    for (const py::handle each : found) {
        const auto fields = py::reinterpret_borrow<py::tuple>(each);
        completions << Completion{text(fields[0]), text(fields[1]), text(fields[2])};
    }
    return completions;
}

CallTip tipFrom(const py::object& found) {
    if (found.is_none())
        return {};
    const auto fields = py::reinterpret_borrow<py::tuple>(found);
    CallTip tip{text(fields[0]), {}, fields[2].cast<int>(), text(fields[3]), text(fields[4])};
    for (const py::handle parameter : fields[1])
        tip.parameters << text(parameter);
    return tip;
}

Documentation documentationFrom(const py::object& found) {
    if (found.is_none())
        return {};
    const auto fields = py::reinterpret_borrow<py::tuple>(found);
    return {text(fields[0]), text(fields[1])};
}

struct Question {
    CodePlace place;
    JobPtr job; ///< stops it; nobody else sees it
    std::string image;
};

} // namespace

/// The part that the Python thread uses; it may outlive the completer when the thread cannot be stopped.
class CompletionThread {
public:
    /// `limited` is told once why jedi could not be loaded.
    CompletionThread(PythonRuntime& runtime, std::shared_ptr<ConsoleNames> names,
                     std::function<void(const QString& reason)> limited)
        : m_runtime(runtime), m_names(std::move(names)), m_limited(std::move(limited)) {}

    // On the Python thread, with the GIL.
    using Answer = std::function<void(const py::object& completer, const py::object& question)>;
    /// Comes back without calling `answer`, or with what that threw left in the log, when the question fails.
    void ask(const Question& question, const Answer& answer);

private:
    py::object completer();
    void report(const std::string& error);
    py::object pythonQuestion(const CodePlace& place) const;

    PythonRuntime& m_runtime;
    std::shared_ptr<ConsoleNames> m_names;
    std::function<void(const QString& reason)> m_limited;
    std::shared_ptr<void> m_completer;
    bool m_missingTold = false;
};

py::object CompletionThread::completer() {
    if (!m_completer)
        m_completer = sharedReference(py::module_::import("tintype_runtime.completion").attr("Completer")());
    return referenced(m_completer);
}

py::object CompletionThread::pythonQuestion(const CodePlace& place) const {
    py::object names = py::none();
    if (place.inConsole)
        names = m_names->identity ? referenced(m_names->identity).attr("main").attr("__dict__") : py::dict();
    return py::module_::import("tintype_runtime.completion")
        .attr("Question")(place.before.toStdString(), place.after.toStdString(), names, place.path.toStdString(), place.asked);
}

void CompletionThread::ask(const Question& question, const Answer& answer) {
    if (!question.job->start())
        return;
    // What code prints that is looked at, in a `__dir__` for example, belongs nowhere.
    const auto context = std::make_shared<ScriptContext>(question.job, nullptr, question.image);
    context->setIdentity(m_names->identity);
    const ScriptContext::Scope scope(context);
    PythonRun run(m_runtime, context, PythonRun::Whose::Ours);
    const RunOutcome outcome = run.call([&] {
        answer(completer(), pythonQuestion(question.place));
        return py::make_tuple("finished", "");
    });
    PythonRun::endJob(*question.job, outcome);
    report(outcome.error);
}

void CompletionThread::report(const std::string& error) {
    if (!error.empty())
        qCInfo(completionLog).noquote() << "A question failed:" << QString::fromStdString(error);
    if (!m_completer)
        return;
    const py::object completer = referenced(m_completer);
    if (const QString failure = text(completer.attr("failure")); !failure.isEmpty()) {
        qCInfo(completionLog).noquote() << failure;
        completer.attr("failure") = "";
    }
    const QString missing = text(completer.attr("missing"));
    if (!missing.isEmpty() && !std::exchange(m_missingTold, true))
        m_limited(missing);
}

/// The part that lives on the GUI thread.
class Completer::Worker {
public:
    Worker(Completer& completer, PythonRuntime& runtime, std::shared_ptr<ConsoleNames> names)
        : m_completer(completer), m_runtime(runtime), m_flow(runtime.outputPace(), [](const QString&, bool) {}),
          m_python(std::make_shared<CompletionThread>(
              runtime, std::move(names), [&completer, buffer = m_flow.buffer()](const QString& reason) {
                  buffer->post([&completer, reason] { Q_EMIT completer.limited(reason); });
              })) {}

    ~Worker() {
        for (const JobPtr& job : m_latest)
            if (job)
                job->cancel();
        PythonThread::endBy(m_thread, QDeadlineTimer(END_MS));
    }

    void warm();
    /// `read` runs on the Python thread and makes the signal, which is sent here unless it was overtaken; `nothing` is sent
    /// when that fails.
    using Send = std::function<void(quint64 question)>;
    using Read = std::function<Send(const py::object& completer, const py::object& question)>;
    quint64 ask(Kind kind, const CodePlace& place, Read read, Send nothing);

private:
    PythonThread& thread();
    void deliver(Kind kind, const JobPtr& job, const Send& send);

    Completer& m_completer;
    PythonRuntime& m_runtime;
    OutputFlow m_flow;
    std::shared_ptr<CompletionThread> m_python;
    std::array<JobPtr, KINDS> m_latest;
    PythonThreadPtr m_thread;
};

PythonThread& Completer::Worker::thread() {
    if (!m_thread)
        m_thread = m_runtime.makeThread(QStringLiteral("Tintype completion"));
    return *m_thread;
}

void Completer::Worker::warm() {
    thread().post([python = m_python, question = Question{{}, std::make_shared<Job>("Completion of names"), {}}] {
        python->ask(question, [](const py::object& completer, const py::object&) { completer.attr("warm")(); });
    });
}

quint64 Completer::Worker::ask(Kind kind, const CodePlace& place, Read read, Send nothing) {
    JobPtr& latest = m_latest[kind];
    // One that is answered already is left alone: jedi would lose what it has just read.
    if (latest && latest->info().state == JobState::Queued)
        latest->cancel();
    const auto job = latest = std::make_shared<Job>("Completion of names");
    const Question question{place, job, m_runtime.workbench().document.state()->active()};
    thread().post([this, kind, question, read = std::move(read), send = std::move(nothing), python = m_python,
                   buffer = m_flow.buffer()]() mutable {
        python->ask(question, [&](const py::object& completer, const py::object& asked) { send = read(completer, asked); });
        buffer->post([this, kind, job = question.job, send] { deliver(kind, job, send); });
    });
    QTimer::singleShot(LONGEST_MS, &m_completer, [job] { job->cancel(); });
    return job->id();
}

void Completer::Worker::deliver(Kind kind, const JobPtr& job, const Send& send) {
    if (m_latest[kind] == job)
        send(job->id());
}

Completer::Completer(Interpreter& interpreter, const ConsoleSession& console, QObject* parent)
    : QObject(parent), m_worker(std::make_unique<Worker>(*this, interpreter.runtime(), console.names())) {
    QTimer::singleShot(WARM_AFTER_MS, this, [this] { m_worker->warm(); });
}

Completer::~Completer() = default;

quint64 Completer::complete(const CodePlace& place) {
    const auto send = [this](const QString& written, const QList<Completion>& completions) {
        return [this, written, completions](quint64 number) { Q_EMIT completed(number, written, completions); };
    };
    const auto read = [send](const py::object& completer, const py::object& question) {
        const py::tuple found = completer.attr("complete")(question);
        return send(text(found[0]), completionsFrom(found[1]));
    };
    return m_worker->ask(Completions, place, read, send({}, {}));
}

quint64 Completer::callTip(const CodePlace& place) {
    const auto send = [this](const CallTip& tip) {
        return [this, tip](quint64 number) { Q_EMIT callTipFound(number, tip); };
    };
    const auto read = [send](const py::object& completer, const py::object& question) {
        return send(tipFrom(completer.attr("call_tip")(question)));
    };
    return m_worker->ask(Tip, place, read, send({}));
}

quint64 Completer::document(const CodePlace& place) {
    const auto send = [this](const Documentation& found) {
        return [this, found](quint64 number) { Q_EMIT documented(number, found); };
    };
    const auto read = [send](const py::object& completer, const py::object& question) {
        return send(documentationFrom(completer.attr("documentation")(question)));
    };
    return m_worker->ask(Text, place, read, send({}));
}

} // namespace tintype
