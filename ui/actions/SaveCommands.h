// Saves the active image, its recipe, and the project.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/recipe/Image.h"

#include <QObject>

#include <functional>
#include <map>
#include <string>

class QSettings;
class QWidget;

namespace tintype {

class DocumentModel;
class GuiQueue;
struct Workbench;

/// Files are written on jobs; what fails becomes the error of the job, which the window shows. Lives on the GUI thread.
class SaveCommands : public QObject {
    Q_OBJECT
public:
    SaveCommands(Workbench& workbench, DocumentModel& document, GuiQueue& queue, QSettings& settings, QWidget* window);

    /// To the file that the active image was saved to; asks when there is none, and also before the first save over the
    /// file that it was opened from.
    void saveImage();
    void saveImageAs();
    /// `then` is called when it is on disk, and all that it needs too.
    void saveProject(const std::function<void()>& then = {});
    void saveProjectAs(const std::function<void()>& then = {});
    void saveRecipe();
    void copyRecipe();
    /// In a project, or with scripts: anything that the project file does not hold. Else any image that has steps which no
    /// image file holds.
    bool hasUnsaved() const;

Q_SIGNALS:
    void noted(const QString& text);
    void saved(const QString& path);
    void imageSaved(const QString& name, const QString& path);
    void warned(const QString& text);

private:
    struct SavedImage {
        QString path;
        Image image;
        bool written = false; ///< here; else the image was opened from it
    };
    QString activeName() const;
    Image activeImage() const;
    /// Many formats can be read that cannot be written.
    bool canSave(const QString& path) const;
    void askWhere(const QString& proposal);
    void writeImage(const QString& name, const Image& image, const QString& path);
    void writeProject(const QString& path, const std::function<void()>& then);
    void writeRecipe(const Image& image, const QString& path);
    void noteFiles();

    Workbench& m_workbench;
    DocumentModel& m_document;
    GuiQueue& m_queue;
    QSettings& m_settings;
    QWidget* m_window;
    /// By the image's name.
    std::map<QString, SavedImage> m_saved;
};

} // namespace tintype
