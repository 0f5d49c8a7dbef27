// One panel of an add-on between Python and the window: the values of its fields, what it shows, and what its code does.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/Job.h"
#include "scripting/Owner.h"
#include "scripting/PyCallable.h"
#include "scripting/panels/PanelContent.h"
#include "scripting/panels/PanelDescription.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace tintype {

class Error;
class PythonRuntime;

/// How the code behind a button or a field is doing.
struct PanelCallState {
    bool runs = false;
    bool isStopping = false;
    std::string error; ///< of the last call: one line, then the traceback
};

/// What has become of a panel since somebody looked last, by the names of its fields and items.
struct PanelChanges {
    std::map<std::string, Value> values;
    std::map<std::string, PanelContent> contents;
    std::map<std::string, bool> enabled;
    std::map<std::string, PanelCallState> calls;
};

/// Problem: a panel is Python's, its widgets are the window's, and neither may wait for the other. So values and contents are
/// kept here, where both find the newest; what is set in a storm is looked at once. What people change is told to Python on
/// the callback pool: the function of each field and of each button is called by itself, one call after the other, with
/// the newest value, so that one that never returns holds up nothing else. A button does nothing while its function runs.
///
/// Belongs to the owner of the code that defined it. Once released it calls nothing and refers to no Python object. Any
/// thread; no Python object is given up while the lock is held.
class Panel : public std::enable_shared_from_this<Panel> {
public:
    /// By the names of the fields and buttons that they belong to.
    using Functions = std::map<std::string, PyCallable>;
    /// Makes a new reference to the Python object of a field's value; with the GIL.
    using ToPython = _object* (*)(const PanelField& field, const Value& value);

    Panel(PythonRuntime& runtime, PanelDescription description, ToPython toPython, OwnerPtr owner);

    const PanelDescription& description() const { return m_description; }
    const OwnerPtr& owner() const { return m_owner; }
    /// Called after a change, on the thread that made it, once until the next takeChanges(); must not block. Set before others
    /// know the panel.
    void setObserver(std::function<void()> changed) { m_changed = std::move(changed); }
    /// Before others know the panel.
    void setFunctions(Functions functions) { m_functions = std::move(functions); }
    /// A call has begun, which this job stops.
    void started(const std::string& name, const JobPtr& job);
    /// Goes with the panel.
    void setMembership(Owner::Membership membership);
    bool isReleased() const;
    void release();

    // For the code of the panel.
    /// Nothing for a name that is none of a field's.
    Value value(const std::string& field) const;
    void setValue(const std::string& field, Value value);
    void show(const std::string& item, PanelContent content);
    void setEnabled(const std::string& item, bool enabled);

    // For the window.
    /// A person has changed a field.
    void edit(const std::string& field, Value value);
    void press(const std::string& button);
    void stop(const std::string& name);
    PanelChanges takeChanges();
    /// All that there is, for a new view.
    PanelChanges everything() const;

private:
    struct Call {
        PanelCallState state;
        std::optional<Value> next; ///< of a field: what is to be told
        JobPtr job;
    };
    void begin(const std::string& name, std::optional<Value> told);
    /// What people read of the code behind it.
    std::string titleOf(const std::string& name) const;
    void ended(const std::string& name, const Error* error);
    /// With the lock; true when the observer must be told.
    bool noteChange() { return !std::exchange(m_told, true); }
    /// Without it.
    void tell(bool must) const;

    PythonRuntime& m_runtime;
    const PanelDescription m_description;
    const ToPython m_toPython;
    const OwnerPtr m_owner;
    std::function<void()> m_changed;
    mutable std::mutex m_mutex;
    Functions m_functions; ///< empty once it is released
    Owner::Membership m_membership;
    std::map<std::string, Value> m_values;
    std::map<std::string, PanelContent> m_contents;
    std::map<std::string, bool> m_enabled;
    std::map<std::string, Call> m_calls;
    PanelChanges m_changes;
    bool m_told = false;
    bool m_released = false;
};

using PanelPtr = std::shared_ptr<Panel>;

} // namespace tintype
