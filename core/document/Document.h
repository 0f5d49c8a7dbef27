// What is open, and its undo history; any thread may read and change it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/DocumentState.h"

#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tintype {

/// One entry of the undo history.
struct EditInfo {
    std::uint64_t id = 0;
    std::string title;      ///< what people read: "Gaussian blur"
    std::string pythonLine; ///< the Python that does the same; of a long group the first lines only
};

/// What a change did, for observers.
struct DocumentChange {
    enum class Kind { Edit, Undo, Redo, Replaced, Saved, Activated };
    Kind kind = Kind::Edit;
    EditInfo edit; ///< of an edit in a group: its own title and line, with the id of the group's step
    std::uint64_t revision = 0;
};

/// Problem: the window, the console, scripts and jobs all edit the same document, and none may wait for another.
/// An edit is a function from state to state. It is computed outside the mutex and swapped in if nobody was quicker,
/// else computed again on the new state; so it must be pure, and may run more than once. The mutex is held for pointer
/// swaps only. Observers are told of every change, one call at a time and in the order of the revisions, outside the
/// mutex, on the thread of this change or of another one that is being told of; they must not block, and read
/// `state()` themselves, since a later change may have come already. What one throws reaches whoever tells, when all have
/// been told; the change stays.
class Document {
public:
    using State = std::shared_ptr<const DocumentState>;
    using Change = std::function<DocumentState(const DocumentState&)>;

    Document();
    ~Document();

    State state() const;
    /// Grows with every change.
    std::uint64_t revision() const;
    /// A change, and what there was after it.
    struct Step {
        DocumentChange change;
        State state;
    };
    /// What there is, and how it came about since a revision.
    struct Moment {
        State state;
        std::uint64_t revision = 0;
        std::vector<std::shared_ptr<const Step>> untold; ///< those that not all observers have been told of
    };
    Moment moment(std::uint64_t after) const;

    /// One undo step, or part of the group's. What `change` throws is passed on and nothing changes. Nothing happens,
    /// and no step is made, when the state comes out equal.
    void edit(const std::string& title, const std::string& pythonLine, const Change& change, std::uint64_t group = 0);
    /// For words that depend on the state, as a line with a name that must be free does: they come with the new state.
    struct Edited {
        DocumentState state;
        std::string pythonLine;
        std::string title = {}; ///< empty: the one that edit() was given
    };
    void edit(const std::string& title, const std::function<Edited(const DocumentState&)>& change,
              std::uint64_t group = 0);
    /// Changes which image is active; no undo step. Throws NotFound.
    void activate(const std::string& name);

    /// The title of what was undone; nothing when there is nothing to undo.
    std::optional<std::string> undo();
    std::optional<std::string> redo();
    /// Done edits, then undone ones; `done` of them are done.
    struct HistoryView {
        std::vector<EditInfo> edits; ///< at most the last `limit` done ones and the first `limit` undone ones
        std::size_t done = 0;        ///< how many of `edits` are done
        std::size_t earlier = 0;     ///< done edits before those
    };
    HistoryView history(std::size_t limit = 500) const;
    /// Undoes or redoes until this edit is the last done one; id 0 undoes all. Observers are told of each step. Throws
    /// NotFound.
    void goTo(std::uint64_t editId);

    /// A new group for edit(); edits of one group that follow each other are one undo step with the group's title. When
    /// somebody else's edit comes between them, the group goes on in a second step.
    std::uint64_t newGroup(const std::string& title);
    /// No more edits of this group are to come; the title of a group that never ends is kept for ever. Steps that there
    /// are stay as they are, and an edit that comes too late has its own title.
    void endGroup(std::uint64_t group);

    /// Another document in this one's place: a new history, nothing to undo.
    void replace(DocumentState state, const std::string& path);
    /// The file it was last saved to or opened from; empty when never.
    std::string path() const;
    /// Remembers that `saved` is what the file at `path` holds.
    void markSaved(const State& saved, const std::string& path);
    bool isModified() const;

    using Observer = std::function<void(const DocumentChange&)>;
    /// Ends when the subscription is destroyed; a call under way on another thread may still finish.
    class Subscription {
    public:
        Subscription() = default;
        explicit Subscription(std::shared_ptr<Observer> observer) : m_observer(std::move(observer)) {}

    private:
        std::shared_ptr<Observer> m_observer;
    };
    [[nodiscard]] Subscription subscribe(Observer observer);

private:
    struct HistoryEntry;
    bool swapIn(const State& expected, Edited next, const std::string& title, std::uint64_t group);
    void addToHistory(const State& next, EditInfo& edit, std::uint64_t group);
    std::optional<std::string> step(DocumentChange::Kind kind);
    void stepUnderLock(DocumentChange::Kind kind);
    void announce(DocumentChange::Kind kind, EditInfo edit);
    void notify();
    /// What the observer has thrown, or nothing.
    static std::exception_ptr told(const std::weak_ptr<Observer>& entry, const DocumentChange& change);

    mutable std::mutex m_mutex;
    State m_state;
    State m_saved;
    std::string m_path;
    std::uint64_t m_revision = 0;
    std::uint64_t m_nextEdit = 1;
    std::uint64_t m_nextGroup = 1;
    std::map<std::uint64_t, std::string> m_groupTitles;
    std::vector<HistoryEntry> m_done;
    std::vector<HistoryEntry> m_undone; // the next one to redo is the last
    std::vector<std::weak_ptr<Observer>> m_observers;
    std::deque<std::shared_ptr<const Step>> m_announced; // the first one is the one that observers are being told of
    bool m_notifying = false;
};

} // namespace tintype
