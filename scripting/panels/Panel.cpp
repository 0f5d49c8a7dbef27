// One panel of an add-on between Python and the window: the values of its fields, what it shows, and what its code does.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "scripting/Gil.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptContext.h"
#include "scripting/panels/Panel.h"

namespace py = pybind11;

namespace tintype {

namespace {

/// Null when there is none of that name.
const PanelItem* find(const std::vector<PanelItem>& items, const std::string& name) {
    for (const PanelItem& item : items) {
        if (item.name == name)
            return &item;
        if (const PanelItem* const inner = find(item.items, name))
            return inner;
    }
    return nullptr;
}

/// Of what went wrong: the window lays all of it out at once.
constexpr std::size_t MOST_OF_ERROR = 20'000;

std::string shortened(std::string error) {
    if (error.size() <= MOST_OF_ERROR)
        return error;
    std::size_t end = MOST_OF_ERROR;
    // Not in the middle of a letter.
    while (end > 0 && (static_cast<unsigned char>(error[end]) & 0xC0) == 0x80)
        --end;
    return error.substr(0, end) + "…";
}

} // namespace

Panel::Panel(PythonRuntime& runtime, PanelDescription description, ToPython toPython, OwnerPtr owner)
    : m_runtime(runtime), m_description(std::move(description)), m_toPython(toPython), m_owner(std::move(owner)) {
    for (const PanelField& field : m_description.fields)
        m_values[field.info.name] = field.info.defaultValue;
}

void Panel::setMembership(Owner::Membership membership) {
    Owner::Membership dropped = std::move(membership); // Outlives the lock when the panel is gone already.
    std::lock_guard lock(m_mutex);
    if (!m_released)
        std::swap(m_membership, dropped);
}

bool Panel::isReleased() const {
    std::lock_guard lock(m_mutex);
    return m_released;
}

void Panel::release() {
    // All of them outlive the lock: what they hold may call back when it goes.
    Functions functions;
    Owner::Membership membership;
    std::map<std::string, PanelContent> contents;
    PanelChanges changes;
    std::map<std::string, Value> values;
    {
        std::lock_guard lock(m_mutex);
        m_released = true;
        for (auto& [name, function] : m_functions)
            function.disconnect();
        functions.swap(m_functions);
        membership = std::move(m_membership);
        contents.swap(m_contents);
        std::swap(changes, m_changes);
        values = m_values;
    }
}

void Panel::tell(bool must) const {
    if (must && m_changed)
        m_changed();
}

Value Panel::value(const std::string& field) const {
    std::lock_guard lock(m_mutex);
    const auto found = m_values.find(field);
    return found == m_values.end() ? Value() : found->second;
}

void Panel::setValue(const std::string& field, Value value) {
    Value dropped, unseen; // Both outlive the lock.
    bool must = false;
    {
        std::lock_guard lock(m_mutex);
        Value& kept = m_values[field];
        if (kept == value)
            return;
        dropped = std::exchange(kept, value);
        unseen = std::exchange(m_changes.values[field], std::move(value));
        must = noteChange();
    }
    tell(must);
}

void Panel::show(const std::string& item, PanelContent content) {
    PanelContent before, unseen; // Both outlive the lock.
    bool must = false;
    {
        std::lock_guard lock(m_mutex);
        if (m_released)
            return;
        before = std::exchange(m_contents[item], content);
        unseen = std::exchange(m_changes.contents[item], std::move(content));
        must = noteChange();
    }
    tell(must);
}

void Panel::setEnabled(const std::string& item, bool enabled) {
    bool must = false;
    {
        std::lock_guard lock(m_mutex);
        m_enabled[item] = m_changes.enabled[item] = enabled;
        must = noteChange();
    }
    tell(must);
}

void Panel::edit(const std::string& field, Value value) {
    Value dropped, unseen; // Both outlive the lock.
    bool told = false;
    {
        std::lock_guard lock(m_mutex);
        dropped = std::exchange(m_values[field], value);
        // What code has set before, and nobody has seen yet, is older.
        if (auto older = m_changes.values.extract(field))
            unseen = std::move(older.mapped());
        told = m_functions.contains(field);
        if (told) {
            Call& call = m_calls[field];
            if (call.state.runs) {
                call.next = std::move(value);
                return;
            }
        }
    }
    if (told)
        begin(field, std::move(value));
}

void Panel::press(const std::string& button) {
    begin(button, std::nullopt);
}

void Panel::begin(const std::string& name, std::optional<Value> told) {
    PyCallable function;
    bool must = false;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_functions.find(name);
        if (found == m_functions.end())
            return;
        Call& call = m_calls[name];
        if (call.state.runs) {
            if (told)
                call.next = std::move(told);
            return;
        }
        function = found->second;
        call.state = {true, false, {}};
        m_changes.calls[name] = call.state;
        must = noteChange();
    }
    tell(must);
    const PanelField* const field = m_description.field(name);
    Callback callback;
    callback.title = titleOf(name);
    callback.function = function;
    callback.call = [field, told = std::move(told), toPython = m_toPython](PyObject* called) {
        const py::handle handler(called);
        if (told)
            handler(py::reinterpret_steal<py::object>(toPython(*field, *told)));
        else
            handler();
    };
    callback.ended = [self = shared_from_this(), name](const Error* error) { self->ended(name, error); };
    if (!m_runtime.callbacks().run(std::move(callback))) {
        const Error refused(ErrorCode::Internal, "It was not called: the program ends, or the system gives it no more threads.");
        ended(name, &refused);
    }
}

