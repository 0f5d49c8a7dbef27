// The main window's panels: where they are at first, and how their places are remembered.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/DocumentModel.h"
#include "ui/MainWindow.h"
#include "ui/addons/PanelDocks.h"
#include "ui/console/ConsolePanel.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/operations/OperationForm.h"
#include "ui/panels/HistoryPanel.h"
#include "ui/panels/ImagesPanel.h"
#include "ui/panels/LogPanel.h"
#include "ui/panels/RecipePanel.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QScreen>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {
// Grows when panels come or go, so that an old layout is not applied to them.
constexpr int LAYOUT_VERSION = 1;
constexpr QSize USUAL_SIZE(1360, 860);

/// A plain widget has no size to offer, which a dock takes for a negative one.
QWidget* makeEmptyTitle(QWidget* parent) {
    auto* title = new QWidget(parent);
    (new QHBoxLayout(title))->setContentsMargins(0, 0, 0, 0);
    return title;
}

} // namespace

void MainWindow::buildDocks() {
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks | GroupedDragging);
    OperationCatalog& catalog = m_parts.workbench.catalog;
    m_images = new ImagesPanel(m_parts.document, *m_imageList);
    m_history = new HistoryPanel(*m_historyModel);
    m_recipe = new RecipePanel(m_parts.document, catalog);
    m_log = new LogPanel(m_parts.document);
    m_console = new ConsolePanel(m_parts.console);
    m_editor = new ScriptEditor(m_parts.scripts);
    m_console->setCompleter(m_parts.completer);
    m_editor->setCompleter(m_parts.completer);
    m_editor->rememberIn(m_parts.settings);
    m_form = new OperationForm(m_parts.workbench, m_parts.document, m_parts.queue);
    addDock(u"images"_s, tr("Images"), m_images, Qt::LeftDockWidgetArea);
    addDock(u"history"_s, tr("History"), m_history, Qt::LeftDockWidgetArea);
    addDock(u"recipe"_s, tr("Recipe"), m_recipe, Qt::LeftDockWidgetArea);
    addDock(u"operation"_s, tr("Operation"), m_form, Qt::RightDockWidgetArea);
    addDock(u"console"_s, tr("Console"), m_console, Qt::BottomDockWidgetArea);
    addDock(u"scripts"_s, tr("Scripts"), m_editor, Qt::BottomDockWidgetArea);
    addDock(u"log"_s, tr("Log"), m_log, Qt::BottomDockWidgetArea);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    // The console and the scripts get the width; the side panels keep their height.
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
}

void MainWindow::addDock(const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area) {
    auto* dock = new QDockWidget(title, this);
    dock->setObjectName(id);
    dock->setWidget(panel);
    addDockWidget(area, dock);
    m_docks.append(dock);
    followDock(dock);
}

void MainWindow::followDock(QDockWidget* dock) {
    // Later, since the docks are still being moved when these are emitted.
    const auto later = [this] { QMetaObject::invokeMethod(this, &MainWindow::refreshDockTitles, Qt::QueuedConnection); };
    connect(dock, &QDockWidget::visibilityChanged, this, later);
    connect(dock, &QDockWidget::dockLocationChanged, this, later);
    connect(dock, &QDockWidget::topLevelChanged, this, later);
    later();
}

void MainWindow::showForm() {
    showDock(m_form);
    // As by Tab, so that typing replaces the value.
    m_form->setFocus(Qt::TabFocusReason);
}

void MainWindow::refreshDockTitles() {
    for (QDockWidget* dock : m_docks + m_panelDocks->docks()) {
        // The tab says the panel's name already; the room belongs to the panel.
        const bool tabbed = !dock->isFloating() && !tabifiedDockWidgets(dock).isEmpty();
        QWidget* title = dock->titleBarWidget();
        if (tabbed == (title != nullptr))
            continue;
        dock->setTitleBarWidget(tabbed ? makeEmptyTitle(dock) : nullptr);
        delete title;
    }
}

void MainWindow::showDock(QWidget* panel) {
    for (QDockWidget* dock : std::as_const(m_docks)) {
        if (dock->widget() == panel) {
            dock->show();
            dock->raise();
        }
    }
}

void MainWindow::arrangeDocks() {
    enum { Images, History, Recipe, Operation, Console, Scripts, Log };
    for (QDockWidget* dock : std::as_const(m_docks)) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_docks[Images]);
    addDockWidget(Qt::LeftDockWidgetArea, m_docks[History]);
    tabifyDockWidget(m_docks[History], m_docks[Recipe]);
    addDockWidget(Qt::RightDockWidgetArea, m_docks[Operation]);
    addDockWidget(Qt::BottomDockWidgetArea, m_docks[Console]);
    tabifyDockWidget(m_docks[Console], m_docks[Scripts]);
    tabifyDockWidget(m_docks[Scripts], m_docks[Log]);
    for (QDockWidget* dock : std::as_const(m_docks))
        dock->show();
    m_docks[Operation]->setVisible(m_form->operation() != nullptr);
    m_docks[History]->raise();
    m_docks[Console]->raise();
    resizeDocks({m_docks[Images], m_docks[History]}, {260, 330}, Qt::Vertical);
    resizeDocks({m_docks[Images]}, {fontMetrics().averageCharWidth() * 36}, Qt::Horizontal);
    resizeDocks({m_docks[Operation]}, {fontMetrics().averageCharWidth() * 44}, Qt::Horizontal);
    resizeDocks({m_docks[Console]}, {height() / 4}, Qt::Vertical);
    m_panelDocks->arrange();
}

void MainWindow::restoreLayout() {
    resize(USUAL_SIZE.boundedTo(screen()->availableSize() * 0.95));
    arrangeDocks();
    QSettings& settings = m_parts.settings;
    restoreGeometry(settings.value(u"window/geometry"_s).toByteArray());
    restoreState(settings.value(u"window/panels"_s).toByteArray(), LAYOUT_VERSION);
    // An empty form says nothing; it comes with the first operation.
    m_docks[3]->setVisible(m_form->operation() != nullptr);
}

void MainWindow::saveLayout() {
    m_parts.settings.setValue(u"window/geometry"_s, saveGeometry());
    m_parts.settings.setValue(u"window/panels"_s, saveState(LAYOUT_VERSION));
    m_panelDocks->remember();
    m_parts.settings.sync();
}

void MainWindow::showWholeScreen() {
    setWindowState(windowState() ^ Qt::WindowFullScreen);
}

} // namespace tintype
