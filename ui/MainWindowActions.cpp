// The main window's actions as a table, and the menus made from it.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/document/Commands.h"
#include "ui/DocumentModel.h"
#include "ui/MainWindow.h"
#include "ui/addons/AddonMenus.h"
#include "ui/addons/AddonsWindow.h"
#include "ui/addons/PreferencesDialog.h"
#include "ui/canvas/CanvasView.h"
#include "ui/code/CodeAssist.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/editor/ScriptTab.h"
#include "ui/help/HelpWindow.h"
#include "ui/operations/OperationMenu.h"
#include "ui/operations/OperationPalette.h"
#include "ui/panels/HistoryModel.h"
#include "ui/panels/ImagesPanel.h"
#include "ui/panels/LogPanel.h"

#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace tintype {

namespace {

/// Does nothing where no code is written.
void assistIn(const QWidget* focused, void (CodeAssist::*ask)()) {
    if (auto* assist = focused ? focused->findChild<CodeAssist*>(QString(), Qt::FindDirectChildrenOnly) : nullptr)
        (assist->*ask)();
}

} // namespace

bool MainWindow::hasImage() const {
    return !m_parts.document.state().active().empty();
}

void MainWindow::addActions() {
    m_palette = new OperationPalette(m_parts.workbench.catalog, this);
    m_actions->add(fileActions());
    m_actions->add(editActions());
    m_actions->add(viewActions());
    m_actions->add(scriptActions());
    m_actions->add(helpActions());
}

std::vector<ActionInfo> MainWindow::fileActions() {
    const auto image = [this] { return hasImage(); };
    return {
        {u"file.open"_s, tr("&Open…"), {QKeySequence::Open}, [this] { m_open->open(); }},
        {u"file.openProject"_s, tr("Open pro&ject…"), {}, [this] { m_open->openProject(); }},
        {u"file.save"_s, tr("&Save image…"), {QKeySequence::Save}, [this] { m_save->saveImage(); }, image},
        {u"file.saveAs"_s, tr("Save image &as…"), {QKeySequence(u"Ctrl+Shift+S"_s)}, [this] { m_save->saveImageAs(); }, image},
        {u"file.saveProject"_s, tr("Save &project…"), {}, [this] { m_save->saveProject(); }},
        {u"file.saveProjectAs"_s, tr("Save project as…"), {}, [this] { m_save->saveProjectAs(); }},
        {u"file.close"_s, tr("&Close image"), {QKeySequence(u"Ctrl+W"_s)},
         [this] { attempt([this] { removeImage(m_parts.document.document(), m_parts.document.state().active()); }); }, image},
        {u"file.quit"_s, tr("&Quit"), {QKeySequence(u"Ctrl+Q"_s)}, [this] { close(); }},
    };
}

std::vector<ActionInfo> MainWindow::editActions() {
    Document& document = m_parts.document.document();
    const auto image = [this] { return hasImage(); };
    return {
        {u"edit.undo"_s, tr("&Undo"), {QKeySequence(u"Ctrl+Z"_s)}, [&document] { document.undo(); },
         [this] { return !m_historyModel->nextUndo().isEmpty(); }},
        {u"edit.redo"_s, tr("&Redo"), {QKeySequence(u"Ctrl+Shift+Z"_s), QKeySequence(u"Ctrl+Y"_s)},
         [&document] { document.redo(); }, [this] { return !m_historyModel->nextRedo().isEmpty(); }},
        {u"edit.duplicate"_s, tr("&Duplicate image"), {QKeySequence(u"Ctrl+D"_s)},
         [this, &document] { attempt([&] { duplicateImage(document, m_parts.document.state().active()); }); }, image},
        {u"edit.rename"_s, tr("Re&name image"), {QKeySequence(Qt::Key_F2)},
         [this] {
             showDock(m_images);
             m_images->renameActive();
         },
         image},
        {u"edit.copyRecipe"_s, tr("&Copy recipe as Python"), {}, [this] { m_save->copyRecipe(); }, image},
        {u"edit.saveRecipe"_s, tr("Save recipe…"), {}, [this] { m_save->saveRecipe(); }, image},
        {u"edit.preferences"_s, tr("&Preferences…"), {QKeySequence(u"Ctrl+,"_s)}, [this] { showPreferences(); }},
        {u"image.find"_s, tr("&Find operation…"), {QKeySequence(u"Ctrl+F"_s), QKeySequence(Qt::Key_F3)},
         [this] { m_palette->open(); }},
    };
}

