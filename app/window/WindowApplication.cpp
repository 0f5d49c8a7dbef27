// The composition root of the window: builds the rooms in their order, and takes them down again.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/WindowApplication.h"

#include "core/pixels/Engine.h"
#include "scripting/PythonRuntime.h"
#include "scripting/addons/AddonStart.h"

#include <QCoreApplication>
#include <QDeadlineTimer>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include <poll.h>
#include <sys/time.h>
#include <unistd.h>

namespace tintype {

namespace {

/// Since the quit: scripts and console, then Python's exit handlers, and in any case. All of it is to take three seconds, also
/// on a busy machine, where the process takes a while to die.
constexpr std::chrono::milliseconds SCRIPTS_END_AFTER{1200};
constexpr std::chrono::milliseconds HANDLERS_END_AFTER{2100};
constexpr std::chrono::milliseconds LONGEST_END{2450};

void leaveNow(int /*signal*/, siginfo_t* about, void* /*context*/) {
    // An alarm that a script has asked for does not come from that timer.
    if (about->si_code != SI_TIMER)
        return;
    constexpr std::string_view TEXT = "tintype: some work did not end in time and was left behind\n";
    // Nobody may be reading what this program writes.
    pollfd errors{STDERR_FILENO, POLLOUT, 0};
    if (poll(&errors, 1, 0) == 1 && (errors.revents & POLLOUT) != 0) {
        [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, TEXT.data(), TEXT.size());
    }
    _exit(about->si_value.sival_int);
}

/// Whatever does not end in time must not keep the process alive: a thread in native code cannot be stopped by anyone. Not by
/// a thread, which there may be none for.
void leaveAnyway(std::chrono::milliseconds after, int exitCode) {
    struct sigaction action{};
    action.sa_sigaction = leaveNow;
    action.sa_flags = SA_SIGINFO | SA_RESTART;
    sigaction(SIGALRM, &action, nullptr);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    event.sigev_value.sival_int = exitCode;
    timer_t timer{};
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(after);
    const itimerspec time{{}, {seconds.count(), std::chrono::nanoseconds(after - seconds).count()}};
    if (timer_create(CLOCK_MONOTONIC, &event, &timer) == 0 && timer_settime(timer, 0, &time, nullptr) == 0)
        return;
    // The system gives no more timers; every process has this one, which carries no exit code.
    std::signal(SIGALRM, [](int) { _exit(EXIT_FAILURE); });
    const itimerval once{{}, {time.it_value.tv_sec, time.it_value.tv_nsec / 1000}};
    setitimer(ITIMER_REAL, &once, nullptr);
}

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
            *m_completer, *m_scripts, *m_stalls,  m_interpreter->events(), m_interpreter->panels(), m_interpreter->runtime(), m_settings};
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
    startAddons(m_interpreter->runtime());
    m_window->start(files, QString::fromStdString(request.script));
}

void WindowApplication::leave(int exitCode) {
    const QDeadlineTimer scriptsEnd(SCRIPTS_END_AFTER), handlersEnd(HANDLERS_END_AFTER);
    leaveAnyway(LONGEST_END, exitCode);
    m_interpreter->limitWaiting(scriptsEnd);
    m_workbench.jobs.cancelAll();
    m_window.reset();
    m_settings.sync();
    m_stalls.reset();
    m_scripts.reset();
    m_completer.reset();
    m_console.reset();
    m_interpreter->runExitHandlers(handlersEnd);
    std::fflush(nullptr);
    // Not `exit`: a thread that wakes after Python's end, or after libvips', would bring the process down.
    _exit(exitCode);
}

} // namespace tintype
