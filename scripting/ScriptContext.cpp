// What a piece of running Python code belongs to: its job, its output, its current image and its undo group.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/ScriptContext.h"

#include <pthread.h>

#include <algorithm>
#include <iterator>

namespace tintype {

namespace {

thread_local std::shared_ptr<ScriptContext> currentContext;

// Python numbers its threads by what pthread_self returns.
unsigned long thisThread() {
    return static_cast<unsigned long>(pthread_self());
}

bool contains(const std::vector<unsigned long>& threads, unsigned long thread) {
    return std::find(threads.begin(), threads.end(), thread) != threads.end();
}

} // namespace

ScriptContext::ScriptContext(JobPtr job, OutputSink sink, std::string currentImage)
    : m_job(std::move(job)), m_sink(std::move(sink)), m_currentImage(std::move(currentImage)) {}

void ScriptContext::write(OutputStream stream, const std::string& text) {
    OutputSink sink;
    {
        std::lock_guard lock(m_mutex);
        sink = m_sink;
    }
    if (sink)
        sink(stream, text);
}

void ScriptContext::close() {
    std::lock_guard lock(m_mutex);
    m_sink = nullptr;
}

std::string ScriptContext::currentImage() const {
    std::lock_guard lock(m_mutex);
    return m_currentImage;
}

void ScriptContext::setCurrentImage(const std::string& name) {
    std::lock_guard lock(m_mutex);
    m_currentImage = name;
}

std::uint64_t ScriptContext::undoGroup() const {
    std::lock_guard lock(m_mutex);
    return m_undoGroup;
}

void ScriptContext::setUndoGroup(std::uint64_t group) {
    std::lock_guard lock(m_mutex);
    m_undoGroup = group;
}

std::shared_ptr<ScriptContext> ScriptContext::forCallback(const std::shared_ptr<ScriptContext>& context,
                                                          const std::string& title) {
    return context && context->m_callbackContext ? context->m_callbackContext(title) : context;
}

std::vector<unsigned long> ScriptContext::threads() const {
    std::lock_guard lock(m_mutex);
    return m_threads;
}

void ScriptContext::noteStopMet() {
    std::lock_guard lock(m_mutex);
    if (m_job->token().isCancelled())
        m_stopsMet.push_back(thisThread());
}

void ScriptContext::passThisThreadBy() {
    std::lock_guard lock(m_mutex);
    m_passedBy.push_back(thisThread());
}

std::vector<unsigned long> ScriptContext::threadsToStop() {
    std::lock_guard lock(m_mutex);
    ++m_stopsRaised;
    std::vector<unsigned long> threads;
    std::copy_if(m_threads.begin(), m_threads.end(), std::back_inserter(threads), [this](unsigned long thread) {
        return !contains(m_stopsMet, thread) && !contains(m_passedBy, thread);
    });
    return threads;
}

unsigned ScriptContext::stopsRaised() const {
    std::lock_guard lock(m_mutex);
    return m_stopsRaised;
}

void ScriptContext::forgetStopsMet() {
    std::lock_guard lock(m_mutex);
    m_stopsMet.clear();
}

std::shared_ptr<ScriptContext> ScriptContext::current() {
    return currentContext;
}

bool ScriptContext::isCurrent() {
    return currentContext != nullptr;
}

void ScriptContext::enter(const std::shared_ptr<ScriptContext>& context) {
    currentContext = context;
    if (!context)
        return;
    std::lock_guard lock(context->m_mutex);
    context->m_threads.push_back(thisThread());
}

void ScriptContext::leave() {
    if (!currentContext)
        return;
    {
        std::lock_guard lock(currentContext->m_mutex);
        auto& threads = currentContext->m_threads;
        threads.erase(std::find(threads.begin(), threads.end(), thisThread()));
        // Its number may be another thread's tomorrow.
        std::erase(currentContext->m_passedBy, thisThread());
    }
    currentContext.reset();
}

ScriptContext::Scope::Scope(std::shared_ptr<ScriptContext> context) : m_previous(std::move(currentContext)) {
    enter(context);
}

ScriptContext::Scope::~Scope() {
    leave();
    currentContext = std::move(m_previous);
}

} // namespace tintype
