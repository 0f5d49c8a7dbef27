// The script's side of its process: the document's copy, the window it can ask, its stop and its result.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/OwnProcess.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "core/recipe/ValueJson.h"
#include "scripting/Gil.h"
#include "scripting/Owner.h"
#include "scripting/process/DocumentTransfer.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/ioctl.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

constexpr int BETWEEN_SIGNALS_MS = 20;

ProcessMessage firstMessage(const ProcessLink& link) {
    // Children are not to hold the line open.
    fcntl(link.number(), F_SETFD, FD_CLOEXEC);
    bool isClosed = false;
    if (auto message = link.receive(ProcessLink::Wait::Yes, isClosed))
        return std::move(*message);
    throw Error(ErrorCode::Internal, "this process was not started by the window");
}

[[noreturn]] void leaveWithChildren() {
    if (getpgrp() == getpid())
        kill(0, SIGKILL);
    _exit(1);
}

/// What is printed to both streams, by this process and by those it starts, arrives in its order when the window has read
/// what stands in one before the other is written to.
void waitUntilRead(int stream) {
    constexpr int TRIES = 1000;
    constexpr timespec PAUSE{0, 100'000};
    int waiting = 0;
    for (int i = 0; i < TRIES && ioctl(stream, FIONREAD, &waiting) == 0 && waiting > 0; ++i)
        nanosleep(&PAUSE, nullptr);
}

void writeAll(int stream, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = write(stream, text.data() + done, text.size() - done);
        if (written < 0 && errno == EAGAIN) {
            // The script has set the stream so, or a program that shares it.
            pollfd room{stream, POLLOUT, 0};
            poll(&room, 1, -1);
        } else if (written < 0 && errno != EINTR)
            return;
        done += written > 0 ? std::size_t(written) : 0;
    }
}

} // namespace

OwnProcess::OwnProcess(FileHandle link, Workbench& workbench)
    : m_link(std::move(link)), m_workbench(workbench), m_mainThread(static_cast<unsigned long>(pthread_self())) {
    const ProcessMessage message = firstMessage(m_link);
    m_request = message.json;
    UnpackedDocument document = unpackDocument(message, workbench.catalog);
    m_before = document.state;
    m_nodes = std::move(document.nodes);
    workbench.document.replace(std::move(document.state), {});
    auto job = std::make_shared<Job>(m_request["name"_L1].toString().toStdString());
    job->start();
    job->setObserver([this](const Job& changed) { reportProgress(changed); });
    m_context = std::make_shared<ScriptContext>(
        std::move(job), [this](OutputStream stream, const std::string& text) { print(stream, text); }, m_before.active());
    m_context->setOwner(std::make_shared<Owner>(m_context->job()->info().title));
    m_scope.emplace(m_context);
    try {
        std::thread([this] { listen(); }).detach();
    } catch (const std::system_error&) {
        throw Error(ErrorCode::Internal, "the system gives the script's process no thread");
    }
}

void OwnProcess::listen() {
    // Signals are for the main thread, which Python runs on.
    sigset_t signals;
    sigfillset(&signals);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    for (;;) {
        bool isClosed = false;
        if (m_isStopWanted && !m_isStopMet) {
            // One signal is not enough: where it comes just before the main thread begins to wait in C, it wakes nobody.
            pthread_kill(static_cast<pthread_t>(m_mainThread), SIGINT);
            pollfd line{m_link.number(), POLLIN, 0};
            if (poll(&line, 1, BETWEEN_SIGNALS_MS) == 0)
                continue;
        }
        const auto message = m_link.receive(ProcessLink::Wait::Yes, isClosed);
        if (!message)
            leaveWithChildren();
        const QString type = message->json["type"_L1].toString();
        if (type == "answer"_L1) {
            const QJsonValue text = message->json["text"_L1];
            giveAnswer(message->json["id"_L1].toInt(),
                       text.isNull() ? std::nullopt : std::optional(textFromJson(text, "the answer")));
        }
        if (type != "stop"_L1)
            continue;
        m_isStopWanted = true;
        m_context->job()->cancel();
    }
}

bool OwnProcess::meetStop() {
    m_isStopMet = true;
    m_link.send({{u"type"_s, u"stopping"_s}});
    const std::vector<unsigned long> threads = m_context->threadsToStop();
    if (std::ranges::find(threads, m_mainThread) == threads.end())
        return false;
    m_context->noteStopMet();
    return true;
}

void OwnProcess::end(const std::string& state, const std::string& error, int exitCode) {
    // What is packed is all that comes back, so nothing begins any more.
    m_context->owner()->release();
    PackedImages packed;
    if (!m_isStopWanted)
        packed = packChanges(StateChanges::between(m_before, *m_workbench.document.state()), m_nodes);
    for (const std::string& reason : packed.leftBehind)
        print(OutputStream::Error, "Lost with the script's process, " + reason + "\n");
    QJsonObject& json = packed.message.json;
    json[u"type"_s] = u"ended"_s;
    json[u"state"_s] = QString::fromStdString(state);
    json[u"error"_s] = textToJson(error);
    json[u"exitCode"_s] = exitCode;
    m_link.send(json, packed.message.pixels);
}

void OwnProcess::print(OutputStream stream, const std::string& text) {
    std::optional<GilRelease> release;
    if (holdsGil())
        release.emplace();
    std::lock_guard lock(m_printing);
    if (stream == OutputStream::Out)
        return writeAll(STDOUT_FILENO, text);
    waitUntilRead(STDOUT_FILENO);
    writeAll(STDERR_FILENO, text);
    waitUntilRead(STDERR_FILENO);
}

void OwnProcess::reportProgress(const Job& job) {
    const JobInfo info = job.info();
    m_link.send({{u"type"_s, u"progress"_s}, {u"fraction"_s, info.fraction}, {u"detail"_s, textToJson(info.detail)}});
}

void OwnProcess::showMessage(const std::string& text) {
    m_link.send({{u"type"_s, u"message"_s}, {u"text"_s, textToJson(text)}});
}

void OwnProcess::showImage(const std::string& name) {
    m_link.send({{u"type"_s, u"show"_s}, {u"name"_s, textToJson(name)}});
}

std::optional<std::string> OwnProcess::ask(const std::string& question, const std::string& proposal,
                                           const CancelToken& token) {
    std::unique_lock lock(m_mutex);
    const int id = m_nextQuestion++;
    m_answers[id];
    lock.unlock();
    const CancelToken::Registration wake = token.onCancel([this, id] { giveAnswer(id, std::nullopt); });
    m_link.send({{u"type"_s, u"ask"_s}, {u"id"_s, id}, {u"question"_s, textToJson(question)},
                 {u"proposal"_s, textToJson(proposal)}});
    lock.lock();
    m_answered.wait(lock, [&] { return m_answers[id].isGiven; });
    const std::optional<std::string> text = m_answers.extract(id).mapped().text;
    lock.unlock();
    token.check();
    return text;
}

void OwnProcess::giveAnswer(int id, const std::optional<std::string>& text) {
    std::lock_guard lock(m_mutex);
    // Nobody waits any more for one that comes after the stop.
    const auto answer = m_answers.find(id);
    if (answer == m_answers.end() || answer->second.isGiven)
        return;
    answer->second = {true, text};
    m_answered.notify_all();
}

} // namespace tintype
