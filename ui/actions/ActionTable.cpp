// The actions of the window as a table: menus, shortcuts and the list of keys in the help are made from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/ActionTable.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

namespace tintype {

ActionTable::ActionTable(QWidget* window) : QObject(window), m_window(window) {}

void ActionTable::add(const std::vector<ActionInfo>& actions) {
    for (const ActionInfo& info : actions) {
        auto* action = new QAction(info.text, m_window);
        action->setObjectName(info.id);
        action->setShortcuts(info.shortcuts);
        action->setStatusTip(info.help);
        // Qt would move "About" and "Quit" by their names.
        action->setMenuRole(QAction::NoRole);
        connect(action, &QAction::triggered, this, [handler = info.handler] { handler(); });
        m_window->addAction(action);
        m_actions[info.id] = action;
        m_inOrder.append(action);
        if (info.enabled)
            m_conditions.emplace_back(action, info.enabled);
    }
}

QAction* ActionTable::action(const QString& id) const {
    const auto found = m_actions.find(id);
    Q_ASSERT(found != m_actions.end());
    return found->second;
}

void ActionTable::fill(QMenu* menu, const QStringList& ids) const {
    for (const QString& id : ids) {
        if (id == QLatin1String("-"))
            menu->addSeparator();
        else
            menu->addAction(action(id));
    }
}

void ActionTable::refresh() {
    for (auto& [action, enabled] : m_conditions)
        action->setEnabled(enabled());
}

QList<QAction*> ActionTable::withShortcuts() const {
    QList<QAction*> found;
    for (QAction* action : m_inOrder)
        if (!action->shortcuts().isEmpty())
            found.append(action);
    return found;
}

} // namespace tintype
