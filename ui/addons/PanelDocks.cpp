// The docks of add-ons' panels: they come and go with the panels, and come back where they were.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/addons/PanelDocks.h"

#include "ui/addons/PanelView.h"
#include "ui/addons/PanelWatch.h"

#include <QDockWidget>
#include <QSettings>

#include <set>

namespace tintype {

namespace {

Qt::DockWidgetArea areaOf(PanelPlace place) {
    switch (place) {
    case PanelPlace::Left: return Qt::LeftDockWidgetArea;
    case PanelPlace::Bottom: return Qt::BottomDockWidgetArea;
    default: return Qt::RightDockWidgetArea;
    }
}

QString keyOf(const std::string& id, const char* what) {
    return QStringLiteral("addonPanels/") + QString::fromStdString(id).replace(u'/', u'_') + u'/' + QLatin1String(what);
}

} // namespace

PanelDocks::PanelDocks(PanelWatch& watch, const PanelParts& parts, QMainWindow* window)
    : QObject(window), m_watch(watch), m_parts(parts), m_window(window) {}

void PanelDocks::start() {
    connect(&m_watch, &PanelWatch::changed, this, &PanelDocks::look);
    look();
}

void PanelDocks::look() {
    std::set<std::string> there;
    for (const PanelPtr& panel : m_watch.list().panels()) {
        const PanelDescription& said = panel->description();
        if (!said.isDock())
            continue;
        there.insert(said.id);
        Shown& shown = m_shown[said.id];
        if (shown.view && shown.view->panel() == panel) {
            shown.view->follow();
            continue;
        }
        PanelView* const former = shown.view;
        shown.view = new PanelView(panel, m_parts);
        connect(shown.view, &PanelView::operationChosen, this, &PanelDocks::operationChosen);
        if (!shown.dock) {
            shown.dock = new QDockWidget(m_window);
            shown.dock->setObjectName(QStringLiteral("panel:") + QString::fromStdString(said.id));
            shown.dock->setWidget(shown.view);
            add(said.id, shown, areaOf(said.place));
        } else {
            shown.dock->setWidget(shown.view);
            shown.view->show();
        }
        shown.dock->setWindowTitle(QString::fromStdString(said.title));
        delete former;
    }
    for (auto shown = m_shown.begin(); shown != m_shown.end();) {
        if (there.contains(shown->first)) {
            ++shown;
            continue;
        }
        remove(shown->first, shown->second);
        shown = m_shown.erase(shown);
    }
}

void PanelDocks::add(const std::string& id, const Shown& shown, Qt::DockWidgetArea area) {
    shown.dock->setProperty("area", int(area));
    // From the layout of the last time, when it was there then.
    if (!m_window->restoreDockWidget(shown.dock) && !putBack(id, shown.dock)) {
        putBeside(shown.dock, area);
        shown.dock->show();
        shown.dock->raise();
    }
    Q_EMIT dockMade(shown.dock);
}

void PanelDocks::remove(const std::string& id, const Shown& shown) {
    remember(id, shown.dock);
    m_window->removeDockWidget(shown.dock);
    delete shown.dock;
    Q_EMIT dockGone();
}

void PanelDocks::putBeside(QDockWidget* dock, Qt::DockWidgetArea area) {
    m_window->addDockWidget(area, dock);
    for (QDockWidget* const other : m_window->findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        const bool isThere = other != dock && !other->isFloating() && m_window->dockWidgetArea(other) == area;
        if (isThere && !other->isHidden()) {
            m_window->tabifyDockWidget(other, dock);
            return;
        }
    }
}

bool PanelDocks::putBack(const std::string& id, QDockWidget* dock) {
    const QSettings& settings = m_parts.settings;
    if (!settings.contains(keyOf(id, "area")))
        return false;
    m_window->addDockWidget(Qt::DockWidgetArea(settings.value(keyOf(id, "area")).toInt()), dock);
    auto* const beside = m_window->findChild<QDockWidget*>(settings.value(keyOf(id, "beside")).toString());
    if (beside && beside != dock && !beside->isFloating())
        m_window->tabifyDockWidget(beside, dock);
    if (settings.value(keyOf(id, "floats")).toBool()) {
        dock->setFloating(true);
        dock->restoreGeometry(settings.value(keyOf(id, "geometry")).toByteArray());
    }
    dock->setVisible(settings.value(keyOf(id, "visible")).toBool());
    return true;
}

void PanelDocks::remember(const std::string& id, QDockWidget* dock) {
    QSettings& settings = m_parts.settings;
    const QList<QDockWidget*> beside = m_window->tabifiedDockWidgets(dock);
    const Qt::DockWidgetArea area = m_window->dockWidgetArea(dock);
    settings.setValue(keyOf(id, "area"), int(area == Qt::NoDockWidgetArea ? Qt::RightDockWidgetArea : area));
    settings.setValue(keyOf(id, "beside"), beside.isEmpty() ? QString() : beside.first()->objectName());
    settings.setValue(keyOf(id, "floats"), dock->isFloating());
    settings.setValue(keyOf(id, "geometry"), dock->saveGeometry());
    settings.setValue(keyOf(id, "visible"), !dock->isHidden());
}

void PanelDocks::remember() {
    for (const auto& [id, shown] : m_shown)
        remember(id, shown.dock);
}

QList<QDockWidget*> PanelDocks::docks() const {
    QList<QDockWidget*> docks;
    for (const auto& [id, shown] : m_shown)
        docks.append(shown.dock);
    return docks;
}

void PanelDocks::arrange() {
    for (QDockWidget* const dock : docks()) {
        dock->setFloating(false);
        m_window->removeDockWidget(dock);
    }
    for (QDockWidget* const dock : docks()) {
        putBeside(dock, Qt::DockWidgetArea(dock->property("area").toInt()));
        dock->show();
    }
}

} // namespace tintype
