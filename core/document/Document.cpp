// What is open, and its undo history; any thread may read and change it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/Document.h"

#include "core/Error.h"

#include <algorithm>
#include <utility>

namespace tintype {

namespace {
// What people can take in at a glance; a group may have 100,000 edits, and the history is copied for the window.
constexpr int MOST_LINES_OF_A_GROUP = 20;
} // namespace

struct Document::HistoryEntry {
    EditInfo info;
    State before;
    State after;
    std::uint64_t group = 0;
    int lines = 1;

    void addLine(const std::string& line) {
        if (++lines <= MOST_LINES_OF_A_GROUP)
            info.pythonLine += "\n" + line;
        else if (lines == MOST_LINES_OF_A_GROUP + 1)
            info.pythonLine += "\n# and more";
    }
};

Document::Document() : m_state(std::make_shared<DocumentState>()), m_saved(m_state) {}

Document::~Document() = default;

Document::State Document::state() const {
    std::lock_guard lock(m_mutex);
    return m_state;
}

std::uint64_t Document::revision() const {
    std::lock_guard lock(m_mutex);
    return m_revision;
}

Document::Moment Document::moment(std::uint64_t after) const {
    std::lock_guard lock(m_mutex);
    // Their revisions follow each other without a gap.
    const std::uint64_t begin = m_announced.empty() ? 0 : m_announced.front()->change.revision;
    const std::uint64_t known = after < begin ? 0 : std::min<std::uint64_t>(after - begin + 1, m_announced.size());
    return {m_state, m_revision, {m_announced.begin() + std::ptrdiff_t(known), m_announced.end()}};
}

void Document::edit(const std::string& title, const std::string& pythonLine, const Change& change,
                    std::uint64_t group) {
    edit(
        title,
        [&](const DocumentState& state) {
            return Edited{change(state), pythonLine};
        },
        group);
}

void Document::edit(const std::string& title, const std::function<Edited(const DocumentState&)>& change,
                    std::uint64_t group) {
    while (true) {
        const State current = state();
        Edited next = change(*current);
        if (next.state == *current)
            return;
        if (swapIn(current, std::move(next), title, group))
            break;
    }
    notify();
}

bool Document::swapIn(const State& expected, Edited next, const std::string& title, std::uint64_t group) {
    auto state = std::make_shared<const DocumentState>(std::move(next.state));
    std::vector<HistoryEntry> forgotten; // Outlives the lock: letting go of many nodes takes its time.
    std::lock_guard lock(m_mutex);
    if (m_state != expected)
        return false;
    EditInfo edit{0, next.title.empty() ? title : std::move(next.title), std::move(next.pythonLine)};
    addToHistory(state, edit, group);
    m_state = std::move(state);
    forgotten.swap(m_undone);
    announce(DocumentChange::Kind::Edit, std::move(edit));
    return true;
}

void Document::addToHistory(const State& next, EditInfo& edit, std::uint64_t group) {
    if (group && !m_done.empty() && m_done.back().group == group) {
        HistoryEntry& step = m_done.back();
        step.after = next;
        step.addLine(edit.pythonLine);
        edit.id = step.info.id;
        return;
    }
    edit.id = m_nextEdit++;
    HistoryEntry step{edit, m_state, next, group};
    const auto title = m_groupTitles.find(group);
    if (title != m_groupTitles.end())
        step.info.title = title->second;
    m_done.push_back(std::move(step));
}

void Document::activate(const std::string& name) {
    while (true) {
        const State current = state();
        auto next = std::make_shared<DocumentState>(*current);
        next->setActive(name);
        if (*next == *current)
            return;
        std::lock_guard lock(m_mutex);
        if (m_state != current)
            continue;
        m_state = std::move(next);
        announce(DocumentChange::Kind::Activated, {});
        break;
    }
    notify();
}

std::optional<std::string> Document::undo() {
    return step(DocumentChange::Kind::Undo);
}

std::optional<std::string> Document::redo() {
    return step(DocumentChange::Kind::Redo);
}

std::optional<std::string> Document::step(DocumentChange::Kind kind) {
    std::string title;
    {
        std::lock_guard lock(m_mutex);
        const std::vector<HistoryEntry>& entries = kind == DocumentChange::Kind::Undo ? m_done : m_undone;
        if (entries.empty())
            return std::nullopt;
        title = entries.back().info.title;
        stepUnderLock(kind);
    }
    notify();
    return title;
}

void Document::stepUnderLock(DocumentChange::Kind kind) {
    const bool isUndo = kind == DocumentChange::Kind::Undo;
    std::vector<HistoryEntry>& from = isUndo ? m_done : m_undone;
    std::vector<HistoryEntry>& to = isUndo ? m_undone : m_done;
    to.push_back(std::move(from.back()));
    from.pop_back();
    const HistoryEntry& entry = to.back();
    m_state = isUndo ? entry.before : entry.after;
    announce(kind, entry.info);
}

Document::HistoryView Document::history(std::size_t limit) const {
    std::lock_guard lock(m_mutex);
    HistoryView view;
    view.done = std::min(limit, m_done.size());
    view.earlier = m_done.size() - view.done;
    view.edits.reserve(view.done + std::min(limit, m_undone.size()));
    for (std::size_t i = view.earlier; i < m_done.size(); ++i)
        view.edits.push_back(m_done[i].info);
    for (std::size_t i = 0; i < std::min(limit, m_undone.size()); ++i)
        view.edits.push_back(m_undone[m_undone.size() - 1 - i].info);
    return view;
}

void Document::goTo(std::uint64_t editId) {
    const auto isIt = [editId](const HistoryEntry& entry) { return entry.info.id == editId; };
    {
        std::lock_guard lock(m_mutex);
        const auto done = std::find_if(m_done.rbegin(), m_done.rend(), isIt);
        const auto undone = std::find_if(m_undone.rbegin(), m_undone.rend(), isIt);
        if (editId == 0 || done != m_done.rend()) {
            for (auto steps = done - m_done.rbegin(); steps > 0; --steps)
                stepUnderLock(DocumentChange::Kind::Undo);
        } else if (undone != m_undone.rend()) {
            for (auto steps = undone - m_undone.rbegin() + 1; steps > 0; --steps)
                stepUnderLock(DocumentChange::Kind::Redo);
        } else {
            throw Error(ErrorCode::NotFound, "there is no edit number " + std::to_string(editId) + " in the history");
        }
    }
    notify();
}

std::uint64_t Document::newGroup(const std::string& title) {
    std::lock_guard lock(m_mutex);
    m_groupTitles[m_nextGroup] = title;
    return m_nextGroup++;
}

void Document::endGroup(std::uint64_t group) {
    std::lock_guard lock(m_mutex);
    m_groupTitles.erase(group);
}

void Document::replace(DocumentState state, const std::string& path) {
    // What was there outlives the lock: the last holder of a node lets go of many, and of what keeps their pixels.
    State current = std::make_shared<const DocumentState>(std::move(state));
    State saved = current;
    std::vector<HistoryEntry> done;
    std::vector<HistoryEntry> undone;
    {
        std::lock_guard lock(m_mutex);
        done.swap(m_done);
        undone.swap(m_undone);
        m_state.swap(current);
        m_saved.swap(saved);
        m_path = path;
        announce(DocumentChange::Kind::Replaced, {});
    }
    notify();
}

std::string Document::path() const {
    std::lock_guard lock(m_mutex);
    return m_path;
}

void Document::markSaved(const State& saved, const std::string& path) {
    State kept = saved; // then the old one, which outlives the lock
    {
        std::lock_guard lock(m_mutex);
        m_saved.swap(kept);
        m_path = path;
        announce(DocumentChange::Kind::Saved, {});
    }
    notify();
}

bool Document::isModified() const {
    State saved;
    State current;
    {
        std::lock_guard lock(m_mutex);
        saved = m_saved;
        current = m_state;
    }
    return !current->hasSameContent(*saved);
}

Document::Subscription Document::subscribe(Observer observer) {
    auto shared = std::make_shared<Observer>(std::move(observer));
    std::lock_guard lock(m_mutex);
    std::erase_if(m_observers, [](const std::weak_ptr<Observer>& entry) { return entry.expired(); });
    m_observers.push_back(shared);
    return Subscription(std::move(shared));
}

void Document::announce(DocumentChange::Kind kind, EditInfo edit) {
    m_announced.push_back(std::make_shared<const Step>(Step{{kind, std::move(edit), ++m_revision}, m_state}));
}

std::exception_ptr Document::told(const std::weak_ptr<Observer>& entry, const DocumentChange& change) {
    try {
        if (const std::shared_ptr<Observer> observer = entry.lock())
            (*observer)(change);
        return {};
    } catch (...) {
        return std::current_exception();
    }
}

void Document::notify() {
    std::unique_lock lock(m_mutex);
    // Whoever tells already goes on with this change too: that keeps the order without anybody waiting.
    if (std::exchange(m_notifying, true))
        return;
    std::exception_ptr first;
    while (!m_announced.empty()) {
        std::shared_ptr<const Step> step = m_announced.front();
        const std::vector<std::weak_ptr<Observer>> observers = m_observers;
        lock.unlock();
        for (const std::weak_ptr<Observer>& entry : observers)
            if (const std::exception_ptr error = told(entry, step->change); error && !first)
                first = error;
        lock.lock();
        m_announced.pop_front();
        // Outside the lock: it may be the last to hold what was there.
        lock.unlock();
        step.reset();
        lock.lock();
    }
    m_notifying = false;
    lock.unlock();
    if (first)
        std::rethrow_exception(first);
}

} // namespace tintype
