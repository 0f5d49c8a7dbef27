// Starts and ends the one Python interpreter of the window.
// SPDX-License-Identifier: GPL-3.0-or-later
#include <pybind11/pybind11.h>

#include "core/Error.h"
#include "scripting/Events.h"
#include "scripting/Gil.h"
#include "scripting/Interpreter.h"
#include "scripting/OutputRouter.h"
#include "scripting/PyCallable.h"
#include "scripting/PythonRuntime.h"
#include "scripting/WindowBridge.h"
#include "scripting/panels/PanelList.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

namespace py = pybind11;

namespace tintype {

namespace {

void check(const PyStatus& status, PyConfig* config = nullptr) {
    if (!PyStatus_Exception(status))
        return;
    const std::string reason = status.err_msg ? status.err_msg : "unknown reason";
    if (config)
        PyConfig_Clear(config);
    throw Error(ErrorCode::Internal, "Python could not be started: " + reason);
}

void preinitialize() {
    PyPreConfig config;
    PyPreConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    config.utf8_mode = 1;
    check(Py_PreInitialize(&config));
}

void initialize(const InterpreterSettings& settings) {
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    config.parse_argv = 0;
    // The signals of the process are Qt's.
    config.install_signal_handlers = 0;
    const auto set = [&config](wchar_t*& member, const std::string& value) {
        check(PyConfig_SetBytesString(&config, &member, value.c_str()), &config);
    };
    // Written out, so that neither the PATH nor where the program lies decides which standard library is taken.
    set(config.home, TINTYPE_PYTHON_HOME);
    set(config.executable, settings.pythonProgram);
    set(config.base_executable, settings.pythonProgram);
    set(config.program_name, settings.pythonProgram);
    const char* const folders = std::getenv("PYTHONPATH");
    set(config.pythonpath_env, settings.packageFolder + (folders && *folders ? std::string(":") + folders : ""));
    char empty[] = "";
    char* arguments[] = {empty};
    check(PyConfig_SetBytesArgv(&config, 1, arguments), &config);
    check(Py_InitializeFromConfig(&config), &config);
    PyConfig_Clear(&config);
}

void setUp(const InterpreterSettings& settings, Workbench& workbench, WindowBridge& window) {
    // A thread that Python does not know crashes when it is the first to make these.
    py::detail::get_internals();
    py::module_::import("threading");
    const auto sys = py::module_::import("sys");
    sys.attr("_tintype_workbench") = py::capsule(&workbench, "tintype.workbench");
    sys.attr("_tintype_window") = py::capsule(&window, "tintype.window");
    installOutputRouter();
    installRuntimePackage(settings.packageFolder);
}

// The extension module finds them there.
std::unique_ptr<PythonRuntime> makeRuntime(Workbench& workbench, WindowBridge& window) {
    auto runtime = std::make_unique<PythonRuntime>(workbench, &window);
    py::module_::import("sys").attr("_tintype_python") = py::capsule(runtime.get(), "tintype.python");
    return runtime;
}

std::unique_ptr<Events> makeEvents(PythonRuntime& runtime) {
    auto events = std::make_unique<Events>(runtime);
    py::module_::import("sys").attr("_tintype_events") = py::capsule(events.get(), "tintype.events");
    return events;
}

std::unique_ptr<PanelList> makePanels() {
    auto panels = std::make_unique<PanelList>();
    py::module_::import("sys").attr("_tintype_panels") = py::capsule(panels.get(), "tintype.panels");
    return panels;
}

} // namespace

Interpreter::Interpreter(const InterpreterSettings& given, Workbench& workbench, WindowBridge& window)
    : m_pythonProgram(given.pythonProgram), m_window(window) {
    InterpreterSettings settings = given;
    // People read these paths, in sys.path and in tracebacks.
    settings.packageFolder = std::filesystem::weakly_canonical(settings.packageFolder).string();
    // A window toolkit of matplotlib's would run its event loop on a script's thread.
    setenv("MPLBACKEND", "Agg", 1);
    // Writing to a pipe whose reader has gone must be an error in the script, not the end of the program.
    std::signal(SIGPIPE, SIG_IGN);
    // So must an alarm not be: scripts cannot handle signals here, and programs that they start do not inherit this.
    for (const int alarm : {SIGALRM, SIGVTALRM, SIGPROF})
        std::signal(alarm, [](int) {});
    preinitialize();
    initialize(settings);
    std::string reason;
    try {
        setUp(settings, workbench, window);
        m_runtime = makeRuntime(workbench, window);
        m_events = makeEvents(*m_runtime);
        m_panels = makePanels();
    } catch (const std::exception& error) {
        reason = error.what();
    }
    if (!reason.empty()) {
        m_panels.reset();
        m_events.reset();
        m_runtime.reset();
        Py_FinalizeEx();
        throw Error(ErrorCode::Internal, "Python could not be started: " + reason);
    }
    m_mainState = PyEval_SaveThread();
    keepGilOffThisThread();
    // Now, so that it is there when a script must be stopped.
    m_runtime->supervisor();
}

Interpreter::~Interpreter() {
    const bool threadsEnded = m_runtime->endThreads();
    if (!PyCallable::endAll(2000) || !threadsEnded) {
        std::fputs("Tintype: Python is not finalised, because a thread that runs Python code could not be stopped.\n", stderr);
        // That thread may still use them.
        static_cast<void>(m_panels.release());
        static_cast<void>(m_events.release());
        static_cast<void>(m_runtime.release());
        return;
    }
    m_panels.reset();
    m_events.reset();
    keepGilOffThisThread(false);
    PyEval_RestoreThread(m_mainState);
    drainDroppedReferences();
    Py_FinalizeEx();
}

void Interpreter::limitWaiting(const QDeadlineTimer& deadline) {
    m_runtime->limitWaiting(int(deadline.remainingTime()));
    // Where many threads work in turn, those that clean up and end would wait too long for theirs.
    m_runtime->supervisor().post([] {
        try {
            py::module_::import("sys").attr("setswitchinterval")(0.0002);
        } catch (const py::error_already_set& error) {
            std::fprintf(stderr, "Tintype: the end may take longer: %s\n", error.what());
        }
    });
}

bool Interpreter::runExitHandlers(const QDeadlineTimer& deadline) {
    m_runtime->endCallbacks(QDeadlineTimer(deadline.remainingTime() / 4));
    PythonThreadPtr thread = m_runtime->makeThread(QStringLiteral("Tintype exit handlers"));
    if (!thread->hasStarted()) {
        std::fputs("Tintype: Python's exit handlers did not run, because the system gives this program no more threads.\n", stderr);
        return false;
    }
    const auto begun = std::make_shared<std::atomic<bool>>(false);
    thread->post([deadline, begun] {
        *begun = true;
        try {
            py::module_::import("tintype_runtime").attr("run_exit_handlers")(double(deadline.remainingTime()) / 1000);
        } catch (const py::error_already_set& error) {
            std::fprintf(stderr, "Tintype: an exit handler failed: %s\n", error.what());
        }
    });
    thread->post([runner = thread.get()] { runner->close(); });
    if (thread->waitForEnd(deadline))
        return true;
    std::fputs(*begun ? "Tintype: Python's exit handlers did not end in time.\n"
                      : "Tintype: Python's exit handlers did not run, because a script holds Python.\n",
               stderr);
    // The caller is about to leave, and must not wait for the handler a second time.
    static_cast<void>(thread.release());
    return false;
}

} // namespace tintype
