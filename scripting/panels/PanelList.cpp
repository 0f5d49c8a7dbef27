// The panels that are registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "scripting/panels/PanelList.h"

#include "core/Error.h"

#include <algorithm>

namespace tintype {

namespace {

Owner::Kind kindOf(PanelPlace place) {
    switch (place) {
    case PanelPlace::Preferences: return Owner::Kind::Preferences;
    case PanelPlace::Menu: return Owner::Kind::Menu;
    case PanelPlace::Shortcut: return Owner::Kind::Shortcut;
    default: return Owner::Kind::Panel;
    }
}

} // namespace

struct PanelList::State {
    mutable std::mutex mutex;
    std::vector<PanelPtr> panels;
    std::function<void()> observer;
    std::map<std::string, std::string> taken; ///< shortcuts of the window

    void tell() const {
        std::function<void()> called;
        {
            std::lock_guard lock(mutex);
            called = observer;
        }
        if (called)
            called();
    }

    void end(const PanelPtr& panel) {
        bool known = false;
        {
            std::lock_guard lock(mutex);
            known = std::erase(panels, panel) > 0;
        }
        panel->release();
        if (known)
            tell();
    }

    /// The one whose place it took, if any.
    PanelPtr put(const PanelPtr& panel) {
        std::lock_guard lock(mutex);
        refuseTakenShortcuts(panel->description());
        const std::string& id = panel->description().id;
        const auto same = std::ranges::find_if(panels, [&](const PanelPtr& each) { return each->description().id == id; });
        if (same == panels.end()) {
            panels.push_back(panel);
            return nullptr;
        }
        if ((*same)->owner() != panel->owner())
            throw Error(ErrorCode::Parameter, panel->description().title + ": the id '" + id + "' is taken by a panel of " +
                                                  (*same)->owner()->title() + "; choose another one for that of " +
                                                  panel->owner()->title());
        return std::exchange(*same, panel);
    }

    void refuseTakenShortcuts(const PanelDescription& wanted) const {
        for (const PanelItem& item : wanted.items) {
            const std::string holder = item.shortcut.empty() ? std::string() : holderOf(item.shortcut, wanted.id);
            if (!holder.empty())
                throw Error(ErrorCode::Parameter, "the shortcut " + item.shortcut + " is taken by " + holder +
                                                      "; choose another one for '" + item.title + "'");
        }
    }

    /// Empty when it is free.
    std::string holderOf(const std::string& shortcut, const std::string& apartFrom) const {
        if (const auto own = taken.find(shortcut); own != taken.end())
            return "'" + own->second + "' of the window";
        for (const PanelPtr& panel : panels)
            for (const PanelItem& item : panel->description().items)
                if (item.shortcut == shortcut && panel->description().id != apartFrom)
                    return "'" + item.title + "' of " + panel->owner()->title();
        return {};
    }
};

PanelList::PanelList() : m_state(std::make_shared<State>()) {}

PanelList::~PanelList() = default;

void PanelList::add(const PanelPtr& panel) {
    panel->setObserver([weak = std::weak_ptr(m_state)] {
        if (const auto state = weak.lock())
            state->tell();
    });
    const PanelPtr former = m_state->put(panel);
    if (former)
        former->release();
    const auto vanish = [weak = std::weak_ptr(m_state), one = std::weak_ptr(panel)] {
        const auto state = weak.lock();
        const PanelPtr vanishes = one.lock();
        if (state && vanishes)
            state->end(vanishes);
    };
    panel->setMembership(panel->owner()->add(kindOf(panel->description().place), vanish, panel->description().title));
    m_state->tell();
}

void PanelList::remove(const PanelPtr& panel) {
    m_state->end(panel);
}

std::vector<PanelPtr> PanelList::panels() const {
    std::lock_guard lock(m_state->mutex);
    return m_state->panels;
}

PanelPtr PanelList::find(const std::string& id) const {
    std::lock_guard lock(m_state->mutex);
    const auto found = std::ranges::find_if(m_state->panels, [&](const PanelPtr& panel) { return panel->description().id == id; });
    return found == m_state->panels.end() ? nullptr : *found;
}

void PanelList::setTakenShortcuts(std::map<std::string, std::string> taken) {
    std::lock_guard lock(m_state->mutex);
    m_state->taken = std::move(taken);
}

void PanelList::setObserver(std::function<void()> observer) {
    std::lock_guard lock(m_state->mutex);
    m_state->observer = std::move(observer);
}

} // namespace tintype
