// What the parts of the runtime share: the threads that Python knows, callbacks, the window, the workbench.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/PythonRuntime.h"

#include "scripting/Gil.h"
#include "scripting/OutputRouter.h"
#include "scripting/ScriptContext.h"
#include "scripting/WindowBridge.h"

#include <cstdio>

namespace tintype {

namespace {

/// Long enough to bundle a storm of drops, too short to keep large arrays for long.
constexpr std::chrono::milliseconds DRAIN_AFTER{50};
constexpr int END_CALLBACKS_MS = 2000;

} // namespace

PythonRuntime::PythonRuntime(Workbench& workbench, WindowBridge* window)
    : m_workbench(workbench), m_window(window), m_threads(std::make_shared<PythonThreads>()),
      m_processOwner(std::make_shared<Owner>("this program")),
      m_callbackPool([this](const QString& name) { return makeThread(name); },
                     [this](const std::string& title) { tellCrowded(title); }),
      m_callbacks(*this), m_timers(*this) {
    onReferencesWaiting([this] { drainSoon(); });
}

PythonRuntime::~PythonRuntime() {
    onReferencesWaiting(nullptr);
    endCallbacks(QDeadlineTimer(END_CALLBACKS_MS));
}

PythonThreadPtr PythonRuntime::makeThread(const QString& name, PythonThread::Destructors destructors) const {
    return PythonThreadPtr(new PythonThread(name, m_threads, destructors));
}

PythonThread& PythonRuntime::supervisor() {
    std::lock_guard lock(m_threadsMutex);
    // One that the system has refused may be had now; somebody may be about to use the other still.
    if (m_supervisor && !m_supervisor->hasStarted())
        m_refused.push_back(std::move(m_supervisor));
    if (!m_supervisor)
        m_supervisor = makeThread(QStringLiteral("Tintype supervisor"), PythonThread::Destructors::Elsewhere);
    return *m_supervisor;
}

PythonThread& PythonRuntime::drainer() {
    std::lock_guard lock(m_threadsMutex);
    if (m_drainer && !m_drainer->hasStarted())
        m_refused.push_back(std::move(m_drainer));
    if (!m_drainer)
        m_drainer = makeThread(QStringLiteral("Tintype references"));
    return *m_drainer;
}

OwnerPtr PythonRuntime::ownerOf(const std::shared_ptr<ScriptContext>& context) const {
    return context && context->owner() ? context->owner() : m_processOwner;
}

void PythonRuntime::stopThread(unsigned long thread, std::shared_ptr<const bool> isMeant) {
    const bool isUnderway = supervisor().post([thread, isMeant = std::move(isMeant)] {
        if (*isMeant)
            raiseInThread(thread, cancelledType().ptr());
    });
    if (!isUnderway)
        tell("Python code is not stopped: the system gives this program no more threads. Stop it again when other programs have ended.");
}

void PythonRuntime::drainSoon() {
    m_deadlines.post(DeadlineQueue::Clock::now() + DRAIN_AFTER, [this] { drainer().post(drainDroppedReferences); });
}

void PythonRuntime::tellCrowded(const std::string& title) {
    tell(title + " and what comes after it wait: " + std::to_string(m_callbackPool.threadCount()) +
         " handlers and timers are running, and there is no thread for more.");
}

void PythonRuntime::tell(const std::string& text) const {
    if (m_window)
        m_window->showMessage(text);
    else
        std::fprintf(stderr, "Tintype: %s\n", text.c_str());
}

void PythonRuntime::closeCallbacks() {
    m_processOwner->release();
    m_deadlines.stop();
    m_callbackPool.close();
    if (m_callbackPool.threadCount() == 0)
        return;
    supervisor().post([this] {
        for (const unsigned long thread : m_callbackPool.busyThreads())
            raiseInThread(thread, cancelledType().ptr());
    });
}

bool PythonRuntime::endCallbacks(const QDeadlineTimer& deadline) {
    closeCallbacks();
    return m_callbackPool.end(deadline);
}

bool PythonRuntime::endThreads() {
    onReferencesWaiting(nullptr);
    endCallbacks(QDeadlineTimer(END_CALLBACKS_MS));
    m_drainer.reset();
    // A thread that is left behind may still post to the supervisor.
    const int supervisors = m_supervisor ? 1 : 0;
    if (m_threads->alive > supervisors)
        return false;
    m_supervisor.reset();
    return m_threads->alive == 0;
}

} // namespace tintype