std::string Panel::titleOf(const std::string& name) const {
    if (m_description.field(name))
        return "The field " + name + " of " + m_description.title;
    const PanelItem* const item = find(m_description.items, name);
    const std::string title = item ? item->title : name;
    if (m_description.place == PanelPlace::Shortcut)
        return "The shortcut " + title;
    return (m_description.place == PanelPlace::Menu ? "The menu entry " + title + " of " : "The button " + title + " of ") +
           m_description.title;
}

void Panel::started(const std::string& name, const JobPtr& job) {
    bool stop = false;
    {
        std::lock_guard lock(m_mutex);
        Call& call = m_calls[name];
        call.job = job;
        stop = call.state.isStopping;
    }
    if (stop && job)
        job->cancel();
}

void Panel::stop(const std::string& name) {
    JobPtr job;
    bool must = false;
    {
        std::lock_guard lock(m_mutex);
        const auto found = m_calls.find(name);
        if (found == m_calls.end() || !found->second.state.runs)
            return;
        found->second.state.isStopping = true;
        found->second.next.reset();
        job = found->second.job;
        m_changes.calls[name] = found->second.state;
        must = noteChange();
    }
    if (job)
        job->cancel();
    tell(must);
}

void Panel::ended(const std::string& name, const Error* error) {
    std::optional<Value> next;
    bool must = false;
    {
        std::lock_guard lock(m_mutex);
        Call& call = m_calls[name];
        call.job.reset();
        call.state = {};
        if (error && error->code() != ErrorCode::Cancelled)
            call.state.error = shortened(error->what());
        next = std::exchange(call.next, std::nullopt);
        m_changes.calls[name] = call.state;
        must = noteChange();
    }
    tell(must);
    if (!next)
        return;
    // A thread may be started.
    std::optional<GilRelease> release;
    if (holdsGil())
        release.emplace();
    begin(name, std::move(next));
}

PanelChanges Panel::takeChanges() {
    std::lock_guard lock(m_mutex);
    m_told = false;
    return std::exchange(m_changes, {});
}

PanelChanges Panel::everything() const {
    std::lock_guard lock(m_mutex);
    PanelChanges all{m_values, m_contents, m_enabled, {}};
    for (const auto& [name, call] : m_calls)
        all.calls[name] = call.state;
    return all;
}

} // namespace tintype
