// The panels that are registered.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/panels/Panel.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tintype {

/// Any thread. Whoever shows the panels is told that there is something new, in the list or in a panel of it, and looks then.
class PanelList {
public:
    PanelList();
    ~PanelList();
    PanelList(const PanelList&) = delete;

    /// Takes the place of one with the same id and the same owner. It goes with its owner. Throws Error(Parameter) for an id that
    /// another owner has, and for a shortcut that something else has.
    void add(const PanelPtr& panel);
    /// Before its owner ends; harmless for one that is not in the list.
    void remove(const PanelPtr& panel);
    /// In the order in which they came.
    std::vector<PanelPtr> panels() const;
    /// Null when there is none.
    PanelPtr find(const std::string& id) const;

    /// The shortcuts of the window itself, and what they do; whoever wants one of them is refused.
    void setTakenShortcuts(std::map<std::string, std::string> taken);
    /// Called on the thread of the change; must not block. One that is called meanwhile may be called once more.
    void setObserver(std::function<void()> observer);

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with what owners call when they end
};

} // namespace tintype
