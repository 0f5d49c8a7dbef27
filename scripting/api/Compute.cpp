// Stops evaluations by the script's token and by signals.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Compute.h"

#include "scripting/ScriptContext.h"

#include <chrono>
#include <future>
#include <thread>

#include <unistd.h>

namespace py = pybind11;

namespace tintype {

namespace {

constexpr std::chrono::milliseconds BETWEEN_LOOKS{50};

/// Python's main thread, where there is no window; with one, that thread never runs Python.
bool onMainThread() { return getpid() == gettid(); }

/// A thread that may have called Python, and then needs the GIL to end.
class JoinedThread {
public:
    explicit JoinedThread(std::packaged_task<void()> task) : m_thread(std::move(task)) {}
    ~JoinedThread() {
        const GilRelease release;
        m_thread.join();
    }
    JoinedThread(const JoinedThread&) = delete;

private:
    std::thread m_thread;
};

} // namespace

CallWatch::CallWatch() {
    if (const auto context = ScriptContext::current())
        m_stop = context->token().onCancel([token = m_watch.token]() mutable { token.cancel(); });
}

void CallWatch::run(const std::function<void()>& work) {
    if (onMainThread())
        return runBesideSignals(work);
    const GilRelease release;
    work();
}

void CallWatch::runBesideSignals(const std::function<void()>& work) {
    std::packaged_task<void()> task(work);
    std::future<void> ended = task.get_future();
    const JoinedThread thread(std::move(task));
    std::optional<py::error_already_set> raised;
    const auto waited = [&] {
        const GilRelease release;
        return ended.wait_for(BETWEEN_LOOKS) == std::future_status::ready;
    };
    while (!waited()) {
        if (raised || PyErr_CheckSignals() == 0)
            continue;
        raised.emplace();
        m_watch.token.cancel();
    }
    if (raised)
        throw *raised;
    ended.get();
}

} // namespace tintype
