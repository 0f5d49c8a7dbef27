// The composition root of the window: builds the rooms in their order, and takes them down again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/WindowApplication.h"

#include "core/pixels/Engine.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <chrono>
#include <cstdio>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace tintype {

namespace {

/// All of the end within three seconds: scripts and console, then Python's exit handlers, and in any case.
constexpr int SCRIPTS_END_AFTER_MS = 1200;
constexpr int HANDLERS_END_AFTER_MS = 2500;
constexpr std::chrono::milliseconds LONGEST_END(2800);

InterpreterSettings interpreterSettings(const std::string& programFolder) {
    return {.pythonProgram = programFolder + "/tintype-python", .packageFolder = programFolder + "/../python"};
}

QString usualSettingsFile() {
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("tintype"), QStringLiteral("tintype"))
        .fileName();
}

} // namespace

WindowApplication::WindowApplication(const std::string& programFolder, const QString& settingsFile)
    : m_settings(settingsFile.isEmpty() ? usualSettingsFile() : settingsFile, QSettings::IniFormat),
      m_document(m_workbench.document, m_queue), m_jobs(m_workbench.jobs, m_queue), m_requests(m_queue),
      m_interpreter(std::make_unique<Interpreter>(interpreterSettings(programFolder), m_workbench, m_requests)),
      m_console(std::make_unique<ConsoleSession>(*m_interpreter, m_workbench)),
      m_completer(std::make_unique<Completer>(*m_interpreter, *m_console)),
      m_scripts(std::make_unique<ScriptRunner>(*m_interpreter, m_workbench)),
      m_stalls(std::make_unique<StallMonitor>(*m_interpreter)),
      m_window(std::make_unique<MainWindow>(parts())) {
    lowerEngineThreads();
}

WindowApplication::~WindowApplication() {
    m_workbench.jobs.cancelAll();
}

WindowParts WindowApplication::parts() {
    return {m_workbench,  m_queue,    m_document, m_jobs,                  m_requests, *m_console,
            *m_completer, *m_scripts, *m_stalls,  m_interpreter->events(), m_settings};
}

void WindowApplication::rebuildWindow() {
    m_window.reset();
    m_window = std::make_unique<MainWindow>(parts());
}

void WindowApplication::start(const WindowRequest& request) {
    QStringList files;
    for (const std::string& file : request.files)
        files << QString::fromStdString(file);
    m_window->show();
    m_window->start(files, QString::fromStdString(request.script));
}

void WindowApplication::leave(int exitCode) {
    // Whatever does not end in time must not keep the process alive: a thread in native code cannot be stopped by anyone.
    try {
        std::thread([exitCode] {
            std::this_thread::sleep_for(LONGEST_END);
            std::fprintf(stderr, "tintype: some work did not end in time and was left behind\n");
            _exit(exitCode);
        }).detach();
    } catch (const std::system_error&) {
        // No thread is left: the system ends the process, by a signal and without the exit code.
        alarm(unsigned(std::chrono::ceil<std::chrono::seconds>(LONGEST_END).count()));
    }
    const QDeadlineTimer handlersEnd(HANDLERS_END_AFTER_MS);
    m_interpreter->limitWaiting(SCRIPTS_END_AFTER_MS);
    m_workbench.jobs.cancelAll();
    m_window.reset();
    m_settings.sync();
    m_stalls.reset();
    m_scripts.reset();
    m_completer.reset();
    m_console.reset();
    m_interpreter->runExitHandlers(int(handlersEnd.remainingTime()));
    std::fflush(nullptr);
    // Not `exit`: a thread that wakes after Python's end, or after libvips', would bring the process down.
    _exit(exitCode);
}

} // namespace tintype
