// The composition root of the window: builds the rooms in their order, and takes them down again.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/window/WindowEntry.h"
#include "core/Workbench.h"
#include "scripting/Completer.h"
#include "scripting/ConsoleSession.h"
#include "scripting/Interpreter.h"
#include "scripting/ScriptRunner.h"
#include "scripting/StallMonitor.h"
#include "ui/DocumentModel.h"
#include "ui/GuiQueue.h"
#include "ui/JobModel.h"
#include "ui/MainWindow.h"
#include "ui/WindowRequests.h"

#include <QSettings>

#include <memory>

namespace tintype {

/// Made and destroyed on the GUI thread, with a QApplication. The members are in the order in which they are built; each
/// uses only those above it. One for each process, since there is one Python.
class WindowApplication {
public:
    /// `settingsFile` is where the window remembers its layout; empty means the person's own. Throws Error(Internal) when
    /// Python cannot start.
    explicit WindowApplication(const std::string& programFolder, const QString& settingsFile = {});
    /// Cancels everything, waits for it and finalises Python; for tests. The program calls leave().
    ~WindowApplication();
    WindowApplication(const WindowApplication&) = delete;

    /// Shows the window and opens what was asked for.
    void start(const WindowRequest& request);
    /// The end of the program: cancels jobs and scripts, gives each part a limited time, runs Python's exit handlers and
    /// leaves the process.
    [[noreturn]] void leave(int exitCode);

    Workbench& workbench() { return m_workbench; }
    MainWindow& window() { return *m_window; }
    QSettings& settings() { return m_settings; }
    ConsoleSession& console() { return *m_console; }
    Interpreter& interpreter() { return *m_interpreter; }
    /// Another window in this one's place, as after a restart.
    void rebuildWindow();

private:
    WindowParts parts();

    QSettings m_settings;
    Workbench m_workbench;
    GuiQueue m_queue;
    DocumentModel m_document;
    JobModel m_jobs;
    WindowRequests m_requests;
    std::unique_ptr<Interpreter> m_interpreter;
    std::unique_ptr<ConsoleSession> m_console;
    std::unique_ptr<Completer> m_completer;
    std::unique_ptr<ScriptRunner> m_scripts;
    std::unique_ptr<StallMonitor> m_stalls;
    std::unique_ptr<MainWindow> m_window;
};

} // namespace tintype
