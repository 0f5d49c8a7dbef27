// The window: puts canvas, panels, menus and status bar together and lets each know what it needs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainWindow.h"

#include "core/Error.h"
#include "core/document/Commands.h"
#include "scripting/Events.h"
#include "scripting/StallMonitor.h"
#include "ui/DocumentModel.h"
#include "ui/JobModel.h"
#include "ui/WindowRequests.h"
#include "ui/addons/AddonMenus.h"
#include "ui/addons/PanelDocks.h"
#include "ui/addons/PanelWatch.h"
#include "ui/canvas/CanvasView.h"
#include "ui/console/ConsolePanel.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/operations/CatalogWatch.h"
#include "ui/operations/OperationForm.h"
#include "ui/operations/OperationMenu.h"
#include "ui/operations/OperationPalette.h"
#include "ui/panels/HistoryModel.h"
#include "ui/panels/HistoryPanel.h"
#include "ui/panels/ImageListModel.h"
#include "ui/panels/ImagesPanel.h"
#include "ui/panels/LogPanel.h"
#include "ui/panels/MessageBar.h"
#include "ui/panels/QuestionBar.h"
#include "ui/panels/RecipePanel.h"
#include "ui/panels/StallBar.h"
#include "ui/panels/WindowStatusBar.h"

#include <QAction>
#include <QDockWidget>
#include <QMenu>
#include <QMimeData>
#include <QDropEvent>
#include <QFileInfo>
#include <QVBoxLayout>

