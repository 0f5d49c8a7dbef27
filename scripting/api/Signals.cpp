// Who watches the evaluation of images, and which images may not be evaluated any more.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/api/Signals.h"

#include "core/Error.h"

#include <pybind11/pybind11.h>

#include <algorithm>
#include <atomic>

namespace py = pybind11;

namespace tintype {

namespace {

[[noreturn]] void throwKilled(const Image& image) {
    throw Error(ErrorCode::Operation, describe(image.node()) + ": set_kill ended its evaluation");
}

} // namespace

/// One evaluation that is under way.
class Signals::Running {
public:
    Running(Signals& signals, const Image& image, CancelToken token)
        : m_signals(signals), m_image(image), m_token(std::move(token)) {
        std::lock_guard lock(m_signals.m_mutex);
        if (m_signals.isAnybodyThere())
            m_watcher = m_signals.watcherOf(image);
        m_place = m_signals.m_running.insert(m_signals.m_running.end(), this);
    }
    ~Running() {
        std::lock_guard lock(m_signals.m_mutex);
        m_signals.m_running.erase(m_place);
    }
    Running(const Running&) = delete;

    void tell(const char* moment, double fraction) const {
        if (m_watcher)
            m_watcher.call([=](PyObject* function) { py::reinterpret_borrow<py::object>(function)(moment, fraction); });
    }
    EvaluationWatch watch() const {
        EvaluationWatch watch{m_token, {}};
        if (m_watcher)
            watch.progress = [this](double fraction) { tell("eval", fraction); };
        return watch;
    }
    bool isMadeOf(const NodePtr& node) const { return std::ranges::count(upstream(m_image.node()), node) > 0; }
    bool isKilled() const { return m_isKilled; }
    /// With the mutex held; whoever calls it cancels the token afterwards, without.
    CancelToken kill() {
        m_isKilled = true;
        return m_token;
    }

private:
    Signals& m_signals;
    const Image m_image;
    const CancelToken m_token;
    PyCallable m_watcher;
    std::atomic<bool> m_isKilled = false;
    std::list<Running*>::iterator m_place;
};

PyCallable Signals::watcherOf(const Image& image) {
    std::erase_if(m_killed, [](const auto& node) { return node.expired(); });
    const std::vector<NodePtr> nodes = upstream(image.node());
    PyCallable nearest;
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
        if (std::ranges::any_of(m_killed, [&](const auto& killed) { return killed.lock() == *node; }))
            throwKilled(image);
        const auto found = std::ranges::find(m_watchers, *node, &Watcher::node);
        if (!nearest && found != m_watchers.end())
            nearest = found->function;
    }
    return nearest;
}

void Signals::evaluate(const Image& image, const CancelToken& token,
                       const std::function<void(const EvaluationWatch&)>& work) {
    const Running running(*this, image, token);
    running.tell("preeval", 0);
    try {
        work(running.watch());
    } catch (const Error& error) {
        running.tell("posteval", 1);
        if (error.code() == ErrorCode::Cancelled && running.isKilled())
            throwKilled(image);
        throw;
    }
    // libvips tells nothing of what is quick.
    running.tell("eval", 1);
    running.tell("posteval", 1);
}

std::uint64_t Signals::watch(const Image& image, PyCallable function) {
    std::lock_guard lock(m_mutex);
    m_watchers.push_back({++m_last, image.node(), std::move(function)});
    return m_last;
}

void Signals::unwatch(std::uint64_t watcher) {
    Watcher gone{};
    std::lock_guard lock(m_mutex);
    const auto found = std::ranges::find(m_watchers, watcher, &Watcher::number);
    if (found == m_watchers.end())
        return;
    gone = std::move(*found);
    m_watchers.erase(found);
}

void Signals::setKilled(const Image& image, bool killed) {
    std::vector<CancelToken> tokens;
    {
        std::lock_guard lock(m_mutex);
        std::erase_if(m_killed, [&](const auto& node) { return node.expired() || node.lock() == image.node(); });
        if (!killed)
            return;
        m_killed.push_back(image.node());
        for (Running* running : m_running)
            if (running->isMadeOf(image.node()))
                tokens.push_back(running->kill());
    }
    for (CancelToken& token : tokens)
        token.cancel();
}

} // namespace tintype
