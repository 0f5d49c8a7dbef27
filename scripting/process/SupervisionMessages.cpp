// What a script's process asks and reports, and what comes of its end.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/process/Supervision.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "core/recipe/ValueJson.h"
#include "scripting/WindowBridge.h"

#include <algorithm>
#include <system_error>
#include <utility>

using namespace Qt::Literals::StringLiterals;

namespace tintype {

namespace {

constexpr int SIGNALLED = 128;

} // namespace

void ScriptProcess::Supervision::handle(ProcessMessage message) {
    const QJsonObject json = message.json;
    const QString type = json["type"_L1].toString();
    if (type == "progress"_L1) {
        m_job->setDetail(textFromJson(json["detail"_L1], "the detail"));
        m_job->setProgress(json["fraction"_L1].toDouble(-1));
    } else if (type == "message"_L1) {
        m_surroundings.window.showMessage(textFromJson(json["text"_L1], "the message"));
    } else if (type == "show"_L1) {
        show(textFromJson(json["name"_L1], "the name of an image"));
    } else if (type == "ask"_L1) {
        ask(json);
    } else if (type == "stopping"_L1) {
        m_stopIsAnswered = true;
    } else if (type == "ended"_L1) {
        m_result = std::make_shared<ProcessMessage>(std::move(message));
    }
}

void ScriptProcess::Supervision::ask(const QJsonObject& json) {
    const std::string question = textFromJson(json["question"_L1], "the question");
    const std::string proposal = textFromJson(json["proposal"_L1], "the proposal");
    const QJsonValue id = json["id"_L1];
    if (startAsking())
        m_questions.post([this, id, question, proposal] { askInTheWindow(id, question, proposal); });
    else
        answer(id, std::nullopt);
}

bool ScriptProcess::Supervision::startAsking() {
    if (m_asking.joinable())
        return true;
    try {
        // The window answers when the person does, and the process may end meanwhile.
        m_asking = std::thread([this] {
            while (const TaskQueue::Task task = m_questions.take())
                task();
        });
        return true;
    } catch (const std::system_error&) {
        say("The question is not asked: the system gives this program no more threads.");
        return false;
    }
}

void ScriptProcess::Supervision::askInTheWindow(const QJsonValue& id, const std::string& question,
                                                const std::string& proposal) {
    std::optional<std::string> text;
    try {
        text = m_surroundings.window.ask(question, proposal, m_questionsEnd);
    } catch (const std::exception& error) {
        // The process hears of its stop on its own.
        if (m_questionsEnd.isCancelled())
            return;
        say(error.what());
    }
    answer(id, text);
}

void ScriptProcess::Supervision::answer(const QJsonValue& id, const std::optional<std::string>& text) const {
    m_child->link().send({{u"type"_s, u"answer"_s}, {u"id"_s, id},
                          {u"text"_s, text ? textToJson(*text) : QJsonValue(QJsonValue::Null)}});
}

void ScriptProcess::Supervision::show(const std::string& name) {
    if (m_surroundings.workbench.document.state()->has(name))
        m_surroundings.window.showImage(name);
    else
        m_toShow = name;
}

int ScriptProcess::Supervision::conclude() {
    if (m_job->token().isCancelled())
        return concludeStopped();
    const ChildProcess::Ended ended = m_child->ended();
    return m_result ? concludeFinished(ended) : concludeDead(ended);
}

bool ScriptProcess::Supervision::hasStopped() const {
    return m_result && m_result->json["state"_L1].toString() == "stopped"_L1;
}

int ScriptProcess::Supervision::concludeStopped() {
    if (m_child)
        m_child->kill();
    const std::string how = m_isLeftBehind ? ": the system could not end the script's process yet"
                            : m_killed     ? ": the script's process was ended by force"
                                           : "";
    // A script that has met the stop has said "Stopped." itself.
    if (m_killed || !hasStopped())
        say("Stopped" + how + AS_IT_WAS);
    m_job->endCancelled();
    return STOPPED;
}

int ScriptProcess::Supervision::concludeUnexpected(const std::string& reason) {
    if (m_job->token().isCancelled())
        return concludeStopped();
    if (m_child)
        m_child->kill();
    return fail(reason + AS_IT_WAS, 1);
}

int ScriptProcess::Supervision::concludeDead(const ChildProcess::Ended& ended) {
    m_child->kill();
    return fail("The script's process ended " + describe(ended) + " before the script had finished" + AS_IT_WAS,
                ended.bySignal ? SIGNALLED + ended.number : std::max(ended.number, 1));
}

int ScriptProcess::Supervision::concludeFinished(const ChildProcess::Ended& ended) {
    bringBack();
    if (ended.bySignal)
        say("The script had finished when its process ended " + describe(ended) + ".");
    const QJsonObject& json = m_result->json;
    const int exitCode = json["exitCode"_L1].toInt();
    if (json["state"_L1].toString() == "finished"_L1)
        m_job->finish();
    else if (hasStopped())
        m_job->endCancelled(); // by itself, with a KeyboardInterrupt
    else
        m_job->fail(textFromJson(json["error"_L1], "the error"));
    return exitCode;
}

void ScriptProcess::Supervision::bringBack() {
    const StateChanges changes = unpackChanges(*m_result, m_surroundings.workbench.catalog, m_nodes);
    const std::string name = m_request.name.toStdString();
    Document& document = m_surroundings.workbench.document;
    document.edit("Run " + name, "# " + name + " was run in its own process",
                  [&](const DocumentState& state) { return changes.appliedTo(state); });
    if (document.state()->has(m_toShow))
        m_surroundings.window.showImage(m_toShow);
}

int ScriptProcess::Supervision::fail(const std::string& text, int exitCode) {
    say(text);
    m_job->fail(text);
    return exitCode;
}

} // namespace tintype