namespace tintype {

MainWindow::MainWindow(const WindowParts& parts)
    : m_parts(parts), m_actions(new ActionTable(this)),
      m_open(new OpenCommands(parts.workbench, parts.queue, parts.settings, this)),
      m_save(new SaveCommands(parts.workbench, parts.document, parts.queue, parts.settings, this)),
      m_operations(new OperationCommands(parts.workbench, parts.document, this)),
      m_imageList(new ImageListModel(parts.document, parts.workbench.evaluation, parts.queue, this)),
      m_historyModel(new HistoryModel(parts.document, this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setAcceptDrops(true);
    buildCenter();
    buildDocks();
    addActions();
    buildMenus();
    connectDocument();
    connectScripts();
    connectStalls();
    connectOperations();
    connectPanels();
    restoreLayout();
    documentChanged();
    m_panelDocks->start();
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCenter() {
    auto* center = new QWidget(this);
    m_questions = new QuestionBar(center);
    m_messages = new MessageBar(center);
    m_messages->setObjectName(QStringLiteral("messageBar"));
    m_stalls = new StallBar(center);
    m_canvas = new CanvasView(m_parts.workbench.evaluation, m_parts.queue, center);
    m_canvas->setObjectName(QStringLiteral("canvas"));
    auto* layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_questions);
    layout->addWidget(m_messages);
    layout->addWidget(m_stalls);
    layout->addWidget(m_canvas, 1);
    setCentralWidget(center);
    m_status = new WindowStatusBar(m_parts.jobs, this);
    setStatusBar(m_status);
    connect(m_canvas, &CanvasView::cursorMoved, m_status, &WindowStatusBar::showCursor);
    connect(m_canvas, &CanvasView::pixelValue, m_status, &WindowStatusBar::showPixel);
    connect(m_canvas, &CanvasView::zoomChanged, this, [this](double zoom) { m_status->showZoom(hasImage() ? zoom : 0); });
}

void MainWindow::connectDocument() {
    connect(&m_parts.document, &DocumentModel::changed, this, &MainWindow::documentChanged);
    connect(m_imageList, &ImageListModel::detailsFound, this, &MainWindow::refreshTitle);
    connect(m_imageList, &ImageListModel::refused, m_messages, &MessageBar::showError);
    connect(m_images, &ImagesPanel::activated, this, &MainWindow::activate);
    connect(m_images, &ImagesPanel::closeWanted, this, [this](const QString& name) {
        attempt([&] { removeImage(m_parts.document.document(), name.toStdString()); });
    });
    connect(m_history, &HistoryPanel::goToWanted, this,
            [this](quint64 edit) { attempt([&] { m_parts.document.document().goTo(edit); }); });
    connect(m_recipe, &RecipePanel::copyWanted, m_save, &SaveCommands::copyRecipe);
    connect(m_recipe, &RecipePanel::saveWanted, m_save, &SaveCommands::saveRecipe);
    connect(m_save, &SaveCommands::noted, m_status, [this](const QString& text) { m_status->showMessage(text, 5000); });
    connect(m_save, &SaveCommands::warned, m_messages, &MessageBar::showError);
    connect(m_save, &SaveCommands::saved, this, [this](const QString& path) {
        m_open->recent().add(path);
        refreshTitle();
    });
    connect(m_save, &SaveCommands::imageSaved, this, [this](const QString& name, const QString& path) {
        m_parts.events.note("image-saved", {{"image", name.toStdString()}, {"path", path.toStdString()}});
    });
    connect(m_open, &OpenCommands::projectChosen, this, &MainWindow::openProjectAfterAsking);
    connect(&m_parts.jobs, &JobModel::ended, this, &MainWindow::jobEnded);
}

void MainWindow::connectScripts() {
    WindowRequests& requests = m_parts.requests;
    connect(&requests, &WindowRequests::messageShown, m_messages, &MessageBar::showNote);
    connect(&requests, &WindowRequests::imageShown, this, &MainWindow::activate);
    connect(&requests, &WindowRequests::asked, this, [this](const std::shared_ptr<Question>& question) {
        m_questions->ask(question);
        if (m_console->waitsForAnswer())
            m_questions->takeFocus();
    });
    connect(&requests, &WindowRequests::withdrawn, m_questions, &QuestionBar::withdraw);
    connect(m_editor, &ScriptEditor::stateChanged, this, &MainWindow::refreshActions);
    connect(m_open, &OpenCommands::scriptChosen, this, [this](const QString& path) {
        showDock(m_editor);
        if (m_editor->openFile(path))
            m_open->recent().add(path);
    });
}

void MainWindow::connectStalls() {
    StallMonitor& stalls = m_parts.stalls;
    const auto show = [this, &stalls] {
        m_stalls->showStalls(stalls.stalls());
        m_status->showStalls(stalls.stalls());
    };
    m_stalls->setOwnProcessChoice([this](quint64 job) { return m_editor->isAlwaysApart(job); });
    connect(m_stalls, &StallBar::ownProcessWanted, m_editor,
            [this](quint64 job, bool wanted) { m_editor->setAlwaysApart(job, wanted); });
    // The toolbar offers the same choice. Later, since it may be a row that has said so, and its time may be over.
    connect(m_editor, &ScriptEditor::stateChanged, m_stalls, show, Qt::QueuedConnection);
    connect(&stalls, &StallMonitor::changed, this, show);
    connect(m_stalls, &StallBar::stopWanted, &m_parts.jobs, &JobModel::stop);
    connect(m_stalls, &StallBar::stopAgainWanted, &stalls, &StallMonitor::stopAgain);
    show();
}

void MainWindow::connectOperations() {
    auto* catalog = new CatalogWatch(m_parts.workbench.catalog, m_parts.queue, this);
    connect(catalog, &CatalogWatch::changed, m_operationMenu, &OperationMenu::follow);
    connect(catalog, &CatalogWatch::changed, m_palette, &OperationPalette::follow);
    connect(catalog, &CatalogWatch::changed, m_form, &OperationForm::followCatalog);
    connect(catalog, &CatalogWatch::changed, m_recipe, &RecipePanel::followCatalog);
    // Those of panels as well.
    connect(catalog, &CatalogWatch::changed, this, [this] {
        for (CanvasView* const canvas : findChildren<CanvasView*>())
            canvas->followCatalog(m_parts.workbench.catalog);
    });
    connect(m_palette, &OperationPalette::chosen, m_operations, &OperationCommands::chooseById);
    connect(m_operations, &OperationCommands::refused, m_messages, &MessageBar::showNote);
    connect(m_operations, &OperationCommands::formWanted, this, [this](const Operation* operation) {
        m_form->setOperation(operation);
        showForm();
    });
    connect(m_recipe, &RecipePanel::editWanted, m_operations, &OperationCommands::chooseStep);
    connect(m_recipe, &RecipePanel::removeWanted, m_operations, &OperationCommands::remove);
    connect(m_operations, &OperationCommands::stepFormWanted, this, [this](const SeenStep& step) {
        m_form->editStep(step);
        showForm();
    });
    connect(m_form, &OperationForm::previewReady, m_canvas, &CanvasView::showPreview);
    connect(m_form, &OperationForm::previewEnded, m_canvas, &CanvasView::clearPreview);
    connect(m_form, &OperationForm::applyRequested, this, [this](const OperationRequest& request) {
        if (request.step.node)
            m_operations->edit(request.step, request.parameters);
        else
            m_operations->apply(*request.operation, request.parameters);
    });
    connect(m_form, &OperationForm::measured, m_log, &LogPanel::appendLine);
    connect(m_form, &OperationForm::measuringFailed, m_messages, &MessageBar::showError);
    connect(m_form, &OperationForm::closeRequested, this, [this] {
        m_form->parentWidget()->hide();
        m_canvas->viewport()->setFocus();
    });
}

void MainWindow::connectPanels() {
    const PanelParts parts{m_parts.workbench, m_parts.document, m_parts.queue, m_parts.settings};
    std::map<std::string, std::string> taken;
    for (const QAction* action : m_actions->withShortcuts())
        for (const QKeySequence& keys : action->shortcuts())
            taken[portableShortcut(keys).toStdString()] = action->text().remove(u'&').remove(u'…').toStdString();
    m_parts.panels.setTakenShortcuts(std::move(taken));
    m_panelWatch = new PanelWatch(m_parts.panels, m_parts.queue, this);
    m_panelDocks = new PanelDocks(*m_panelWatch, parts, this);
    m_addonMenus = new AddonMenus(*m_panelWatch, this);
    connect(m_addonMenus, &AddonMenus::operationChosen, m_operations, &OperationCommands::chooseById);
    connect(m_panelDocks, &PanelDocks::operationChosen, m_operations, &OperationCommands::chooseById);
    connect(m_panelDocks, &PanelDocks::dockMade, this, [this](QDockWidget* dock) {
        followDock(dock);
        m_panelsMenu->addAction(dock->toggleViewAction());
    });
    connect(m_panelDocks, &PanelDocks::dockGone, this, &MainWindow::refreshDockTitles, Qt::QueuedConnection);
}

void MainWindow::start(const QStringList& files, const QString& script) {
    m_open->openFiles(files, [this, script] {
        if (script.isEmpty())
            return;
        showDock(m_editor);
        if (m_editor->openFile(script))
            m_editor->run();
    });
}

void MainWindow::documentChanged() {
    const DocumentState& state = m_parts.document.state();
    m_canvas->setImage(QString::fromStdString(state.active()), state.image(state.active()));
    m_status->showZoom(hasImage() ? m_canvas->zoom() : 0);
    refreshTitle();
    refreshActions();
}

void MainWindow::refreshTitle() {
    const QString name = QString::fromStdString(m_parts.document.state().active());
    const QString project = QFileInfo(QString::fromStdString(m_parts.document.document().path())).fileName();
    QStringList parts;
    if (!name.isEmpty())
        parts << name;
    if (!project.isEmpty())
        parts << project;
    parts << QStringLiteral("Tintype");
    parts.first() += QStringLiteral("[*]");
    setWindowTitle(parts.join(QStringLiteral(" — ")));
    setWindowModified(m_save->hasUnsaved());
    const ImageDetail* detail = m_imageList->detail(name);
    m_status->showImage(detail && detail->error.isEmpty() ? detailText(detail->info) : QString());
}

void MainWindow::jobEnded(const JobInfo& job) {
    m_parts.events.noteJob(job);
    const bool isApply = m_operations->takeJob(job.id);
    const QString title = QString::fromStdString(job.title);
    if (job.state == JobState::Cancelled && isApply)
        m_form->stopWaiting();
    if (job.state == JobState::Finished && isApply)
        m_form->finishWaiting();
    if (job.state == JobState::Cancelled)
        m_status->showMessage(tr("Stopped: %1").arg(title), 5000);
    if (job.state != JobState::Failed)
        return;
    // The console has printed its own errors.
    if (job.kind == JobKind::ConsoleLine)
        return;
    const QString error = QString::fromStdString(job.error).trimmed();
    const QStringList lines = error.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    if (isApply && m_form->isVisible())
        m_form->showError(error);
    else if (error.contains(QLatin1String("Traceback (most recent call last)")))
        m_messages->showError(tr("%1: %2").arg(title, lines.last()));
    else
        for (const QString& line : lines)
            m_messages->showError(isApply || job.kind == JobKind::Script ? tr("%1: %2").arg(title, line) : line);
}

void MainWindow::activate(const QString& name) {
    attempt([&] { m_parts.document.document().activate(name.toStdString()); });
}

void MainWindow::attempt(const std::function<void()>& change) {
    try {
        change();
    } catch (const Error& error) {
        m_messages->showError(QString::fromUtf8(error.what()));
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
    QStringList paths;
    for (const QUrl& url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
        else
            m_messages->showError(tr("%1: only files of this computer can be opened").arg(url.toDisplayString()));
    }
    event->acceptProposedAction();
    m_open->openFiles(paths);
}

} // namespace tintype
