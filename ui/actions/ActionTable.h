// The actions of the window as a table: menus, shortcuts and the list of keys in the help are made from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <QStringList>

#include <functional>
#include <map>
#include <vector>

class QAction;
class QMenu;
class QWidget;

namespace tintype {

struct ActionInfo {
    QString id;   ///< also the action's object name, by which tests find it
    QString text; ///< with an ampersand before the menu's letter
    QList<QKeySequence> shortcuts;
    std::function<void()> handler;
    std::function<bool()> enabled = {}; ///< asked by refresh(); empty: always
    QString help = {};                  ///< for the status bar
};

/// Owns the QActions; they belong to the window, so that shortcuts work wherever the focus is.
class ActionTable : public QObject {
    Q_OBJECT
public:
    explicit ActionTable(QWidget* window);

    void add(const std::vector<ActionInfo>& actions);
    /// The id must exist.
    QAction* action(const QString& id) const;
    /// Adds the actions in this order; "-" stands for a line between groups.
    void fill(QMenu* menu, const QStringList& ids) const;
    /// Asks every action whether it can be used now.
    void refresh();
    /// All actions that have shortcuts, in the order of the table.
    QList<QAction*> withShortcuts() const;

private:
    QWidget* m_window;
    std::map<QString, QAction*> m_actions;
    std::vector<std::pair<QAction*, std::function<bool()>>> m_conditions;
    QList<QAction*> m_inOrder;
};

} // namespace tintype
