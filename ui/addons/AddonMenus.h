// The menus and keyboard shortcuts of add-ons in the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/panels/Panel.h"

#include <QKeySequence>
#include <QObject>
#include <QPointer>

#include <map>
#include <vector>

class QAction;
class QMainWindow;
class QMenu;

namespace tintype {

class PanelWatch;

/// They come and go with what is registered; a menu that was made for them goes with the last of its entries. An entry is
/// grey while its code runs. Lives on the GUI thread.
class AddonMenus : public QObject {
    Q_OBJECT
public:
    /// New menus stand before the last one of the menu bar, which is Help. The watch must outlive it.
    AddonMenus(PanelWatch& watch, QMainWindow* window);

    /// Those that have shortcuts, for the list of keys.
    QList<QAction*> withShortcuts() const;

Q_SIGNALS:
    void operationChosen(const QString& id);

private:
    struct Shown {
        PanelPtr panel;
        std::map<std::string, QAction*> actions;
        std::vector<QAction*> lines;
    };
    void look();
    Shown show(const PanelPtr& panel);
    QAction* makeAction(const PanelPtr& panel, const PanelItem& item);
    void hide(const Shown& shown);
    QMenu* menuAt(const QString& path);
    void dropEmptyMenus();

    PanelWatch& m_watch;
    QMainWindow* m_window;
    std::map<std::string, Shown> m_shown;
    std::vector<QPointer<QMenu>> m_made; ///< outer ones first
};

/// As people write and read shortcuts in every program, "Ctrl+Alt+D": how the list of panels compares them.
QString portableShortcut(const QKeySequence& keys);

} // namespace tintype
