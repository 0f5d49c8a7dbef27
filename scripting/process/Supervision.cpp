// Looks after a script's process: what it prints, asks and reports, and its end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/Supervision.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "core/recipe/ValueJson.h"
#include "scripting/WindowBridge.h"

#include <QJsonArray>

#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

/// What a script that heeds the stop needs at most, and how much of that it must have had the processor for: on a busy machine
/// it may not have run at all.
#ifdef TINTYPE_SANITIZED
constexpr int SLOWER = 10; ///< so does a sanitizer make the process
#else
constexpr int SLOWER = 1;
#endif
constexpr std::chrono::milliseconds UNTIL_ANSWER{SLOWER * 300};
constexpr std::chrono::milliseconds RUNNING_UNTIL_ANSWER{SLOWER * 200};
/// One that sleeps in C code, and heeds no signal, does not run either.
constexpr std::chrono::milliseconds UNTIL_ANSWER_AT_MOST{SLOWER * 1000};
constexpr std::chrono::milliseconds UNTIL_TIDY{SLOWER * 3000};
/// The system ends a process at once, unless a broken disk or the like holds it.
constexpr std::chrono::milliseconds UNTIL_DEATH{5000};
/// For Python's tracker of shared memory, which ends after the process that it works for.
constexpr int CHILDREN_END_MS = 200;
constexpr int LONGEST_WAIT_MS = 50;

/// What the process runs; its first import must not find a folder of the name where the program was started.
constexpr const char* CODE = "import sys; sys.path[:1] = [] if sys.path[0] == '' else sys.path[:1]; "
                             "from tintype._own_process import main; main(3)";

/// How many bytes at the end begin a character without ending it.
std::size_t openBytes(const std::string& text) {
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, text.size()); ++back) {
        const auto byte = static_cast<unsigned char>(text[text.size() - back]);
        if ((byte & 0xC0) == 0x80)
            continue;
        const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        return length > back ? back : 0;
    }
    return 0;
}

} // namespace

ScriptProcess::Supervision::Supervision(const Surroundings& surroundings, const ScriptRequest& request, JobPtr job,
                                        OutputSink output, const std::atomic<bool>& isHurried)
    : m_surroundings(surroundings), m_request(request), m_job(std::move(job)), m_output(std::move(output)),
      m_isHurried(isHurried), m_wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    m_stop = m_job->token().onCancel([wake = m_wake.number()] { eventfd_write(wake, 1); });
}

ScriptProcess::Supervision::~Supervision() {
    m_questionsEnd.cancel();
    m_questions.close();
    if (m_asking.joinable())
        m_asking.join();
    if (m_child && m_child->isKilled() && !m_isLeftBehind && !m_isHurried) {
        // Reported already; nobody waits for this.
        pollfd none{-1, 0, 0};
        poll(&none, 1, CHILDREN_END_MS);
    }
}

int ScriptProcess::Supervision::run(const DocumentState& snapshot) {
    if (!m_job->start()) {
        say("Stopped.");
        return STOPPED;
    }
    try {
        return ranToItsEnd(snapshot);
    } catch (const std::exception& error) {
        return concludeUnexpected(error.what());
    }
}

int ScriptProcess::Supervision::ranToItsEnd(const DocumentState& snapshot) {
    if (!m_wake)
        throw Error(ErrorCode::Internal, "a script's process cannot be stopped here, and so is not started");
    start(snapshot);
    watch();
    m_questionsEnd.cancel();
    return conclude();
}

void ScriptProcess::Supervision::start(const DocumentState& snapshot) {
    PackedImages packed = packDocument(snapshot, [this] { m_job->token().check(); });
    for (const std::string& reason : packed.leftBehind)
        say("Not taken along to the script's process, " + reason);
    m_nodes = std::move(packed.nodes);
    QJsonArray arguments;
    for (const QString& argument : m_request.arguments)
        arguments.append(argument);
    QJsonObject& json = packed.message.json;
    json[u"name"_s] = m_request.name;
    json[u"path"_s] = m_request.path;
    json[u"arguments"_s] = arguments;
    if (!m_request.text.isEmpty() || m_request.path.isEmpty())
        json[u"text"_s] = m_request.text;
    m_child.emplace(std::vector<std::string>{m_surroundings.program, "-X", "utf8", "-c", CODE});
    // Where it is gone already, its end says why.
    m_child->link().send(json, packed.message.pixels);
}

