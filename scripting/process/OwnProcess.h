// The script's side of its process: the document's copy, the window it can ask, its stop and its result.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/ScriptContext.h"
#include "scripting/WindowBridge.h"
#include "scripting/process/ProcessLink.h"

#include "core/document/DocumentState.h"

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace tintype {

struct Workbench;

/// Made on the main thread of the script's process, whose context it sets, and never destroyed. A thread of its own reads the
/// line from the window: a stop cancels the script's token and interrupts the main thread by signals until it is met;
/// when the window is gone, the process and its children end at once.
class OwnProcess : public WindowBridge {
public:
    /// Waits for the request and puts its document into the workbench. Throws Error.
    OwnProcess(FileHandle link, Workbench& workbench);

    /// name, path, arguments and, where it is not read from the file, text.
    const QJsonObject& request() const { return m_request; }
    ScriptContext& context() { return *m_context; }
    /// Whether the window wants the script to stop; the signal comes after it. A script can send itself the same signal.
    bool isStopWanted() const { return m_isStopWanted; }
    /// To be asked when that is so, without the GIL: true once, when the stop is to be raised on this thread.
    bool meetStop();
    /// Sends the end of the script, and what it did to the document, unless it was to stop. Its handlers and timers are gone
    /// from now on. Throws Error(Internal) when memory runs out.
    void end(const std::string& state, const std::string& error, int exitCode);

    void showMessage(const std::string& text) override;
    void showImage(const std::string& name) override;
    std::optional<std::string> ask(const std::string& question, const std::string& proposal,
                                   const CancelToken& token) override;

private:
    struct Answer {
        bool isGiven = false;
        std::optional<std::string> text;
    };

    void listen();
    void giveAnswer(int id, const std::optional<std::string>& text);
    void reportProgress(const Job& job);
    void print(OutputStream stream, const std::string& text);

    ProcessLink m_link;
    Workbench& m_workbench;
    QJsonObject m_request;
    DocumentState m_before;
    std::vector<NodePtr> m_nodes;
    std::shared_ptr<ScriptContext> m_context;
    std::optional<ScriptContext::Scope> m_scope;
    const unsigned long m_mainThread;
    std::atomic<bool> m_isStopWanted = false;
    std::atomic<bool> m_isStopMet = false;

    std::mutex m_printing;

    std::mutex m_mutex;
    std::condition_variable m_answered;
    std::map<int, Answer> m_answers;
    int m_nextQuestion = 1;
};

} // namespace tintype
