// Opens pictures, projects and scripts, by dialog, by drop and from the command line.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/OpenCommands.h"

#include "core/Error.h"
#include "core/Workbench.h"
#include "core/document/Commands.h"
#include "core/document/Project.h"
#include "ui/GuiQueue.h"
#include "ui/actions/FileDialogs.h"

#include <QFileDialog>
#include <QFileInfo>

#include <memory>

namespace tintype {

namespace {

/// Calls `then` on the GUI thread when the last holder lets go: a job that is stopped before its turn only drops its work.
std::shared_ptr<void> callAtEnd(const std::function<void(TaskQueue::Task)>& post, const std::function<void()>& then) {
    return {nullptr, [post, then](void*) {
                if (then)
                    post(then);
            }};
}

} // namespace

OpenCommands::OpenCommands(Workbench& workbench, GuiQueue& queue, QSettings& settings, QWidget* window)
    : QObject(window), m_workbench(workbench), m_queue(queue), m_settings(settings), m_window(window),
      m_recent(settings) {
    connect(&m_recent, &RecentFiles::chosen, this, [this](const QString& path) { openFiles({path}); });
}

void OpenCommands::open() {
    const FileFormats& formats = m_workbench.catalog.formats();
    QStringList filters{tr("Pictures, projects and scripts (%1 *.tint *.py)").arg(suffixPatterns(formats.loadableSuffixes()))};
    filters << addedFilters(formats, &AddedFormat::load) << tr("All files (*)");
    ask(tr("Open"), filters.join(QStringLiteral(";;")), true);
}

void OpenCommands::openProject() {
    ask(tr("Open project"), tr("Tintype projects (*.tint);;All files (*)"), false);
}

void OpenCommands::ask(const QString& title, const QString& filter, bool several) {
    QFileDialog* dialog = makeFileDialog(m_window, m_settings, title, filter);
    dialog->setFileMode(several ? QFileDialog::ExistingFiles : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& paths) { openFiles(paths); });
    dialog->open();
}

void OpenCommands::openFiles(const QStringList& paths, const std::function<void()>& then) {
    QStringList images;
    QStringList projects;
    for (const QString& path : paths) {
        const QString suffix = QFileInfo(path).suffix().toLower();
        if (suffix == QLatin1String("py"))
            Q_EMIT scriptChosen(path);
        else if (suffix == QLatin1String("tint"))
            projects.prepend(path);
        else
            images << path;
    }
    // A project takes the place of what is open, so it comes before the pictures, and what follows waits for both.
    std::function<void()> next = then;
    if (!images.isEmpty())
        next = [this, images, then] { readImages(images, then); };
    for (const QString& path : projects)
        next = [this, path, next] { Q_EMIT projectChosen(path, next); };
    if (next)
        next();
}

void OpenCommands::readImages(const QStringList& paths, const std::function<void()>& then) {
    const QString title = paths.size() == 1 ? tr("Opening %1").arg(QFileInfo(paths.first()).fileName())
                                            : tr("Opening %n files", nullptr, int(paths.size()));
    auto post = m_queue.posterFor(this);
    m_workbench.jobs.submit(title.toStdString(), [this, &workbench = m_workbench, post, paths,
                                                atEnd = callAtEnd(post, then)](Job& job) {
        std::string errors;
        int done = 0;
        for (const QString& path : paths) {
            job.token().check();
            try {
                openImage(workbench, path.toStdString(), {job.token(), {}});
                post([this, path] { m_recent.add(path); });
            } catch (const Error& error) {
                if (error.code() == ErrorCode::Cancelled)
                    throw;
                errors += (errors.empty() ? "" : "\n") + std::string(error.what());
            }
            job.setProgress(double(++done) / double(paths.size()));
        }
        if (!errors.empty())
            throw Error(ErrorCode::File, errors);
    }, JobKind::File);
}

void OpenCommands::readProject(const QString& path, const std::function<void()>& then) {
    const std::string title = tr("Opening %1").arg(QFileInfo(path).fileName()).toStdString();
    auto post = m_queue.posterFor(this);
    m_workbench.jobs.submit(title, [this, &workbench = m_workbench, post, path, atEnd = callAtEnd(post, then)](Job&) {
        tintype::openProject(workbench.document, QFileInfo(path).absoluteFilePath().toStdString(), workbench.catalog);
        post([this, path] { m_recent.add(path); });
    }, JobKind::File);
}

} // namespace tintype
