// What one add-on runs in: an owner of all that it registers, contexts for its code, and its output.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "scripting/addons/AddonOwner.h"

#include "core/Workbench.h"
#include "scripting/Gil.h"
#include "scripting/ListedJob.h"
#include "scripting/OutputRouter.h"
#include "scripting/PythonRun.h"
#include "scripting/PythonRuntime.h"

#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

/// With the GIL.
RunOutcome outcomeOf(const py::error_already_set& raised) {
    if (raised.matches(cancelledType()))
        return {RunOutcome::State::Stopped, {}, 130};
    const std::string text = raised.what();
    return {RunOutcome::State::Failed, text.substr(0, text.find('\n')), 1};
}

} // namespace

AddonOwner::Shared::Shared(PythonRuntime& runtime, const std::string& title, std::shared_ptr<void> identity)
    : runtime(runtime), owner(std::make_shared<Owner>(Owner::Named{title})), identity(std::move(identity)),
      lines(runtime.looseOutput(), owner->prefix()) {}

AddonOwner::AddonOwner(PythonRuntime& runtime, const std::string& title, PyObject* identity)
    : m_shared(std::make_shared<Shared>(
          runtime, title, identity ? sharedReference(py::reinterpret_borrow<py::object>(identity)) : nullptr)) {}

AddonOwner::~AddonOwner() {
    release();
}

std::shared_ptr<ScriptContext> AddonOwner::makeContext(const std::shared_ptr<Shared>& shared, const std::string& title) {
    const auto job = std::make_shared<Job>(shared->owner->prefix() + title, JobKind::Script);
    const auto sink = [weak = std::weak_ptr(shared)](OutputStream stream, const std::string& text) {
        if (const auto held = weak.lock())
            held->lines.write(stream, text);
    };
    auto context = std::make_shared<ScriptContext>(job, sink, shared->runtime.workbench().document.state()->active());
    context->setOwner(shared->owner);
    context->setIdentity(shared->identity);
    context->setCallbackContext([weak = std::weak_ptr(shared)](const std::string& callback) {
        const auto held = weak.lock();
        return held ? makeContext(held, callback) : nullptr;
    });
    std::lock_guard lock(shared->mutex);
    std::erase_if(shared->contexts, [](const auto& known) { return known.expired(); });
    shared->contexts.push_back(context);
    return context;
}

void AddonOwner::run(const std::function<void()>& work, const std::string& title) {
    const std::shared_ptr<ScriptContext> context = [&] {
        const GilRelease release;
        return makeContext(m_shared, title);
    }();
    ListedJob job(m_shared->runtime, context->job());
    try {
        {
            const PythonRun stoppable(m_shared->runtime, context);
            const ScriptContext::Scope scope(context);
            work();
        }
        m_shared->lines.flush();
        job.end({});
    } catch (const py::error_already_set& raised) {
        m_shared->lines.flush();
        job.end(outcomeOf(raised));
        throw;
    }
}

void AddonOwner::release() {
    m_shared->owner->release();
    std::vector<std::weak_ptr<ScriptContext>> contexts;
    {
        std::lock_guard lock(m_shared->mutex);
        contexts.swap(m_shared->contexts);
    }
    for (const auto& weak : contexts)
        if (const auto context = weak.lock(); context && context != ScriptContext::current())
            stop(context);
}

void AddonOwner::stop(const std::shared_ptr<ScriptContext>& context) {
    const bool isOver = context->job()->info().ended();
    // Raises it in the code that runs.
    context->job()->cancel();
    if (!isOver || context->threads().empty())
        return;
    // The code has ended and left threads behind, for which nobody looks any more.
    m_shared->runtime.supervisor().post([context] {
        const py::object type = cancelledType();
        for (const unsigned long thread : context->threadsToStop())
            raiseInThread(thread, type.ptr());
    });
}

bool AddonOwner::isCurrent() const {
    const auto context = ScriptContext::current();
    return context && context->owner() == m_shared->owner;
}

bool AddonOwner::isAnyCurrent() {
    const auto context = ScriptContext::current();
    return context && context->owner() && !context->owner()->prefix().empty();
}

} // namespace tintype
