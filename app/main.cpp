// The program `tintype`: reads the command line and starts what it asks for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"
#include "app/Display.h"
#include "app/ProgramFolder.h"
#include "app/PythonLauncher.h"
#include "app/window/WindowEntry.h"
#include "core/EarlyLibraries.h"

#include <dlfcn.h>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>

namespace tintype {

namespace {

constexpr int FAILED = 1;
constexpr int WRONG_USAGE = 2;

/// The module stays loaded until the program ends.
template <typename Entry>
Entry loadEntry(const std::string& library, const char* symbol) {
    loadEarlyLibraries();
    void* module = dlopen(library.c_str(), RTLD_LAZY | RTLD_LOCAL);
    void* entry = module ? dlsym(module, symbol) : nullptr;
    if (!entry)
        throw std::runtime_error(std::string("a part of the program is missing: ") + dlerror());
    return reinterpret_cast<Entry>(entry);
}

/// Does what was asked for and returns the exit code. Python runs right here; the window is
/// a module, loaded only when it is wanted, so that a script starts as quickly as under python3.
class Starter {
public:
    explicit Starter(char** argv) : m_argv(argv) {}

    int operator()(const Answered& answered) const { return answered.exitCode; }
    int operator()(const RunPython& plain) const { return runPython(launch(plain.arguments)); }

    int operator()(const RunScript& script) const {
        PythonLaunch run = launch(script.arguments);
        run.headless = headless("run", script.options);
        return runPython(run);
    }

    int operator()(const OpenConsole& console) const {
        PythonLaunch run = launch({"-q"}); // it has a greeting of its own
        run.headless = headless("console", console.options);
        return runPython(run);
    }

    int operator()(const RunBatch& batch) const {
        // -P: nothing in the current folder takes the place of a module.
        std::vector<std::string> words{"-P", "-m", "tintype._batch"};
        words.insert(words.end(), batch.arguments.begin(), batch.arguments.end());
        PythonLaunch run = launch(words);
        run.headless = headless("batch", {});
        return runPython(run);
    }

    int operator()(const RunModule& command) const {
        // -P: nothing in the current folder takes the place of a module.
        std::vector<std::string> words{"-P", "-m", command.module};
        words.insert(words.end(), command.arguments.begin(), command.arguments.end());
        return runPython(launch(words));
    }

    int operator()(const ShowOperations& operations) const {
        // In Python, since add-ons bring operations too.
        leaveAddonsOut(operations.noAddons);
        std::vector<std::string> words{"-P", "-m", "tintype._catalog", operations.name};
        if (operations.json)
            words.emplace_back("--json");
        PythonLaunch run = launch(words);
        run.headless = headless("ops", {});
        return runPython(run);
    }

    int operator()(const ShowWindow& window) const {
        if (const std::string reason = missingDisplay(); !reason.empty()) {
            std::cerr << "tintype: there is no display for the window (" << reason
                      << "). A script runs without one: tintype run SCRIPT\n";
            return WRONG_USAGE;
        }
        leaveAddonsOut(window.noAddons);
        const WindowRequest request{window.files, window.script, m_folder.bin()};
        char* words[] = {m_argv[0], nullptr};
        return loadEntry<TintypeWindowMain>(m_folder.module("window"), "tintypeWindowMain")(1, words, &request);
    }

private:
    PythonLaunch launch(const std::vector<std::string>& words) const {
        PythonLaunch launch;
        launch.executable = m_folder.python();
        launch.packageFolder = m_folder.package();
        launch.arguments.push_back(launch.executable);
        launch.arguments.insert(launch.arguments.end(), words.begin(), words.end());
        return launch;
    }

    /// By the environment, so that all that it starts leaves them out too.
    static void leaveAddonsOut(bool isWanted) {
        if (isWanted)
            setenv("TINTYPE_NO_ADDONS", "1", 1);
    }

    static HeadlessStart headless(const std::string& command, const HeadlessOptions& options) {
        leaveAddonsOut(options.noAddons);
        return {command, options.files, options.quiet, options.json};
    }

    char** m_argv;
    ProgramFolder m_folder;
};

} // namespace

} // namespace tintype

int main(int argc, char** argv) {
    try {
        return std::visit(tintype::Starter(argv), tintype::readCommandLine(argc, argv));
    } catch (const std::exception& error) {
        std::cerr << "tintype: " << error.what() << "\n";
        return tintype::FAILED;
    }
}
