// What a piece of running Python code belongs to: its job, its output, its current image and its undo group.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"
#include "scripting/ScriptOutput.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

namespace tintype {

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

    /// The context of the calling thread; null outside scripts, console lines and callbacks.
    static std::shared_ptr<ScriptContext> current();
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
};

} // namespace tintype