void ScriptProcess::Supervision::watch() {
    for (;;) {
        std::array<pollfd, 5> files{{{m_child->end(), POLLIN, 0},
                                     {m_linkIsClosed ? -1 : m_child->link().number(), POLLIN, 0},
                                     {m_child->output(), POLLIN, 0},
                                     {m_child->errors(), POLLIN, 0},
                                     {m_wake.number(), POLLIN, 0}}};
        // A pipe that all writers have closed is readable for ever.
        for (std::size_t i : {2U, 3U})
            if (m_isClosed[i - 2])
                files[i].fd = -1;
        poll(files.data(), files.size(), millisecondsToWait());
        for (std::size_t i : {2U, 3U})
            m_isClosed[i - 2] = m_isClosed[i - 2] || files[i].revents == POLLHUP;
        passOutput();
        passMessages();
        if (files[0].revents)
            break;
        if (m_job->token().isCancelled())
            beginStop();
        if (isGivenUp())
            break;
    }
    // What it left in the pipes, which hold less than one reading; its children may go on writing.
    passOutput();
    passMessages();
    m_output(OutputStream::Out, m_keptOutput);
    m_output(OutputStream::Error, m_keptErrors);
}

std::optional<ScriptProcess::Supervision::Clock::time_point> ScriptProcess::Supervision::nextLimit() const {
    if (m_killed)
        return *m_killed + (m_isHurried ? UNTIL_ANSWER : UNTIL_DEATH);
    if (!m_stopAsked)
        return std::nullopt;
    if (m_isHurried)
        return *m_stopAsked + UNTIL_ANSWER;
    if (m_stopIsAnswered)
        return *m_stopAsked + UNTIL_TIDY;
    return *m_stopAsked + (hasHadItsChance() ? UNTIL_ANSWER : UNTIL_ANSWER_AT_MOST);
}

bool ScriptProcess::Supervision::hasHadItsChance() const {
    return m_child->processorTime() - m_processorTimeAtStop >= RUNNING_UNTIL_ANSWER;
}

int ScriptProcess::Supervision::millisecondsToWait() const {
    const auto limit = nextLimit();
    if (!limit)
        return -1;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*limit - Clock::now());
    // In slices, since the window may be in a hurry to quit.
    return int(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, LONGEST_WAIT_MS));
}

void ScriptProcess::Supervision::beginStop() {
    if (m_stopAsked)
        return;
    eventfd_t unused = 0;
    eventfd_read(m_wake.number(), &unused);
    m_stopAsked = Clock::now();
    m_processorTimeAtStop = m_child->processorTime();
    m_questionsEnd.cancel();
    m_child->link().send({{u"type"_s, u"stop"_s}});
}

bool ScriptProcess::Supervision::isGivenUp() {
    const auto limit = nextLimit();
    if (!limit || Clock::now() < *limit)
        return false;
    m_isLeftBehind = m_killed.has_value();
    if (!m_killed) {
        m_killed = Clock::now();
        m_child->kill();
    }
    return m_isLeftBehind;
}

void ScriptProcess::Supervision::passOutput() {
    print(OutputStream::Out, m_keptOutput, m_child->readOutput());
    print(OutputStream::Error, m_keptErrors, m_child->readErrors());
}

void ScriptProcess::Supervision::print(OutputStream stream, std::string& kept, const std::string& piece) {
    if (piece.empty())
        return;
    std::string text = std::exchange(kept, {}) + piece;
    const std::size_t open = openBytes(text);
    kept = text.substr(text.size() - open);
    text.resize(text.size() - open);
    m_output(stream, text);
}

void ScriptProcess::Supervision::passMessages() {
    while (!m_linkIsClosed) {
        auto message = m_child->link().receive(ProcessLink::Wait::No, m_linkIsClosed);
        if (!message)
            return;
        handle(std::move(*message));
    }
}

} // namespace tintype
