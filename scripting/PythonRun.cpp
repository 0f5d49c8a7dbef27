// One run of a script or of a console line, from its first instruction to its last, with a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/PythonRun.h"

#include "scripting/Gil.h"
#include "scripting/OutputRouter.h"
#include "scripting/PythonError.h"
#include "scripting/PythonRuntime.h"
#include "scripting/PythonText.h"

namespace py = pybind11;

namespace tintype {

namespace {

RunOutcome outcomeOf(const py::tuple& result) {
    const auto state = textFrom(result[0]);
    RunOutcome outcome;
    outcome.state = state == "finished" ? RunOutcome::State::Finished
                    : state == "stopped" ? RunOutcome::State::Stopped
                                         : RunOutcome::State::Failed;
    outcome.error = textFrom(result[1]);
    outcome.exitCode = result.size() > 2 ? result[2].cast<int>() : 0;
    return outcome;
}

RunOutcome failed(ScriptContext& context, const std::string& text) {
    context.write(OutputStream::Error, text + "\n");
    return {RunOutcome::State::Failed, text.substr(0, text.find('\n')), 1};
}

} // namespace

struct PythonRun::State {
    std::weak_ptr<ScriptContext> context;
    PythonThread& supervisor;
    bool isOn = true; ///< guarded by the GIL

    static void raiseSoon(const std::shared_ptr<State>& state) {
        state->supervisor.post([state] { state->raise(); });
    }
    void raise() const {
        const py::object type = cancelledType();
        const std::shared_ptr<ScriptContext> running = context.lock();
        if (!isOn || !running)
            return;
        for (const unsigned long thread : running->threadsToStop())
            raiseInThread(thread, type.ptr());
    }
};

PythonRun::PythonRun(PythonRuntime& runtime, std::shared_ptr<ScriptContext> context, Whose whose)
    : m_runtime(runtime), m_state(new State{context, runtime.supervisor()}), m_context(std::move(context)) {
    // An exception for a thread that ended before it landed.
    clearRaisedHere();
    m_runtime.runs().add({m_context, interrupter(), whose == Whose::Ours});
    m_registration = m_context->token().onCancel([state = m_state] { state->raiseSoon(state); });
}

PythonRun::~PythonRun() {
    m_runtime.runs().remove(*m_context);
    m_state->isOn = false;
    clearRaisedHere();
    m_registration = {};
}

std::function<void()> PythonRun::interrupter() const {
    return [state = m_state] {
        if (const auto running = state->context.lock())
            running->forgetStopsMet();
        state->raiseSoon(state);
    };
}

RunOutcome PythonRun::call(const std::function<py::tuple()>& function) {
    try {
        try {
            return outcomeOf(function());
        } catch (const py::error_already_set& error) {
            // A stop can land in the runtime's own Python code, just outside the code that was run.
            throw errorFromPython(error);
        }
    } catch (const Error& error) {
        if (error.code() == ErrorCode::Cancelled)
            return stopped(*m_context);
        return failed(*m_context, error.what());
    } catch (const std::exception& error) {
        return failed(*m_context, error.what());
    }
}

RunOutcome PythonRun::stopped(ScriptContext& context) {
    context.write(OutputStream::Error, "Stopped.\n");
    return {RunOutcome::State::Stopped, {}, 130};
}

void PythonRun::endJob(Job& job, const RunOutcome& outcome) {
    switch (outcome.state) {
    case RunOutcome::State::Finished: return job.finish();
    case RunOutcome::State::Failed: return job.fail(outcome.error);
    case RunOutcome::State::Stopped: return job.endCancelled();
    }
}

std::shared_ptr<void> sharedReference(py::object object) {
    return std::shared_ptr<void>(object.release().ptr(), [](void* held) { dropReference(static_cast<PyObject*>(held)); });
}

py::object referenced(const std::shared_ptr<void>& reference) {
    return py::reinterpret_borrow<py::object>(static_cast<PyObject*>(reference.get()));
}

} // namespace tintype
