// The docks of add-ons' panels: they come and go with the panels, and come back where they were.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/addons/PanelParts.h"

#include <QMainWindow>
#include <QObject>

#include <map>
#include <string>

class QDockWidget;

namespace tintype {

class PanelView;
class PanelWatch;

/// A panel that has taken the place of another one of the same id stays where it is; where one was that is gone is
/// remembered. Lives on the GUI thread. The watch must outlive it.
class PanelDocks : public QObject {
    Q_OBJECT
public:
    PanelDocks(PanelWatch& watch, const PanelParts& parts, QMainWindow* window);

    /// Shows the panels that there are, and follows from now on; after the window has restored its own docks.
    void start();
    QList<QDockWidget*> docks() const;
    /// Puts all of them where panels are at first.
    void arrange();
    /// Where each one is, for the next time.
    void remember();

Q_SIGNALS:
    void dockMade(QDockWidget* dock);
    void dockGone();
    void operationChosen(const QString& id);

private:
    struct Shown {
        QDockWidget* dock = nullptr;
        PanelView* view = nullptr;
    };
    void look();
    void add(const std::string& id, const Shown& shown, Qt::DockWidgetArea area);
    void remove(const std::string& id, const Shown& shown);
    bool putBack(const std::string& id, QDockWidget* dock);
    void putBeside(QDockWidget* dock, Qt::DockWidgetArea area);
    void remember(const std::string& id, QDockWidget* dock);

    PanelWatch& m_watch;
    const PanelParts m_parts;
    QMainWindow* m_window;
    std::map<std::string, Shown> m_shown;
};

} // namespace tintype
