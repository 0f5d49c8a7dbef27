// What somebody did to a snapshot of the document, to be done to the document as it is now.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/StateChanges.h"

#include <algorithm>

namespace tintype {

namespace {

/// The name that an image of `before` has in `after`, when only the name has changed; empty otherwise.
std::string newNameOf(const NamedImage& entry, const DocumentState& before, const DocumentState& after) {
    const std::string name = after.nameOf(entry.image.output());
    return before.has(name) ? std::string() : name;
}

const NamedScript* scriptNamed(const std::vector<NamedScript>& scripts, const std::string& name) {
    const auto found = std::ranges::find(scripts, name, &NamedScript::name);
    return found == scripts.end() ? nullptr : &*found;
}

/// An image that has come to be there under the new name gives way, as to one that is set.
void rename(DocumentState& state, const StateChanges::Renamed& names) {
    if (!state.has(names.from))
        return;
    if (!state.has(names.to))
        return state.renameImage(names.from, names.to);
    if (state.active() == names.from)
        state.setActive(names.to);
    state.removeImage(names.from);
}

} // namespace

StateChanges StateChanges::between(const DocumentState& before, const DocumentState& after) {
    StateChanges changes;
    for (const auto& entry : before.images()) {
        if (after.has(entry->name))
            continue;
        const std::string name = newNameOf(*entry, before, after);
        const bool isTaken = std::ranges::find(changes.renamed, name, &Renamed::to) != changes.renamed.end();
        if (name.empty() || isTaken)
            changes.removed.push_back(entry->name);
        else
            changes.renamed.push_back({entry->name, name});
    }
    for (const auto& entry : after.images()) {
        const bool isRenamed = std::ranges::find(changes.renamed, entry->name, &Renamed::to) != changes.renamed.end();
        if (isRenamed || before.image(entry->name) != entry->image)
            changes.set.push_back(*entry);
    }
    const std::vector<NamedScript> scriptsBefore = before.scripts();
    const std::vector<NamedScript> scriptsAfter = after.scripts();
    for (const NamedScript& script : scriptsBefore)
        if (!scriptNamed(scriptsAfter, script.name))
            changes.scriptsRemoved.push_back(script.name);
    for (const NamedScript& script : scriptsAfter)
        if (const NamedScript* old = scriptNamed(scriptsBefore, script.name); !old || *old != script)
            changes.scriptsSet.push_back(script);
    if (after.active() != before.active())
        changes.active = after.active();
    return changes;
}

DocumentState StateChanges::appliedTo(DocumentState state) const {
    const std::string active = state.active();
    for (const Renamed& each : renamed)
        rename(state, each);
    for (const std::string& name : removed)
        if (state.has(name))
            state.removeImage(name);
    for (const NamedImage& entry : set)
        state.setImage(entry.name, entry.image);
    const std::vector<NamedScript> scripts = state.scripts();
    for (const std::string& name : scriptsRemoved)
        if (scriptNamed(scripts, name))
            state.removeScript(name);
    for (const NamedScript& script : scriptsSet)
        state.setScript(script.name, script.text);
    if (state.has(this->active))
        state.setActive(this->active);
    else if (state.has(active))
        state.setActive(active);
    return state;
}

} // namespace tintype
