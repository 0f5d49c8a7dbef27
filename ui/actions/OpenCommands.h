// Opens pictures, projects and scripts, by dialog, by drop and from the command line.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/RecentFiles.h"

#include <functional>

namespace tintype {

class GuiQueue;
struct Workbench;

/// Files are read on jobs; what fails becomes the error of the job, which the window shows. Lives on the GUI thread.
class OpenCommands : public QObject {
    Q_OBJECT
public:
    OpenCommands(Workbench& workbench, GuiQueue& queue, QSettings& settings, QWidget* window);

    RecentFiles& recent() { return m_recent; }
    /// Asks for files without blocking.
    void open();
    void openProject();
    /// A `.py` in the editor; a `.tint` as the project, and after it pictures one after the other, in their order. `then`
    /// is called when all that could be opened is open, also when that was stopped.
    void openFiles(const QStringList& paths, const std::function<void()>& then = {});

Q_SIGNALS:
    void scriptChosen(const QString& path);
    /// A project takes the place of what is open; the window may ask first.
    void projectChosen(const QString& path, const std::function<void()>& then);

public Q_SLOTS:
    /// Without asking.
    void readProject(const QString& path, const std::function<void()>& then);

private:
    void ask(const QString& title, const QString& filter, bool several);
    void readImages(const QStringList& paths, const std::function<void()>& then);

    Workbench& m_workbench;
    GuiQueue& m_queue;
    QSettings& m_settings;
    QWidget* m_window;
    RecentFiles m_recent;
};

} // namespace tintype
