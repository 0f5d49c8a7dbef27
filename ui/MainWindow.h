// The window: puts canvas, panels, menus and status bar together and lets each know what it needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Workbench.h"
#include "ui/actions/ActionTable.h"
#include "ui/actions/OpenCommands.h"
#include "ui/actions/OperationCommands.h"
#include "ui/actions/SaveCommands.h"

#include <QMainWindow>

class QDockWidget;
class QMenu;
class QSettings;

namespace tintype {

class CanvasView;
class Completer;
class ConsolePanel;
class ConsoleSession;
class DocumentModel;
class Events;
class GuiQueue;
class HistoryModel;
class HistoryPanel;
class ImageListModel;
class ImagesPanel;
class JobModel;
class LogPanel;
class MessageBar;
class OperationForm;
class OperationMenu;
class OperationPalette;
class AddonMenus;
class PanelDocks;
class PanelList;
class PanelWatch;
class PythonRuntime;
class QuestionBar;
class RecipePanel;
class ScriptEditor;
class ScriptRunner;
class StallBar;
class StallMonitor;
class WindowRequests;
class WindowStatusBar;
struct JobInfo;

/// What the composition root hands in; all of it outlives the window.
struct WindowParts {
    Workbench& workbench;
    GuiQueue& queue;
    DocumentModel& document;
    JobModel& jobs;
    WindowRequests& requests;
    ConsoleSession& console;
    Completer& completer;
    ScriptRunner& scripts;
    StallMonitor& stalls;
    Events& events;
    PanelList& panels;
    PythonRuntime& python;
    QSettings& settings;
};

/// Undo, redo and choosing an image are done at once, since they only change which snapshot is shown; whatever touches files
/// or pixels runs as a job. Nothing here waits.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(const WindowParts& parts);
    ~MainWindow() override;

    /// Opens pictures, projects and scripts, then runs the script, if there is one.
    void start(const QStringList& files, const QString& script);

    const ActionTable& actions() const { return *m_actions; }

Q_SIGNALS:
    /// The person left, and has answered what there was to ask.
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    // MainWindow.cpp
    void buildCenter();
    void connectDocument();
    void connectScripts();
    void connectStalls();
    void connectOperations();
    void connectPanels();
    void documentChanged();
    void refreshActions();
    void refreshTitle();
    void jobEnded(const JobInfo& job);
    void activate(const QString& name);
    void attempt(const std::function<void()>& change);

    // MainWindowActions.cpp
    void addActions();
    std::vector<ActionInfo> fileActions();
    std::vector<ActionInfo> editActions();
    std::vector<ActionInfo> viewActions();
    std::vector<ActionInfo> scriptActions();
    std::vector<ActionInfo> helpActions();
    void buildMenus();
    bool hasImage() const;
    void showHelp(const QString& title, const QString& text);
    void showPreferences();
    void showAddons();

    // MainWindowClosing.cpp
    void openProjectAfterAsking(const QString& path, const std::function<void()>& then);
    void askBeforeClosing();
    void leave();
    QStringList reasonsToStay() const;
    QString unsavedText() const;

    // MainWindowLayout.cpp
    void buildDocks();
    void addDock(const QString& id, const QString& title, QWidget* panel, Qt::DockWidgetArea area);
    void followDock(QDockWidget* dock);
    void showDock(QWidget* panel);
    void showForm();
    void refreshDockTitles();
    void arrangeDocks();
    void restoreLayout();
    void saveLayout();
    void showWholeScreen();

    WindowParts m_parts;
    ActionTable* m_actions;
    OpenCommands* m_open;
    SaveCommands* m_save;
    OperationCommands* m_operations;
    ImageListModel* m_imageList;
    HistoryModel* m_historyModel;

    QuestionBar* m_questions = nullptr;
    MessageBar* m_messages = nullptr;
    StallBar* m_stalls = nullptr;
    CanvasView* m_canvas = nullptr;
    WindowStatusBar* m_status = nullptr;
    OperationPalette* m_palette = nullptr;
    OperationMenu* m_operationMenu = nullptr;
    ImagesPanel* m_images = nullptr;
    HistoryPanel* m_history = nullptr;
    RecipePanel* m_recipe = nullptr;
    LogPanel* m_log = nullptr;
    ConsolePanel* m_console = nullptr;
    ScriptEditor* m_editor = nullptr;
    OperationForm* m_form = nullptr;
    QMenu* m_panelsMenu = nullptr;
    PanelWatch* m_panelWatch = nullptr;
    PanelDocks* m_panelDocks = nullptr;
    AddonMenus* m_addonMenus = nullptr;
    QList<QDockWidget*> m_docks; ///< the window's own
    bool m_mayClose = false;
};

} // namespace tintype
