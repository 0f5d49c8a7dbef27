// Looks after a script's process: what it prints, asks and reports, and its end.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/process/ChildProcess.h"
#include "scripting/process/DocumentTransfer.h"
#include "scripting/process/ScriptProcess.h"

#include <array>
#include <chrono>
#include <optional>

namespace tintype {

/// Made, used and destroyed on the script's own thread.
class ScriptProcess::Supervision {
public:
    Supervision(const Surroundings& surroundings, const ScriptRequest& request, JobPtr job, OutputSink output,
                const std::atomic<bool>& isHurried);
    ~Supervision();

    /// Starts the script on this snapshot, waits for its end, and brings back what it did. Returns the exit code.
    int run(const DocumentState& snapshot);

private:
    using Clock = std::chrono::steady_clock;

    int ranToItsEnd(const DocumentState& snapshot);
    void start(const DocumentState& snapshot);
    void watch();
    void beginStop();
    void killWhenLate();
    int millisecondsLeft() const;
    void passOutput();
    /// What a character that is not whole yet leaves for later stays in `kept`.
    void print(OutputStream stream, std::string& kept, const std::string& piece);
    void passMessages();
    void handle(ProcessMessage message);
    void ask(const QJsonObject& json);
    void show(const std::string& name);
    int conclude();
    int concludeStopped();
    int concludeDead(const ChildProcess::Ended& ended);
    int concludeFinished(const ChildProcess::Ended& ended);
    void bringBack();
    int fail(const std::string& text, int exitCode);
    void say(const std::string& text) { m_output(OutputStream::Error, text + "\n"); }

    const Surroundings& m_surroundings;
    const ScriptRequest& m_request;
    JobPtr m_job;
    OutputSink m_output;
    const std::atomic<bool>& m_isHurried;
    FileHandle m_wake;
    CancelToken::Registration m_stop;
    std::vector<NodePtr> m_nodes; ///< of the snapshot
    std::optional<ChildProcess> m_child;
    std::string m_keptOutput;
    std::string m_keptErrors;
    std::shared_ptr<const ProcessMessage> m_result;
    std::string m_toShow; ///< an image that is not in the document yet
    bool m_linkIsClosed = false;
    std::array<bool, 2> m_isClosed{}; ///< output, errors

    std::optional<Clock::time_point> m_stopAsked;
    bool m_stopIsAnswered = false;
    bool m_isKilled = false;

    CancelToken m_questionsEnd;
    std::vector<std::thread> m_questions;
};

} // namespace tintype
