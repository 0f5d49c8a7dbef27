// What has happened, for the handlers that Python code has registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/Events.h"

#include "core/Workbench.h"
#include "core/document/DocumentWatch.h"
#include "core/document/StateChanges.h"
#include "scripting/PythonRuntime.h"

#include <algorithm>
#include <iterator>
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

/// What has become of the images; of what was replaced only what was done after that.
void addImages(std::vector<Happening>& happened, const DocumentWatch::Seen& seen) {
    if (seen.before == seen.after)
        return;
    const StateChanges changes = StateChanges::between(*seen.before, *seen.after);
    for (const std::string& name : changes.removed)
        happened.push_back({"image-removed", {{"image", name}}, name});
    for (const auto& [from, to] : changes.renamed)
        happened.push_back({"image-renamed", {{"image", to}, {"old_name", from}}});
    for (const auto& [name, image] : changes.set) {
        const bool isRenamed = std::ranges::find(changes.renamed, name, &StateChanges::Renamed::to) != changes.renamed.end();
        if (!isRenamed)
            happened.push_back({seen.before->has(name) ? "image-changed" : "image-added", {{"image", name}}, name});
    }
}

std::vector<Happening> happenedTo(const Document& document, const DocumentWatch::Seen& seen) {
    std::vector<Happening> happened;
    if (seen.isReplaced)
        happened.push_back({"project-opened", {{"path", textOrNone(document.path())}}});
    addImages(happened, seen);
    for (const auto& [name, path] : seen.opened)
        happened.push_back({"image-opened", {{"image", name}, {"path", path}}, name});
    if (const std::string& active = seen.after->active(); active != seen.activeBefore)
        happened.push_back({"active-changed", {{"image", textOrNone(active)}}, "active"});
    return happened;
}

} // namespace

struct Events::State : std::enable_shared_from_this<State> {
    std::mutex mutex;
    PythonRuntime* runtime; ///< null at the end
    const Document& document;
    DocumentWatch watch;
    PyCallable look;
    std::vector<Happening> noted;
    bool listens = false;
    bool lookWaits = false;

    explicit State(PythonRuntime& given)
        : runtime(&given), document(given.workbench().document), watch(document) {}

    void note(std::string name, Parameters fields) {
        std::lock_guard lock(mutex);
        if (!listens || !runtime)
            return;
        noted.push_back({std::move(name), std::move(fields)});
        if (noted.size() > MOST_WAITING)
            noted.erase(noted.begin());
        lookSoonLocked();
    }

    void noteDocument(const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Saved)
            return note("project-saved", {{"path", textOrNone(document.path())}});
        watch.note();
        // The look sees what has changed: the last edit to an image counts, not each.
        std::lock_guard lock(mutex);
        if (listens && runtime)
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
    }
    m_document = m_state->runtime->workbench().document.subscribe(
        [state = m_state](const DocumentChange& change) { state->noteDocument(change); });
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
    // What the console or an add-on has registered is listed as a job when it takes long, as "Console: The handler f of job-ended".
    const bool isCode = job.kind == JobKind::ConsoleLine || job.kind == JobKind::Script;
    if (!isCode || !job.title.ends_with(" of job-ended"))
        noteEnd("job-ended", {{"title", job.title}, {"kind", nameOf(job.kind)}}, job);
}

std::vector<Happening> Events::take() {
    std::vector<Happening> noted;
    {
        std::lock_guard lock(m_state->mutex);
        m_state->listens = true;
        noted.swap(m_state->noted);
    }
    std::vector<Happening> happened = happenedTo(m_state->document, m_state->watch.look());
    happened.insert(happened.end(), std::make_move_iterator(noted.begin()), std::make_move_iterator(noted.end()));
    return happened;
}

void Events::rest() {
    std::vector<Happening> dropped;
    {
        std::lock_guard lock(m_state->mutex);
        m_state->listens = false;
        dropped.swap(m_state->noted);
    }
    m_state->watch.rest();
}

} // namespace tintype
