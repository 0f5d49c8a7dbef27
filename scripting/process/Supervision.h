// Looks after a script's process: what it prints, asks and reports, and its end.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/TaskQueue.h"
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
    static constexpr int STOPPED = 130; ///< the exit code
    static constexpr const char* AS_IT_WAS = "; the document is as it was.";

    int ranToItsEnd(const DocumentState& snapshot);
    int concludeUnexpected(const std::string& reason);
    void start(const DocumentState& snapshot);
    void watch();
    void beginStop();
    /// Kills what has not ended in time; true when that did not help, and nobody waits any longer.
    bool isGivenUp();
    std::optional<Clock::time_point> nextLimit() const;
    /// Whether it has run long enough since the stop was asked to have answered.
    bool hasHadItsChance() const;
    int millisecondsToWait() const;
    void passOutput();
    /// What a character that is not whole yet leaves for later stays in `kept`.
    void print(OutputStream stream, std::string& kept, const std::string& piece);
    void passMessages();
    void handle(ProcessMessage message);
    void ask(const QJsonObject& json);
    void askInTheWindow(const QJsonValue& id, const std::string& question, const std::string& proposal);
    void answer(const QJsonValue& id, const std::optional<std::string>& text) const;
    bool startAsking();
    void show(const std::string& name);
    int conclude();
    bool hasStopped() const;
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
    bool m_isLeftBehind = false; ///< the system did not end it
    std::array<bool, 2> m_isClosed{}; ///< output, errors

    std::optional<Clock::time_point> m_stopAsked;
    std::chrono::nanoseconds m_processorTimeAtStop{0};
    bool m_stopIsAnswered = false;
    std::optional<Clock::time_point> m_killed;

    CancelToken m_questionsEnd;
    TaskQueue m_questions;
    std::thread m_asking; ///< puts the questions one after the other, as the window shows them
};

} // namespace tintype
