// Runs a handler or a timer's function where it belongs, and shows what goes wrong in it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/CallbackRunner.h"

#include "scripting/Gil.h"
#include "scripting/ListedJob.h"
#include "scripting/LooseOutput.h"
#include "scripting/PythonRun.h"
#include "scripting/PythonRuntime.h"
#include "scripting/WindowBridge.h"

#include <chrono>

namespace py = pybind11;

namespace tintype {

namespace {

RunOutcome outcomeOf(const std::optional<Error>& error) {
    if (!error)
        return {};
    if (error->code() == ErrorCode::Cancelled)
        return {RunOutcome::State::Stopped, {}, 130};
    const std::string text = error->what();
    return {RunOutcome::State::Failed, text.substr(0, text.find('\n')), 1};
}

} // namespace

bool CallbackRunner::run(Callback callback) {
    const auto shared = std::make_shared<const Callback>(std::move(callback));
    // The owner of the callback is still at work until it has ended.
    const auto membership = std::make_shared<Owner::Membership>(
        m_runtime.ownerOf(shared->function.context())->add(Owner::Kind::Call));
    try {
        return m_runtime.callbackPool().post(shared->title, [this, shared, membership] {
            execute(*shared);
            *membership = {};
        });
    } catch (const Error& error) {
        tellRefused(shared->function.context(), error);
        return false;
    }
}

void CallbackRunner::tellRefused(const Context& context, const Error& error) {
    const std::string text = error.what();
    if (context)
        context->write(OutputStream::Error, text + "\n");
    m_runtime.tell(text);
}

void CallbackRunner::execute(const Callback& callback) {
    const Context own = callback.function.context();
    const Context context = [&] {
        const GilRelease release;
        return ScriptContext::forCallback(own, callback.title);
    }();
    if (context == own)
        static_cast<void>(call(callback, context));
    else
        callAsJob(callback, context);
}

std::optional<Error> CallbackRunner::call(const Callback& callback, const Context& context) {
    const auto begun = std::chrono::steady_clock::now();
    // Told here, where it is what was thrown: a copy has lost the exception of a PythonRaised.
    const auto tell = [&](const Error* error) {
        const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begun;
        m_runtime.ownerOf(context)->calls().noteCall(passed.count());
        if (error && error->code() != ErrorCode::Cancelled && callback.showsErrors)
            show(callback, context, *error);
        if (callback.ended)
            callback.ended(error);
    };
    try {
        callback.function.callIn(context, callback.call);
    } catch (const Error& error) {
        tell(&error);
        return error;
    } catch (const std::exception& unknown) {
        const Error error(ErrorCode::Internal, unknown.what());
        tell(&error);
        return error;
    }
    tell(nullptr);
    return std::nullopt;
}

void CallbackRunner::callAsJob(const Callback& callback, const Context& context) {
    ListedJob listed(m_runtime, context->job());
    std::optional<Error> error;
    {
        const PythonRun stoppable(m_runtime, context);
        error = call(callback, context);
    }
    listed.end(outcomeOf(error));
}

void CallbackRunner::show(const Callback& callback, const Context& context, const Error& error) {
    const std::string text = error.what();
    const std::size_t traceback = text.find('\n');
    const OwnerPtr owner = m_runtime.ownerOf(context);
    const std::string details = traceback == std::string::npos ? text + "\n" : text.substr(traceback + 1);
    const std::string shown = callback.title + " failed.\n" + details;
    owner->calls().noteFailure(callback.title, details);
    if (context)
        context->write(OutputStream::Error, shown);
    else
        writeToPython(OutputStream::Error, shown);
    if (WindowBridge* const window = m_runtime.window()) {
        const GilRelease release;
        window->showMessage(owner->prefix() + callback.title + " failed: " + text.substr(0, traceback));
    }
}

} // namespace tintype
