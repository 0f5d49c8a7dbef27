// Notices who holds Python for long and who does not end after Stop, and tells the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/Interpreter.h"
#include "scripting/PythonRuntime.h"
#include "scripting/PythonText.h"
#include "scripting/StackReader.h"
#include "scripting/StallMonitor.h"
#include "scripting/WindowBridge.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <system_error>
#include <thread>
#include <utility>

namespace py = pybind11;

namespace tintype {

namespace {

using Clock = std::chrono::steady_clock;

/// What the supervisor found out about a run that was stopped.
struct Answer {
    QString where;
    QString stack;
};

/// On the supervisor, with the GIL.
Answer answerAbout(const ScriptContext& context) {
    const std::vector<unsigned long> threads = context.threads();
    py::list waiting;
    for (const unsigned long thread : threads)
        waiting.append(py::make_tuple(thread, isRaisePending(thread)));
    try {
        const py::tuple told = py::module_::import("tintype_runtime.stalls").attr("describe")(waiting);
        return {QString::fromStdString(textFrom(told[0])), QString::fromStdString(textFrom(told[1]))};
    } catch (const py::error_already_set& error) {
        return {QString::fromUtf8(error.what()), {}};
    }
}

/// The innermost line of the script's own; libraries are in the stack.
QString placeIn(const PythonStack& stack) {
    const auto isOwn = [](const PythonStack::Line& line) {
        return !line.file.startsWith(QLatin1String(TINTYPE_PYTHON_HOME "/lib/python3")) && !line.file.startsWith(QLatin1String("<frozen"));
    };
    if (stack.lines.isEmpty())
        return {};
    const auto own = std::find_if(stack.lines.begin(), stack.lines.end(), isOwn);
    const PythonStack::Line& line = own == stack.lines.end() ? stack.lines.first() : *own;
    return QStringLiteral("%1, line %2").arg(line.file.section(QLatin1Char('/'), -1)).arg(line.number);
}

} // namespace

/// Shared with the supervisor's tasks, which may come late.
class StallMonitor::Watch {
public:
    using Tell = std::function<void(QList<Stall>)>;

    Watch(PythonRuntime& runtime, const StallLimits& limits, Tell tell) try
        : m_runtime(runtime), m_limits(limits), m_tell(std::move(tell)), m_thread([this] { run(); }) {
    } catch (const std::system_error&) {
        throw Error(ErrorCode::Internal, "nobody can watch over Python: the system gives this program no more threads; "
                                         "end other programs and start it again");
    }
    ~Watch() {
        {
            std::lock_guard lock(m_mutex);
            m_ends = true;
        }
        m_wake.notify_all();
        m_thread.join();
    }

    PythonRuntime& runtime() { return m_runtime; }

private:
    /// Who is stopped and runs on.
    struct Stopped {
        Clock::time_point since;
        Clock::time_point asked;
        /// One question at a time: while Python is held none is answered.
        std::shared_ptr<std::atomic<bool>> isAsked = std::make_shared<std::atomic<bool>>(false);
    };
    /// What the supervisor writes and the monitor reads.
    struct Shared {
        std::atomic<bool> beatPending = false;
        std::mutex mutex; ///< of the answers only, since the supervisor takes it with the GIL
        std::map<std::uint64_t, Answer> answers;
    };

    void run();
    QList<Stall> look();
    void lookAtHolder(QList<Stall>& stalls);
    void lookAtStopped(QList<Stall>& stalls);
    void askFor(const std::shared_ptr<ScriptContext>& context, const std::shared_ptr<std::atomic<bool>>& isAsked);
    void beat();
    void tellUnreadable();
    Stall named(const PythonStack& stack) const;

