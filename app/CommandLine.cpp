// Reads the words behind `tintype` and says what they ask for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"

#include "app/UsageError.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>
#include <memory>
#include <optional>

namespace tintype {

namespace {

constexpr int WRONG_USAGE = 2;

constexpr const char* NO_ADDONS = "without any add-on, also in what it starts";
constexpr const char* HEADLESS_OPTIONS =
    "  --open FILE                 a picture or a project (.tint) to open before; may be given several times\n"
    "  -q,--quiet                  no progress on the terminal\n"
    "  --json                      progress, messages and errors as lines of JSON on the standard error\n"
    "  --no-addons                 without any add-on, also in what it starts\n";

/// Help with the usage lines as people write them; CLI11's own know neither scripts nor files.
class Help : public CLI::Formatter {
public:
    explicit Help(std::string usage) : m_usage(std::move(usage)) {}
    std::string make_usage(const CLI::App*, std::string) const override { return "Usage: " + m_usage + "\n"; }

private:
    std::string m_usage;
};

/// The commands and options, bound to the places that their values go to.
struct Grammar {
    CLI::App app{"An image workbench with Python inside.\n"
                 "Without a command: the window, on the given files.",
                 "tintype"};
    ShowWindow window;
    ShowOperations operations;
    CLI::App* ops = nullptr;

    Grammar() {
        setVersion(app);
        app.formatter(std::make_shared<Help>("tintype [FILE...] [--script FILE]\n"
                                             "       tintype COMMAND ...          (help: tintype COMMAND --help)"));
        app.footer("Exit codes: 0 fine, 1 the script failed, 2 wrong usage.");
        app.add_option("FILE", window.files, "pictures, projects (.tint) and scripts (.py) to open")->type_name(" ");
        app.add_flag("--no-addons", window.noAddons, NO_ADDONS);
        app.add_option("--script", window.script, "a script to run in the window, in the background")->type_name("FILE");

        // The words behind these never come here, but for --help and --version.
        command("run", "A script, without a window; no display is needed",
                "tintype run [OPTION...] SCRIPT [ARG...]\n"
                "       tintype run [OPTION...] -c CODE [ARG...]\n"
                "       tintype run [OPTION...] -m MODULE [ARG...]\n"
                "       tintype run [OPTION...] - [ARG...]       (the script comes from the standard input)")
            ->footer(std::string(HEADLESS_OPTIONS) +
                     "\nWhatever follows the script belongs to it, options too.\n"
                     "Exit codes: the script's own; 1 after an error, 130 after Ctrl+C (SIGINT), 143 after SIGTERM, 141 when\n"
                     "whoever read the output has closed it.");
        command("console", "A Python console on the terminal, without a window", "tintype console [OPTION...] [FILE...]")
            ->footer(HEADLESS_OPTIONS);
        command("batch", "The same recipe, function or operations on many files", "tintype batch RECIPE INPUT... -o OUT");
        command("addon", "Add-ons: list, enable, disable, install, make new ones", "tintype addon COMMAND ...");
        command("pip", "Python packages for all of Tintype, in an environment of its own", "tintype pip ARG...");
        command("python", "Plain CPython with the package tintype importable", "tintype python [ARG...]");

        ops = command("ops", "The catalogue of operations, or one of them", "tintype ops [NAME] [--json]");
        ops->add_option("NAME", operations.name, "the operation to describe, as Python calls it")->type_name(" ");
        ops->add_flag("--json", operations.json, "for programs to read");
        ops->add_flag("--no-addons", operations.noAddons, NO_ADDONS);
    }

    CLI::App* command(const std::string& name, const std::string& description, const std::string& usage) {
        CLI::App* added = app.add_subcommand(name, description);
        added->formatter(std::make_shared<Help>(usage));
        setVersion(*added);
        return added;
    }

    void setVersion(CLI::App& of) {
        of.set_help_flag("-h,--help", "show this help");
        of.set_version_flag("--version", "Tintype " TINTYPE_VERSION, "show the version");
    }

    Request request() {
        if (!window.files.empty() && !app.get_subcommands().empty())
            throw UsageError("files go with the window, not with the command '" +
                             app.get_subcommands().front()->get_name() + "'");
        if (!app.get_subcommands().empty() && (window.noAddons || !window.script.empty())) {
            const std::string name = app.get_subcommands().front()->get_name();
            throw UsageError("the command comes first: tintype " + name + " [OPTION...]; see tintype " + name + " --help");
        }
        if (ops->parsed())
            return operations;
        for (const std::string& file : window.files)
            requireFile(file, ", and no command of that name (run, console, batch, ops, addon, pip, python)");
        if (!window.script.empty())
            requireFile(window.script);
        return window;
    }
};

bool asksAboutProgram(const std::vector<std::string>& words) {
    return !words.empty() && (words[0] == "-h" || words[0] == "--help" || words[0] == "--version");
}

/// The commands whose words Python or others read. The grammar costs a script a part of its start.
std::optional<Request> readWithoutGrammar(const std::string& command, const std::vector<std::string>& words) {
    if (command == "python")
        return RunPython{words};
    if (command == "batch")
        return RunBatch{words};
    if (command == "addon")
        return RunModule{"tintype._addons", words};
    if (command == "pip")
        return RunModule{"tintype_environment", words};
    if (command == "run" && !asksAboutProgram(words))
        return readRunWords(words);
    if (command == "console" && !asksAboutProgram(words))
        return readConsoleWords(words);
    return {};
}

Request readByGrammar(int argc, char** argv) {
    Grammar grammar;
    try {
        grammar.app.parse(argc, argv);
        return grammar.request();
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0)
            return Answered{grammar.app.exit(error)};
        std::cerr << "tintype: " << error.what() << "\nSee tintype --help.\n";
        return Answered{WRONG_USAGE};
    }
}

} // namespace

Request readCommandLine(int argc, char** argv) {
    const std::string command = argc > 1 ? argv[1] : "";
    const std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
    try {
        if (std::optional<Request> request = readWithoutGrammar(command, words))
            return *std::move(request);
        return readByGrammar(argc, argv);
    } catch (const UsageError& error) {
        // The Python half knows how such lines are written.
        if (askForJson(command, words))
            return RunPython{{"-P", "-m", "tintype_headless.refusal", error.what()}};
        std::cerr << "tintype: " << error.what() << "\n";
        return Answered{WRONG_USAGE};
    }
}

} // namespace tintype
