// The menus and keyboard shortcuts of add-ons in the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/AddonMenus.h"

#include "ui/addons/PanelWatch.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

#include <set>

namespace tintype {

namespace {

QString withoutMnemonic(QString text) {
    return text.remove(u'&').remove(u'…').trimmed();
}

QString plain(const std::string& text) {
    return QString::fromStdString(text).replace(u'&', QStringLiteral("&&"));
}

} // namespace

QString portableShortcut(const QKeySequence& keys) {
    return keys.toString(QKeySequence::PortableText);
}

AddonMenus::AddonMenus(PanelWatch& watch, QMainWindow* window) : QObject(window), m_watch(watch), m_window(window) {
    connect(&watch, &PanelWatch::changed, this, &AddonMenus::look);
    look();
}

void AddonMenus::look() {
    std::set<std::string> there;
    for (const PanelPtr& panel : m_watch.list().panels()) {
        const PanelDescription& said = panel->description();
        if (said.place != PanelPlace::Menu && said.place != PanelPlace::Shortcut)
            continue;
        there.insert(said.id);
        Shown& shown = m_shown[said.id];
        if (shown.panel != panel) {
            const Shown former = std::exchange(shown, show(panel));
            hide(former);
        }
        for (const auto& [name, state] : panel->takeChanges().calls)
            if (const auto action = shown.actions.find(name); action != shown.actions.end())
                action->second->setEnabled(!state.runs);
    }
    const auto count = std::erase_if(m_shown, [&](const auto& entry) {
        if (there.contains(entry.first))
            return false;
        hide(entry.second);
        return true;
    });
    if (count > 0)
        dropEmptyMenus();
}

AddonMenus::Shown AddonMenus::show(const PanelPtr& panel) {
    Shown shown{panel, {}, {}};
    const PanelDescription& said = panel->description();
    QMenu* const menu = said.place == PanelPlace::Menu ? menuAt(QString::fromStdString(said.title)) : nullptr;
    for (const PanelItem& item : said.items) {
        if (item.kind == PanelItem::Kind::Button) {
            QAction* const action = makeAction(panel, item);
            shown.actions[item.name] = action;
            if (menu)
                menu->addAction(action);
        } else if (menu) {
            // Not the menu's own, which somebody else may fill anew.
            shown.lines.push_back(new QAction(m_window));
            shown.lines.back()->setSeparator(true);
            menu->addAction(shown.lines.back());
        }
    }
    return shown;
}

QAction* AddonMenus::makeAction(const PanelPtr& panel, const PanelItem& item) {
    auto* const action = new QAction(plain(item.title), m_window);
    action->setObjectName(QString::fromStdString(panel->description().id + "/" + item.name));
    action->setStatusTip(QString::fromStdString(item.help));
    action->setMenuRole(QAction::NoRole);
    if (!item.shortcut.empty())
        action->setShortcut(QKeySequence::fromString(QString::fromStdString(item.shortcut), QKeySequence::PortableText));
    connect(action, &QAction::triggered, this, [this, panel, name = item.name, operation = item.operation] {
        if (operation.empty())
            panel->press(name);
        else
            Q_EMIT operationChosen(QString::fromStdString(operation));
    });
    // So that the shortcut works wherever the focus is.
    m_window->addAction(action);
    return action;
}

void AddonMenus::hide(const Shown& shown) {
    for (const auto& [name, action] : shown.actions)
        delete action;
    for (QAction* const line : shown.lines)
        delete line;
}

QMenu* AddonMenus::menuAt(const QString& path) {
    QWidget* holder = m_window->menuBar();
    QMenu* menu = nullptr;
    for (const QString& title : path.split(u'/')) {
        menu = nullptr;
        for (QAction* const action : holder->actions())
            if (action->menu() && withoutMnemonic(action->text()) == title)
                menu = action->menu();
        if (!menu) {
            menu = new QMenu(plain(title.toStdString()), holder);
            m_made.emplace_back(menu);
            const QList<QAction*> there = holder->actions();
            const bool isBar = holder == m_window->menuBar();
            holder->insertAction(isBar && !there.isEmpty() ? there.last() : nullptr, menu->menuAction());
        }
        holder = menu;
    }
    return menu;
}

void AddonMenus::dropEmptyMenus() {
    // Inner ones first.
    for (auto menu = m_made.rbegin(); menu != m_made.rend(); ++menu)
        if (*menu && (*menu)->isEmpty())
            delete menu->data();
    std::erase_if(m_made, [](const QPointer<QMenu>& menu) { return menu.isNull(); });
}

QList<QAction*> AddonMenus::withShortcuts() const {
    QList<QAction*> found;
    for (const auto& [id, shown] : m_shown)
        for (const auto& [name, action] : shown.actions)
            if (!action->shortcut().isEmpty())
                found.append(action);
    return found;
}

} // namespace tintype
