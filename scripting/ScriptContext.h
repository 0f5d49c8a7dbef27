// What a piece of running Python code belongs to: its job, its output, its current image and its undo group.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"
#include "scripting/ScriptOutput.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tintype {

class Owner;

/// One a script, one a console line. Threads that the code starts inherit it. The members that change are guarded.
class ScriptContext {
public:
    ScriptContext(JobPtr job, OutputSink sink, std::string currentImage);

    const JobPtr& job() const { return m_job; }
    const CancelToken& token() const { return m_job->token(); }
    /// Passes text on, and drops what comes after close(); any thread.
    void write(OutputStream stream, const std::string& text);
    /// The code has ended; threads that it left behind print nowhere.
    void close();

    /// The name of the image that `tt.active` and `tt.ops` mean; clicks never change it.
    std::string currentImage() const;
    void setCurrentImage(const std::string& name);
    std::uint64_t undoGroup() const;
    void setUndoGroup(std::uint64_t group);

    /// What Python code sees of its own script (`__main__`, sys.argv, …); kept by the runtime, set before the code runs.
    void setIdentity(std::shared_ptr<void> identity) { m_identity = std::move(identity); }
    const std::shared_ptr<void>& identity() const { return m_identity; }
    /// What the handlers and timers that the code makes belong to; set before the code runs. Null: to the process.
    void setOwner(std::shared_ptr<Owner> owner) { m_owner = std::move(owner); }
    const std::shared_ptr<Owner>& owner() const { return m_owner; }
    /// Makes the contexts of callbacks, for code that has ended when they run; set before the code runs.
    using CallbackContext = std::function<std::shared_ptr<ScriptContext>(const std::string& title)>;
    void setCallbackContext(CallbackContext make) { m_callbackContext = std::move(make); }
    /// Where a callback of that code runs: in the code's own context, or in a new one with a job of its own. Null stays null.
    static std::shared_ptr<ScriptContext> forCallback(const std::shared_ptr<ScriptContext>& context,
                                                      const std::string& title);

    /// Python's numbers of the threads that run this code now.
    std::vector<unsigned long> threads() const;
    /// This thread has met the stop on its own, by the token; raising it a second time would disturb its cleaning up.
    void noteStopMet();
    /// Stop is not raised in this thread: it serves the code's own pool of workers, which would break.
    void passThisThreadBy();
    /// The threads that have not met the stop and are not passed by, for the one who raises it in them now.
    std::vector<unsigned long> threadsToStop();
    /// How often that was asked. A thread that began to start before and enters after was not among them.
    unsigned stopsRaised() const;
    /// The person asks again: all threads are to be stopped.
    void forgetStopsMet();

    /// The context of the calling thread; null outside scripts, console lines and callbacks.
    static std::shared_ptr<ScriptContext> current();
    /// Whether there is one; costs next to nothing.
    static bool isCurrent();
    /// Makes a context current on this thread, which has none, until `leave`. For frames that may not hold an object with
    /// a destructor; all others use Scope.
    static void enter(const std::shared_ptr<ScriptContext>& context);
    static void leave();
    /// Makes a context current on this thread while it lives.
    class Scope {
    public:
        explicit Scope(std::shared_ptr<ScriptContext> context);
        ~Scope();
        Scope(const Scope&) = delete;

    private:
        std::shared_ptr<ScriptContext> m_previous;
    };

private:
    const JobPtr m_job;
    mutable std::mutex m_mutex;
    OutputSink m_sink;
    std::string m_currentImage;
    std::uint64_t m_undoGroup = 0;
    std::shared_ptr<void> m_identity;
    std::shared_ptr<Owner> m_owner;
    CallbackContext m_callbackContext;
    std::vector<unsigned long> m_threads; ///< one entry a Scope
    std::vector<unsigned long> m_stopsMet;
    std::vector<unsigned long> m_passedBy;
    unsigned m_stopsRaised = 0;
};

} // namespace tintype
