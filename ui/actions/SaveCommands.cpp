// Saves the active image, its recipe, and the project.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/SaveCommands.h"

#include "core/Error.h"
#include "core/document/WholeFile.h"
#include "core/Workbench.h"
#include "core/pixels/Evaluation.h"
#include "core/document/Project.h"
#include "core/recipe/Recipe.h"
#include "ui/DocumentModel.h"
#include "ui/GuiQueue.h"
#include "ui/actions/FileDialogs.h"

#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>

#include <algorithm>
#include <set>

namespace tintype {

namespace {

/// Where a picture was opened from; empty for everything else.
QString openedFrom(const Image& image) {
    const Value* file = image && image.node()->operation() == Node::FILE ? image.node()->parameter("filename") : nullptr;
    const auto* path = file ? file->as<std::string>() : nullptr;
    return path ? QString::fromStdString(*path) : QString();
}

/// A picture is written as one plane: over a file with several, the others would be gone.
void refuseLosingPlanes(const Evaluation& evaluation, const Image& image, const QString& path) {
    const QString target = QFileInfo(path).canonicalFilePath();
    for (const NodePtr& node : upstream(image.node())) {
        const Image source(node);
        const QString file = openedFrom(source);
        if (file.isEmpty() || QFileInfo(file).canonicalFilePath() != target)
            continue;
        if (const int planes = evaluation.info(source).planeCount(); planes > 1)
            throw Error(ErrorCode::File,
                        SaveCommands::tr("%1 has %2 planes, and one would be saved; choose another name")
                            .arg(QFileInfo(path).fileName())
                            .arg(planes)
                            .toStdString());
    }
}

/// Whether something else lies where the picture was opened from.
bool isReplaced(const NodePtr& node) {
    const QString path = openedFrom(Image(node));
    const Value* size = path.isEmpty() ? nullptr : node->parameter("size");
    const Value* modified = path.isEmpty() ? nullptr : node->parameter("modified");
    const auto* bytes = size ? size->as<std::int64_t>() : nullptr;
    const auto* nanoseconds = modified ? modified->as<std::int64_t>() : nullptr;
    const QFileInfo now(path);
    return bytes && nanoseconds && now.exists() &&
           (now.size() != *bytes || now.lastModified().toMSecsSinceEpoch() != *nanoseconds / 1'000'000);
}

/// A project holds recipes, and no pixels: what it cannot find again must be said while it can still be saved.
QStringList lostSources(const DocumentState& state) {
    QStringList lost;
    for (const std::string& name : state.imageNames()) {
        const std::vector<NodePtr> nodes = upstream(state.image(name).node());
        const auto found = std::ranges::find_if(nodes, isReplaced);
        if (found != nodes.end())
            lost << SaveCommands::tr("The project will not find the picture that “%1” is made from: %2 was saved over. "
                                     "Save the image under another name, and open it from there.")
                        .arg(QString::fromStdString(name), QFileInfo(openedFrom(Image(*found))).fileName());
    }
    return lost;
}

void writeFile(const QString& path, const QByteArray& bytes) {
    const QString reason = writeWholeFile(path, bytes);
    if (!reason.isEmpty())
        throw Error(ErrorCode::File, (QFileInfo(path).fileName() + QStringLiteral(": ") + reason).toStdString());
}

} // namespace

SaveCommands::SaveCommands(Workbench& workbench, DocumentModel& document, GuiQueue& queue, QSettings& settings,
                           QWidget* window)
    : QObject(window), m_workbench(workbench), m_document(document), m_queue(queue), m_settings(settings),
      m_window(window) {
    connect(&document, &DocumentModel::changed, this, &SaveCommands::noteFiles);
}

QString SaveCommands::activeName() const {
    return QString::fromStdString(m_document.state().active());
}

Image SaveCommands::activeImage() const {
    return m_document.state().image(m_document.state().active());
}

bool SaveCommands::canSave(const QString& path) const {
    return m_workbench.catalog.formats().canSave(path.toStdString());
}

void SaveCommands::saveImage() {
    const auto saved = m_saved.find(activeName());
    if (saved == m_saved.end() || !canSave(saved->second.path))
        saveImageAs();
    else if (!saved->second.written)
        // The original is lost by that, so the dialog asks whether it may be replaced.
        askWhere(saved->second.path);
    else
        writeImage(activeName(), activeImage(), saved->second.path);
}

void SaveCommands::saveImageAs() {
    const auto saved = m_saved.find(activeName());
    const bool sameKind = saved != m_saved.end() && canSave(saved->second.path);
    askWhere(activeName() + QLatin1Char('.') +
             (sameKind ? QFileInfo(saved->second.path).suffix() : QStringLiteral("png")));
}

void SaveCommands::askWhere(const QString& proposal) {
    // What is active now is saved, whatever is active when the dialog is done.
    const QString name = activeName();
    const Image image = activeImage();
    const FileFormats& formats = m_workbench.catalog.formats();
    QStringList filters{tr("Images (%1)").arg(suffixPatterns(formats.savableSuffixes()))};
    filters << addedFilters(formats, &AddedFormat::save) << tr("All files (*)");
    QFileDialog* dialog = makeFileDialog(m_window, m_settings, tr("Save image “%1”").arg(name), filters.join(QStringLiteral(";;")));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("png"));
    followFilter(*dialog);
    dialog->selectFile(proposal);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, name, image](const QString& path) { writeImage(name, image, path); });
    dialog->open();
}

