// What has happened, for the handlers that Python code has registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"
#include "core/jobs/Job.h"
#include "core/recipe/Value.h"
#include "scripting/PyCallable.h"

#include <memory>
#include <string>
#include <vector>

namespace tintype {

class PythonRuntime;

/// One thing that has happened, and what it says to handlers.
struct Happening {
    std::string name; ///< "job-ended"
    Parameters fields;
};

/// Problem: what handlers want to know happens on any thread, mostly on one that must not wait for Python, and in storms. So
/// it is noted here, and soon afterwards one look, on the callback pool, fetches what there is and compares the document
/// with what it was at the last look. Of what is noted between two looks the last MOST_WAITING things are kept.
///
/// Belongs to the Interpreter, or without a window to the extension module. Any thread, the GUI thread too; nothing here
/// waits for Python. Nobody may use it while it is destroyed, but the document may go on changing.
class Events {
public:
    static constexpr std::size_t MOST_WAITING = 1000;

    explicit Events(PythonRuntime& runtime);
    ~Events();
    Events(const Events&) = delete;

    /// Begins to note what happens; `look` is called when something has. Once.
    void watch(PyCallable look);
    /// This does nothing before watch(), as do the others.
    void note(std::string name, Parameters fields);
    /// The end of a job; after the fields what every end says: outcome, error and seconds.
    void noteEnd(std::string name, Parameters fields, const JobInfo& job);
    /// "job-ended"; but not of a handler of these that took long, which would be told of its own end for ever.
    void noteJob(const JobInfo& job);
    /// What was noted since the last time.
    std::vector<Happening> take();

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with observers that are being called
    Document::Subscription m_document;
};

} // namespace tintype