std::vector<ActionInfo> MainWindow::viewActions() {
    const auto image = [this] { return hasImage(); };
    return {
        {u"view.zoomIn"_s, tr("Zoom &in"), {QKeySequence(u"Ctrl++"_s), QKeySequence(u"Ctrl+="_s)},
         [this] { m_canvas->zoomIn(); }, image},
        {u"view.zoomOut"_s, tr("Zoom &out"), {QKeySequence(u"Ctrl+-"_s)}, [this] { m_canvas->zoomOut(); }, image},
        {u"view.fit"_s, tr("&Fit in window"), {QKeySequence(u"Ctrl+0"_s)}, [this] { m_canvas->zoomToFit(); }, image},
        {u"view.actual"_s, tr("&100 %"), {QKeySequence(u"Ctrl+1"_s)}, [this] { m_canvas->setZoom(1); }, image},
        {u"view.fullScreen"_s, tr("F&ull screen"), {QKeySequence(Qt::Key_F11)}, [this] { showWholeScreen(); }},
        {u"view.resetPanels"_s, tr("&Reset panels"), {}, [this] { arrangeDocks(); }},
    };
}

std::vector<ActionInfo> MainWindow::scriptActions() {
    const auto hasScript = [this] { return m_editor->currentTab() != nullptr; };
    const auto runs = [this] { return m_editor->currentTab() && m_editor->currentTab()->isRunning(); };
    return {
        {u"script.new"_s, tr("&New script"), {},
         [this] {
             showDock(m_editor);
             m_editor->newScript();
         }},
        {u"script.open"_s, tr("&Open script…"), {},
         [this] {
             showDock(m_editor);
             m_editor->open();
         }},
        {u"script.save"_s, tr("&Save script"), {}, [this] { m_editor->save(); }, hasScript},
        {u"script.run"_s, tr("&Run"), {QKeySequence(u"Ctrl+R"_s), QKeySequence(Qt::Key_F5)},
         [this] {
             showDock(m_editor);
             m_editor->run();
         },
         hasScript},
        {u"script.runApart"_s, tr("Run in own &process"), {QKeySequence(u"Ctrl+F5"_s)},
         [this] {
             showDock(m_editor);
             m_editor->runApart();
         },
         hasScript},
        {u"script.stop"_s, tr("S&top"), {}, [this] { m_editor->stop(); }, runs},
        {u"script.complete"_s, tr("&Complete name"), {QKeySequence(u"Ctrl+Space"_s)},
         [this] { assistIn(focusWidget(), &CodeAssist::askNames); }},
        {u"script.explain"_s, tr("&Explain name"), {QKeySequence(u"Ctrl+I"_s)},
         [this] { assistIn(focusWidget(), &CodeAssist::askDocumentation); }},
        {u"script.addons"_s, tr("&Add-ons…"), {}, [this] { showAddons(); }},
    };
}

std::vector<ActionInfo> MainWindow::helpActions() {
    return {
        {u"help.python"_s, tr("&Python API"), {QKeySequence(Qt::Key_F1)},
         [this] { showHelp(tr("Python API"), pythonHelpText(m_parts.workbench.catalog)); }},
        {u"help.keys"_s, tr("&Keyboard shortcuts"), {},
         [this] { showHelp(tr("Keyboard shortcuts"), shortcutsText(m_actions->withShortcuts() + m_addonMenus->withShortcuts())); }},
        {u"help.about"_s, tr("&About Tintype"), {}, [this] { showHelp(tr("About Tintype"), aboutText()); }},
    };
}

void MainWindow::showHelp(const QString& title, const QString& text) {
    (new HelpWindow(title, text, this))->show();
}

