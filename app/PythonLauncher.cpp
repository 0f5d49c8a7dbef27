// Runs CPython on the main thread as the plain python3 would, with the package tintype importable.
// SPDX-License-Identifier: GPL-3.0-or-later
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "app/PythonLauncher.h"

#include <unistd.h>

#include <cstdlib>

namespace tintype {

namespace {

/// Frees the configuration on every way out.
class Configuration {
public:
    Configuration() { PyConfig_InitPythonConfig(&m_config); }
    ~Configuration() { PyConfig_Clear(&m_config); }
    Configuration(const Configuration&) = delete;
    PyConfig* get() { return &m_config; }

private:
    PyConfig m_config;
};

PyStatus initialise(const PythonLaunch& launch, char** argv, Py_ssize_t argc) {
    PyPreConfig early;
    PyPreConfig_InitPythonConfig(&early);
    if (launch.headless)
        early.utf8_mode = 1;
    PyStatus status = Py_PreInitializeFromBytesArgs(&early, argc, argv);
    if (PyStatus_Exception(status))
        return status;

    Configuration config;
    status = PyConfig_SetBytesArgv(config.get(), argc, argv);
    if (!PyStatus_Exception(status) && !launch.executable.empty())
        status = PyConfig_SetBytesString(config.get(), &config.get()->executable, launch.executable.c_str());
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(config.get());
    return status;
}

/// After the initialisation, because CPython 3.11 computes sys.path no earlier.
bool addToPath(const std::string& folder) {
    PyObject* path = PySys_GetObject("path"); // borrowed
    if (!path || !PyList_Check(path))
        return true; // site or a .pth file took it away; the script will say what it misses
    PyObject* entry = PyUnicode_DecodeFSDefaultAndSize(folder.data(), Py_ssize_t(folder.size()));
    const bool added = entry && PyList_Insert(path, 0, entry) == 0;
    Py_XDECREF(entry);
    return added;
}

/// The environment of Tintype's own, see the package tintype_environment, which is asked only where there may be one.
std::string environmentFolder() {
    if (const char* chosen = std::getenv("TINTYPE_VENV"); chosen && *chosen)
        return chosen;
    if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data == '/')
        return std::string(data) + "/tintype/environment";
    const char* home = std::getenv("HOME");
    return home ? std::string(home) + "/.local/share/tintype/environment" : std::string();
}

/// False with a Python error set.
bool addEnvironment() {
    const std::string folder = environmentFolder();
    if (folder.empty() || access(folder.c_str(), F_OK) != 0)
        return true;
    PyObject* module = PyImport_ImportModule("tintype_environment");
    PyObject* result = module ? PyObject_CallMethod(module, "add", nullptr) : nullptr;
    const bool added = result != nullptr;
    Py_XDECREF(result);
    Py_XDECREF(module);
    return added;
}

/// Calls tintype_headless.start: signals, closed pipes, the options of the command. False with a Python error set.
bool startHeadless(const HeadlessStart& start) {
    PyObject* files = PyList_New(0);
    bool made = files != nullptr;
    for (const std::string& file : start.files) {
        PyObject* name = made ? PyUnicode_DecodeFSDefaultAndSize(file.data(), Py_ssize_t(file.size())) : nullptr;
        made = name && PyList_Append(files, name) == 0;
        Py_XDECREF(name);
    }
    PyObject* module = made ? PyImport_ImportModule("tintype_headless") : nullptr;
    PyObject* result = module ? PyObject_CallMethod(module, "start", "sOOO", start.command.c_str(), files,
                                                    start.quiet ? Py_True : Py_False, start.json ? Py_True : Py_False)
                              : nullptr;
    const bool started = result != nullptr;
    Py_XDECREF(result);
    Py_XDECREF(module);
    Py_XDECREF(files);
    return started;
}

} // namespace

int runPython(const PythonLaunch& launch) {
    std::vector<char*> argv;
    for (const std::string& argument : launch.arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);

    const PyStatus status = initialise(launch, argv.data(), Py_ssize_t(launch.arguments.size()));
    if (PyStatus_IsExit(status))
        return status.exitcode; // --help and --version
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    if (!addToPath(launch.packageFolder) || !addEnvironment() || (launch.headless && !startHeadless(*launch.headless))) {
        PyErr_Print(); // which ends the program where SystemExit says how
        Py_FinalizeEx();
        return 1;
    }
    return Py_RunMain();
}

} // namespace tintype
