// What has happened, for the handlers that Python code has registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/Events.h"

#include "core/Workbench.h"
#include "scripting/PythonRuntime.h"

#include <mutex>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

constexpr std::chrono::milliseconds BETWEEN_LOOKS{20};

Value textOrNone(const std::string& text) {
    return text.empty() ? Value() : Value(text);
}

const char* nameOf(JobKind kind) {
    switch (kind) {
    case JobKind::Operation: return "operation";
    case JobKind::File: return "file";
    case JobKind::Script: return "script";
    case JobKind::ConsoleLine: return "console line";
    }
    return "";
}

const char* outcomeOf(JobState state) {
    switch (state) {
    case JobState::Finished: return "finished";
    case JobState::Failed: return "failed";
    case JobState::Cancelled: return "stopped";
    case JobState::Queued:
    case JobState::Running: break;
    }
    return "runs";
}

} // namespace

struct Events::State : std::enable_shared_from_this<State> {
    std::mutex mutex;
    PythonRuntime* runtime; ///< null at the end
    PyCallable look;
    std::vector<Happening> noted;
    bool watches = false;
    bool lookWaits = false;

    explicit State(PythonRuntime& given) : runtime(&given) {}

    void note(std::string name, Parameters fields) {
        std::lock_guard lock(mutex);
        if (!watches || !runtime)
            return;
        noted.push_back({std::move(name), std::move(fields)});
        if (noted.size() > MOST_WAITING)
            noted.erase(noted.begin());
        lookSoonLocked();
    }

    void noteDocument(const Document& document, const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Replaced)
            return note("project-opened", {{"path", textOrNone(document.path())}});
        if (change.kind == DocumentChange::Kind::Saved)
            return note("project-saved", {{"path", textOrNone(document.path())}});
        // The look sees what else has changed: the last edit to an image counts, not each.
        std::lock_guard lock(mutex);
        if (runtime)
            lookSoonLocked();
    }

    void lookSoonLocked() {
        if (std::exchange(lookWaits, true))
            return;
        runtime->deadlines().post(DeadlineQueue::Clock::now() + BETWEEN_LOOKS, [self = shared_from_this()] { self->beginLook(); });
    }

    /// On the thread of the deadlines, which ends before the runtime does.
    void beginLook() {
        PyCallable function;
        PythonRuntime* callsIt = nullptr;
        {
            std::lock_guard lock(mutex);
            lookWaits = false;
            function = look;
            callsIt = runtime;
        }
        if (callsIt)
            callsIt->callbacks().run({"The look for changes", function, [](PyObject* called) {
                py::reinterpret_borrow<py::object>(called)();
            }});
    }
};

Events::Events(PythonRuntime& runtime) : m_state(std::make_shared<State>(runtime)) {}

Events::~Events() {
    std::lock_guard lock(m_state->mutex);
    m_state->runtime = nullptr;
    m_state->look = {};
}

void Events::watch(PyCallable look) {
    {
        std::lock_guard lock(m_state->mutex);
        m_state->look = std::move(look);
        m_state->watches = true;
    }
    Document& document = m_state->runtime->workbench().document;
    m_document = document.subscribe(
        [state = m_state, &document](const DocumentChange& change) { state->noteDocument(document, change); });
}

void Events::note(std::string name, Parameters fields) {
    m_state->note(std::move(name), std::move(fields));
}

void Events::noteEnd(std::string name, Parameters fields, const JobInfo& job) {
    fields.emplace_back("outcome", outcomeOf(job.state));
    fields.emplace_back("error", textOrNone(job.error));
    fields.emplace_back("seconds", job.secondsRun);
    note(std::move(name), std::move(fields));
}

void Events::noteJob(const JobInfo& job) {
    // What the console has registered is listed as a job when it takes long, as "Console: The handler f of job-ended".
    if (job.kind != JobKind::ConsoleLine || !job.title.ends_with(" of job-ended"))
        noteEnd("job-ended", {{"title", job.title}, {"kind", nameOf(job.kind)}}, job);
}

std::vector<Happening> Events::take() {
    std::lock_guard lock(m_state->mutex);
    return std::exchange(m_state->noted, {});
}

} // namespace tintype