void MainWindow::showPreferences() {
    auto* dialog = findChild<PreferencesDialog*>(QString(), Qt::FindDirectChildrenOnly);
    if (!dialog) {
        const PanelParts parts{m_parts.workbench, m_parts.document, m_parts.queue, m_parts.settings};
        dialog = new PreferencesDialog(*m_panelWatch, parts, this);
        connect(dialog, &PreferencesDialog::operationChosen, m_operations, &OperationCommands::chooseById);
    }
    dialog->show();
    dialog->raise();
    dialog->activateWindow();
}

void MainWindow::showAddons() {
    auto* window = findChild<AddonsWindow*>(QString(), Qt::FindDirectChildrenOnly);
    if (!window) {
        window = new AddonsWindow(m_parts.python, m_parts.scripts, m_parts.queue, m_parts.settings, this);
        connect(window, &AddonsWindow::lineRun, m_log, &LogPanel::appendLine);
    }
    window->show();
    window->raise();
    window->activateWindow();
}

void MainWindow::buildMenus() {
    const auto menu = [this](const QString& title, const QStringList& ids) {
        QMenu* made = menuBar()->addMenu(title);
        m_actions->fill(made, ids);
        return made;
    };
    QMenu* file = menu(tr("&File"), {u"file.open"_s, u"file.openProject"_s});
    m_open->recent().fill(file->addMenu(tr("Open &recent")));
    m_actions->fill(file, {u"-"_s, u"file.save"_s, u"file.saveAs"_s, u"-"_s, u"file.saveProject"_s, u"file.saveProjectAs"_s,
                           u"-"_s, u"file.close"_s, u"-"_s, u"file.quit"_s});
    menu(tr("&Edit"), {u"edit.undo"_s, u"edit.redo"_s, u"-"_s, u"edit.duplicate"_s, u"edit.rename"_s, u"-"_s,
                       u"edit.copyRecipe"_s, u"edit.saveRecipe"_s, u"-"_s, u"edit.preferences"_s});
    QMenu* view = menu(tr("&View"), {u"view.zoomIn"_s, u"view.zoomOut"_s, u"view.fit"_s, u"view.actual"_s, u"-"_s});
    m_panelsMenu = view->addMenu(tr("&Panels"));
    m_panelsMenu->setObjectName(u"panelsMenu"_s);
    for (QDockWidget* dock : std::as_const(m_docks))
        m_panelsMenu->addAction(dock->toggleViewAction());
    m_actions->fill(view, {u"view.resetPanels"_s, u"-"_s, u"view.fullScreen"_s});
    QMenu* image = menu(tr("&Operations"), {u"image.find"_s, u"-"_s});
    m_operationMenu = new OperationMenu(*image, m_parts.workbench.catalog,
                                        [this](const Operation& operation) { m_operations->choose(operation); });
    menu(tr("&Script"), {u"script.new"_s, u"script.open"_s, u"script.save"_s, u"-"_s, u"script.run"_s,
                         u"script.runApart"_s, u"script.stop"_s, u"-"_s,
                         u"script.complete"_s, u"script.explain"_s, u"-"_s, u"script.addons"_s});
    menu(tr("&Help"), {u"help.python"_s, u"help.keys"_s, u"-"_s, u"help.about"_s});
    m_images->setContextActions({m_actions->action(u"edit.rename"_s), m_actions->action(u"edit.duplicate"_s),
                                 m_actions->action(u"file.saveAs"_s), m_actions->action(u"file.close"_s)});
}

void MainWindow::refreshActions() {
    const auto withTitle = [](const QString& verb, QString title) {
        return title.isEmpty() ? verb : verb + u' ' + title.replace(u"&"_s, u"&&"_s);
    };
    m_actions->action(u"edit.undo"_s)->setText(withTitle(tr("&Undo"), m_historyModel->nextUndo()));
    m_actions->action(u"edit.redo"_s)->setText(withTitle(tr("&Redo"), m_historyModel->nextRedo()));
    m_actions->refresh();
}

} // namespace tintype
