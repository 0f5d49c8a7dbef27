// What has become of the document since the last look: two snapshots, and what they cannot show.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/DocumentWatch.h"

#include <algorithm>
#include <span>
#include <utility>

namespace tintype {

namespace {

using Entries = std::span<const DocumentState::Images::value_type>;

/// What is not the same at both ends: snapshots share their entries, and an edit changes few of many.
std::pair<Entries, Entries> differing(const DocumentState& before, const DocumentState& after) {
    Entries old(before.images());
    Entries now(after.images());
    while (!old.empty() && !now.empty() && old.front() == now.front()) {
        old = old.subspan(1);
        now = now.subspan(1);
    }
    while (!old.empty() && !now.empty() && old.back() == now.back()) {
        old = old.first(old.size() - 1);
        now = now.first(now.size() - 1);
    }
    return {old, now};
}

std::string fileOf(const Image& image) {
    const Value* const path = image.node()->operation() == Node::FILE ? image.node()->parameter("filename") : nullptr;
    return path && path->as<std::string>() ? *path->as<std::string>() : std::string();
}

bool has(Entries entries, const std::string& name) {
    return std::ranges::any_of(entries, [&](const auto& entry) { return entry->name == name; });
}

/// The name that an image has got by a rename; empty when it has gone.
std::string newNameOf(const NamedImage& image, Entries before, Entries after) {
    for (const auto& entry : after)
        if (entry->image == image.image && !has(before, entry->name))
            return entry->name;
    return {};
}

} // namespace

void DocumentWatch::note() {
    Held held;
    std::lock_guard lock(m_mutex);
    if (m_seen.after)
        catchUpLocked(held);
}

DocumentWatch::Seen DocumentWatch::look() {
    Held held;
    std::lock_guard lock(m_mutex);
    catchUpLocked(held);
    return std::exchange(m_seen, {m_seen.after, m_seen.after, {}, false, m_seen.after->active()});
}

void DocumentWatch::rest() {
    Seen dropped; // Outlives the lock.
    std::lock_guard lock(m_mutex);
    dropped = std::exchange(m_seen, {});
}

void DocumentWatch::catchUpLocked(Held& held) {
    held = {m_document.moment(m_revision), m_seen.before, m_seen.after};
    if (m_seen.after) {
        for (const auto& step : held.moment.untold)
            noteLocked(*step);
        return;
    }
    m_seen.before = m_seen.after = held.moment.state;
    m_seen.activeBefore = held.moment.state->active();
    m_revision = held.moment.revision;
}

void DocumentWatch::noteLocked(const Document::Step& step) {
    using Kind = DocumentChange::Kind;
    m_revision = step.change.revision;
    if (step.change.kind == Kind::Replaced) {
        m_seen.before = step.state;
        m_seen.opened.clear();
        m_seen.isReplaced = true;
    } else {
        // What an undo brings back is not opened once more.
        noteEdit(*m_seen.after, *step.state, step.change.kind == Kind::Edit || step.change.kind == Kind::Redo);
    }
    m_seen.after = step.state;
}

void DocumentWatch::noteEdit(const DocumentState& before, const DocumentState& after, bool isDone) {
    const auto [old, now] = differing(before, after);
    for (const auto& entry : old) {
        const auto opened = m_seen.opened.find(entry->name);
        if (opened == m_seen.opened.end() || has(now, entry->name))
            continue;
        auto moved = m_seen.opened.extract(opened);
        moved.key() = newNameOf(*entry, old, now);
        if (!moved.key().empty())
            m_seen.opened.insert(std::move(moved));
    }
    for (const auto& entry : now)
        if (std::string path = isDone ? fileOf(entry->image) : std::string(); !path.empty())
            if (before.nameOf(entry->image.output()).empty())
                m_seen.opened[entry->name] = std::move(path);
}

} // namespace tintype