    PythonRuntime& m_runtime;
    const StallLimits m_limits;
    const Tell m_tell;
    const StackReader m_reader;
    const std::shared_ptr<Shared> m_shared = std::make_shared<Shared>();
    const void* m_holder = nullptr;
    Clock::time_point m_heldSince;
    PythonStack m_heldAt;
    bool m_unreadableTold = false;
    std::map<std::uint64_t, Stopped> m_stopped;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ends = false;
    std::thread m_thread;
};

void StallMonitor::Watch::run() {
    QList<Stall> told;
    for (;;) {
        {
            std::unique_lock lock(m_mutex);
            if (m_wake.wait_for(lock, m_limits.look, [this] { return m_ends; }))
                return;
        }
        QList<Stall> stalls = look();
        if (stalls == told)
            continue;
        told = stalls;
        m_tell(std::move(stalls));
    }
}

QList<Stall> StallMonitor::Watch::look() {
    QList<Stall> stalls;
    lookAtHolder(stalls);
    lookAtStopped(stalls);
    return stalls;
}

void StallMonitor::Watch::beat() {
    m_shared->beatPending = true;
    m_runtime.supervisor().post([shared = m_shared] { shared->beatPending = false; });
}

void StallMonitor::Watch::lookAtHolder(QList<Stall>& stalls) {
    const void* const holder = StackReader::gilHolder();
    const auto now = Clock::now();
    const bool answered = !m_shared->beatPending;
    if (!holder || answered || holder != m_holder) {
        m_holder = holder;
        m_heldSince = now;
        m_heldAt = {};
        // Nobody needs to be asked while Python is free.
        if (holder && answered)
            beat();
        return;
    }
    if (now - m_heldSince < m_limits.holds)
        return;
    if (!m_reader.problem().empty()) {
        tellUnreadable();
        Stall stall;
        stall.since = m_heldSince;
        stalls.push_back(stall);
        return;
    }
    if (const auto stack = m_reader.read(holder)) {
        m_heldAt = *stack;
        m_heldAt.lines.removeIf([](const auto& line) { return line.file.contains(QLatin1String("/tintype/_runtime/")); });
    }
    // It has moved just now, so it will answer.
    if (m_heldAt.threadId == 0)
        return;
    Stall stall = named(m_heldAt);
    stall.since = m_heldSince;
    stalls.push_back(stall);
}

void StallMonitor::Watch::tellUnreadable() {
    if (std::exchange(m_unreadableTold, true) || !m_runtime.window())
        return;
    m_runtime.window()->showMessage("Tintype cannot show who holds Python, because the system does not let it read its own memory (" +
                                    m_reader.problem() + ").");
}

Stall StallMonitor::Watch::named(const PythonStack& stack) const {
    Stall stall;
    stall.stack = stack.text();
    stall.where = placeIn(stack);
    for (const RunList::Run& run : m_runtime.runs().runs()) {
        const std::vector<unsigned long> threads = run.context->threads();
        if (std::find(threads.begin(), threads.end(), stack.threadId) == threads.end())
            continue;
        const JobInfo job = run.context->job()->info();
        stall.jobId = run.isOurs ? 0 : job.id;
        stall.title = QString::fromStdString(job.title);
        stall.stopAsked = run.context->token().isCancelled();
    }
    return stall;
}

void StallMonitor::Watch::lookAtStopped(QList<Stall>& stalls) {
    const auto now = Clock::now();
    std::map<std::uint64_t, Stopped> still;
    for (const RunList::Run& run : m_runtime.runs().runs()) {
        if (run.isOurs || !run.context->token().isCancelled())
            continue;
        const JobInfo job = run.context->job()->info();
        const auto known = m_stopped.find(job.id);
        Stopped& stopped = still[job.id] = known != m_stopped.end() ? known->second : Stopped{now, now};
        if (now - stopped.since < m_limits.ends)
            continue;
        if (now - stopped.asked >= m_limits.ends && !stopped.isAsked->exchange(true)) {
            stopped.asked = now;
            askFor(run.context, stopped.isAsked);
        }
        Stall stall{Stall::Kind::DoesNotEnd, job.id, QString::fromStdString(job.title), true, {}, {}, stopped.since};
        std::lock_guard lock(m_shared->mutex);
        const auto answer = m_shared->answers.find(job.id);
        if (answer == m_shared->answers.end())
            continue;
        stall.where = answer->second.where;
        stall.stack = answer->second.stack;
        stalls.push_back(stall);
    }
    m_stopped = std::move(still);
    std::lock_guard lock(m_shared->mutex);
    std::erase_if(m_shared->answers, [this](const auto& answer) { return !m_stopped.contains(answer.first); });
}

void StallMonitor::Watch::askFor(const std::shared_ptr<ScriptContext>& context, const std::shared_ptr<std::atomic<bool>>& isAsked) {
    m_runtime.supervisor().post([shared = m_shared, context, isAsked, id = context->job()->id()] {
        const Answer answer = answerAbout(*context);
        *isAsked = false;
        std::lock_guard lock(shared->mutex);
        shared->answers[id] = answer;
    });
}

StallMonitor::StallMonitor(Interpreter& interpreter, const StallLimits& limits, QObject* parent)
    : QObject(parent), m_wakeup([this] { take(); }),
      m_watch(std::make_unique<Watch>(interpreter.runtime(), limits, [this](QList<Stall> stalls) {
          {
              std::lock_guard lock(m_mutex);
              m_news = std::move(stalls);
          }
          m_wakeup.post();
      })) {}

void StallMonitor::take() {
    {
        std::lock_guard lock(m_mutex);
        m_stalls = m_news;
    }
    Q_EMIT changed();
}

StallMonitor::~StallMonitor() = default;

void StallMonitor::stopAgain(quint64 jobId) {
    for (const RunList::Run& run : m_watch->runtime().runs().runs())
        if (run.context->job()->id() == jobId)
            run.interrupt();
}

} // namespace tintype
