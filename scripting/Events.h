// What has happened, for the handlers that Python code has registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Document.h"
#include "core/jobs/Job.h"
#include "core/recipe/Value.h"
#include "scripting/PyCallable.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tintype {

class PythonRuntime;

/// One thing that has happened, and what it says to handlers.
struct Happening {
    std::string name; ///< "job-ended"
    Parameters fields;
    std::optional<std::string> key = {}; ///< a handler is told of the newest of those with the same one
};

/// Problem: what handlers want to know happens on any thread, mostly on one that must not wait for Python, and in storms. So
/// it is noted here, and soon afterwards one look, on the callback pool, fetches what there is, and what has become of the
/// document since the last look. Of what is noted between two looks the last MOST_WAITING things are kept.
///
/// Belongs to the Interpreter, or without a window to the extension module. Any thread, the GUI thread too; nothing here
/// waits for Python. Nobody may use it while it is destroyed, but the document may go on changing.
class Events {
public:
    static constexpr std::size_t MOST_WAITING = 1000;

    explicit Events(PythonRuntime& runtime);
    ~Events();
    Events(const Events&) = delete;

    /// From now on `look` is called soon after something has happened, unless nobody listens. Once.
    void watch(PyCallable look);
    /// This does nothing while nobody listens, as do the others.
    void note(std::string name, Parameters fields);
    /// The end of a job; after the fields what every end says: outcome, error and seconds.
    void noteEnd(std::string name, Parameters fields, const JobInfo& job);
    /// "job-ended"; but not of a handler of these that took long, which would be told of its own end for ever.
    void noteJob(const JobInfo& job);
    /// What has happened since the last time. Somebody listens from now on; before, nothing has happened.
    std::vector<Happening> take();
    /// Nobody listens until somebody takes again.
    void rest();

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with observers that are being called
    Document::Subscription m_document;
};

} // namespace tintype
