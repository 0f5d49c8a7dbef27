// Runs a handler or a timer's function where it belongs, and shows what goes wrong in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Error.h"
#include "scripting/PyCallable.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tintype {

class PythonRuntime;

/// One call of a Python function on the callback pool.
struct Callback {
    std::string title; ///< what people read: "The handler check of image-opened"
    PyCallable function;
    std::function<void(_object* function)> call;
    /// On the pool's thread, with the GIL; null when all went well. Not called when the pool is closed before.
    std::function<void(const Error* error)> ended = {};
    bool showsErrors = true; ///< false where somebody waits for the answer
};

/// Callbacks run in the context of the code that registered them: they print where it prints, and Stop of a script stops
/// them. What the console has registered runs after its line has ended, so that each such call has a job of its own, listed
/// when it takes long. All members may be called on any thread, with or without the GIL.
class CallbackRunner {
public:
    explicit CallbackRunner(PythonRuntime& runtime) : m_runtime(runtime) {}

    /// False when Python is ending, or the system gives no thread, which is said then; nothing is called.
    bool run(Callback callback);

private:
    using Context = std::shared_ptr<ScriptContext>;
    void execute(const Callback& callback);
    /// What went wrong, which is told by then.
    std::optional<Error> call(const Callback& callback, const Context& context);
    void callAsJob(const Callback& callback, const Context& context);
    void tellRefused(const Context& context, const Error& error);
    void show(const Callback& callback, const Context& context, const Error& error);

    PythonRuntime& m_runtime;
};

} // namespace tintype
