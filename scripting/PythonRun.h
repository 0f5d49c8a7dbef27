// One run of a script or of a console line, from its first instruction to its last, with a stop.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/ScriptContext.h"

#include <pybind11/pybind11.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace tintype {

class PythonRuntime;

/// A run that takes longer than this is listed among the jobs, where it is not a script, which always is.
constexpr std::chrono::milliseconds LISTED_AFTER{300};

/// How a run ended.
struct RunOutcome {
    enum class State { Finished, Failed, Stopped };
    State state = State::Finished;
    std::string error; ///< one line
    int exitCode = 0;
};

/// Problem: an exception raised from another thread lands when Python code runs again, which may be after the code it was
/// meant for has ended. So whether the run is still on is only read and changed with the GIL, and what was raised too
/// late is taken back before the GIL is given away.
///
/// Made, used and destroyed on the Python thread that runs the code, with the GIL.
class PythonRun {
public:
    enum class Whose { People, Ours };
    PythonRun(PythonRuntime& runtime, std::shared_ptr<ScriptContext> context, Whose whose = Whose::People);
    ~PythonRun();
    PythonRun(const PythonRun&) = delete;

    /// Calls the function, which returns (state, error) or (state, error, exit code) as tintype/_runtime does. Nothing
    /// is thrown.
    RunOutcome call(const std::function<pybind11::tuple()>& function);
    /// Raises tt.Cancelled again, for code that has swallowed it; any thread, returns at once, harmless after the end.
    std::function<void()> interrupter() const;

    /// The end of code that was stopped before its turn; says so where the code would have printed.
    static RunOutcome stopped(ScriptContext& context);
    /// Gives the job the end that the run had; any thread.
    static void endJob(Job& job, const RunOutcome& outcome);

private:
    struct State;
    PythonRuntime& m_runtime;
    std::shared_ptr<State> m_state;
    std::shared_ptr<ScriptContext> m_context;
    CancelToken::Registration m_registration;
};

/// A Python object that may be dropped on any thread.
std::shared_ptr<void> sharedReference(pybind11::object object);
/// The object of a sharedReference; with the GIL.
pybind11::object referenced(const std::shared_ptr<void>& reference);

} // namespace tintype
