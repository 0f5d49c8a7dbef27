// What one add-on runs in: an owner of all that it registers, contexts for its code, and its output.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/LooseOutput.h"
#include "scripting/Owner.h"
#include "scripting/ScriptContext.h"

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

struct _object; // CPython's PyObject

namespace tintype {

class PythonRuntime;

/// Problem: what an add-on registers, when it is imported and later, must vanish with it, whatever its own code does about
/// that; what it prints and what fails in it must name it; and code of its that never ends must be stoppable. So its code runs
/// in contexts of its own, each with a job, which is listed when it takes long; threads and callbacks inherit them.
///
/// Members may be called on any thread; with the GIL where they say so. Belongs to whoever loads add-ons; destroying it
/// releases it.
class AddonOwner {
public:
    /// `identity` is what its code sees as its own `__main__` and sys.argv, as the runtime package makes it; null without a
    /// window. With the GIL.
    AddonOwner(PythonRuntime& runtime, const std::string& title, _object* identity);
    ~AddonOwner();
    AddonOwner(const AddonOwner&) = delete;

    /// Does this in a context of the add-on's, as a job of this title. What Python raises leaves as it is. With the GIL.
    void run(const std::function<void()>& work, const std::string& title);
    /// All that is registered vanishes, nothing can be registered any more, and code of the add-on's that still runs is
    /// stopped, but not on the calling thread. Does not wait; without the GIL.
    void release();

    Owner& owner() { return *m_shared->owner; }
    /// Whether the calling thread runs code of this add-on.
    bool isCurrent() const;
    /// Whether it runs code of any.
    static bool isAnyCurrent();
    /// Shows text where the add-on prints.
    void write(OutputStream stream, const std::string& text) { m_shared->lines.write(stream, text); }

private:
    /// Callbacks under way hold on to it.
    struct Shared {
        Shared(PythonRuntime& runtime, const std::string& title, std::shared_ptr<void> identity);
        PythonRuntime& runtime;
        const OwnerPtr owner;
        const std::shared_ptr<void> identity;
        NamedLines lines;
        std::mutex mutex;
        std::vector<std::weak_ptr<ScriptContext>> contexts;
    };
    static std::shared_ptr<ScriptContext> makeContext(const std::shared_ptr<Shared>& shared, const std::string& title);
    void stop(const std::shared_ptr<ScriptContext>& context);

    const std::shared_ptr<Shared> m_shared;
};

} // namespace tintype