void SaveCommands::writeImage(const QString& name, const Image& image, const QString& path) {
    const QString fileName = QFileInfo(path).fileName();
    auto post = m_queue.posterFor(this);
    m_workbench.jobs.submit(
        tr("Saving %1").arg(fileName).toStdString(),
        [this, &workbench = m_workbench, post, name, image, path, fileName](Job& job) {
            refuseLosingPlanes(workbench.evaluation, image, path);
            const EvaluationWatch watch{job.token(), [&job](double fraction) { job.setProgress(fraction); }};
            workbench.evaluation.writeToFile(image, path.toStdString(), {}, watch);
            post([this, name, image, path, fileName] {
                // Meanwhile another image may have got the name, which must not be saved there unasked.
                const auto before = m_saved.find(name);
                if (m_document.document().state()->image(name.toStdString()) == image ||
                    (before != m_saved.end() && before->second.path == path && before->second.written))
                    m_saved[name] = {path, image, true};
                Q_EMIT saved(path);
                Q_EMIT imageSaved(name, path);
                Q_EMIT noted(tr("Saved %1").arg(fileName));
            });
        },
        JobKind::File);
}

void SaveCommands::saveProject(const std::function<void()>& then) {
    const QString path = QString::fromStdString(m_document.document().path());
    if (path.isEmpty())
        saveProjectAs(then);
    else
        writeProject(path, then);
}

void SaveCommands::saveProjectAs(const std::function<void()>& then) {
    QFileDialog* dialog = makeFileDialog(m_window, m_settings, tr("Save project"), tr("Tintype projects (*.tint)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("tint"));
    const QString path = QString::fromStdString(m_document.document().path());
    dialog->selectFile(path.isEmpty() ? tr("Project.tint") : QFileInfo(path).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, then](const QString& chosen) { writeProject(chosen, then); });
    dialog->open();
}

void SaveCommands::writeProject(const QString& path, const std::function<void()>& then) {
    const QString fileName = QFileInfo(path).fileName();
    auto post = m_queue.posterFor(this);
    m_workbench.jobs.submit(tr("Saving %1").arg(fileName).toStdString(),
                            [this, &workbench = m_workbench, post, path, fileName, then](Job&) {
                                tintype::saveProject(workbench.document, path.toStdString());
                                post([this, path, fileName, then, lost = lostSources(*workbench.document.state())] {
                                    Q_EMIT saved(path);
                                    Q_EMIT noted(tr("Saved %1").arg(fileName));
                                    for (const QString& warning : lost)
                                        Q_EMIT warned(warning);
                                    // Whoever is warned must be able to do something about it.
                                    if (then && lost.isEmpty())
                                        then();
                                });
                            },
                            JobKind::File);
}

void SaveCommands::saveRecipe() {
    const Image image = activeImage();
    QFileDialog* dialog = makeFileDialog(m_window, m_settings, tr("Save recipe"), tr("Recipes (*.json);;All files (*)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(activeName() + QStringLiteral(".json"));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, image](const QString& path) { writeRecipe(image, path); });
    dialog->open();
}

void SaveCommands::writeRecipe(const Image& image, const QString& path) {
    const QString fileName = QFileInfo(path).fileName();
    auto post = m_queue.posterFor(this);
    m_workbench.jobs.submit(tr("Saving %1").arg(fileName).toStdString(), [this, post, image, path, fileName](Job&) {
        writeFile(path, Recipe(image).toJson());
        post([this, fileName] { Q_EMIT noted(tr("Saved %1").arg(fileName)); });
    }, JobKind::File);
}

void SaveCommands::copyRecipe() {
    auto post = m_queue.posterFor(this);
    // The recipe of an image may be long enough to be felt.
    m_workbench.jobs.submit(tr("Copying the recipe").toStdString(),
                            [this, &catalog = m_workbench.catalog, post, image = activeImage()](Job&) {
                                const QString text = QString::fromStdString(Recipe(image).toScript(catalog));
                                post([this, text] {
                                    QGuiApplication::clipboard()->setText(text);
                                    Q_EMIT noted(tr("The recipe is on the clipboard as Python."));
                                });
                            });
}

bool SaveCommands::hasUnsaved() const {
    if (!m_document.document().isModified())
        return false;
    const Document::State state = m_document.document().state();
    // Names, what was closed, and scripts are in no image file.
    if (!m_document.document().path().empty() || !state->scripts().empty())
        return true;
    return std::ranges::any_of(state->imageNames(), [&](const std::string& name) {
        const Image image = state->image(name);
        const auto saved = m_saved.find(QString::fromStdString(name));
        if (saved != m_saved.end() && saved->second.image == image)
            return false;
        // A picture as it was opened is on the disk, unless something was saved in its place.
        const QString source = openedFrom(image);
        return source.isEmpty() || (saved != m_saved.end() && saved->second.path == source);
    });
}

void SaveCommands::noteFiles() {
    // Another image may get the name of a closed one; its first save must ask.
    const DocumentState& state = m_document.state();
    std::erase_if(m_saved, [&](const auto& entry) { return !state.has(entry.first.toStdString()); });
    std::set<QString> taken;
    for (const auto& [name, saved] : m_saved)
        taken.insert(saved.path);
    for (const std::string& name : state.imageNames()) {
        const Image image = state.image(name);
        const QString path = openedFrom(image);
        // A duplicate is not meant to take the place of the picture it came from.
        if (!path.isEmpty() && !m_saved.contains(QString::fromStdString(name)) && taken.insert(path).second)
            m_saved[QString::fromStdString(name)] = {path, image};
    }
}

} // namespace tintype
