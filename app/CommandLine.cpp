// Reads the words behind `tintype` and says what they ask for.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/CommandLine.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <stdexcept>

namespace tintype {

namespace {

constexpr int WRONG_USAGE = 2;

/// Its message is what the person reads.
class UsageError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// Help with the usage lines as people write them; CLI11's own know neither scripts nor files.
class Help : public CLI::Formatter {
public:
    explicit Help(std::string usage) : m_usage(std::move(usage)) {}
    std::string make_usage(const CLI::App*, std::string) const override { return "Usage: " + m_usage + "\n"; }

private:
    std::string m_usage;
};

void requireFile(const std::string& path, const std::string& otherwise = {}) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found)
        throw UsageError("there is no file '" + path + "'" + otherwise);
    if (error)
        throw UsageError("'" + path + "' cannot be reached: " + error.message());
    if (std::filesystem::is_directory(status))
        throw UsageError("'" + path + "' is a folder; give a file");
}

/// Python itself checks the rest, but it would call itself by name and quote its own usage.
void checkScript(const std::vector<std::string>& arguments) {
    if (arguments.empty())
        throw UsageError("run: give a script, -c CODE or -m MODULE");
    const std::string& first = arguments.front();
    if (first == "-c" || first == "-m") {
        if (arguments.size() < 2)
            throw UsageError("run: " + first + (first == "-c" ? " needs code" : " needs the name of a module"));
    } else if (first.size() > 1 && first.front() == '-') {
        throw UsageError("run: there is no option '" + first + "'; give a script, -c CODE or -m MODULE" +
                         " (Python's own options: tintype python)");
    } else if (first != "-" && !std::filesystem::is_directory(first)) {
        requireFile(first);
    }
}

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
        app.add_option("--script", window.script, "a script to run in the window, in the background")->type_name("FILE");

        // The words behind these three never come here, but for --help and --version.
        command("run", "A script, without a window; no display is needed",
                "tintype run SCRIPT [ARG...]\n"
                "       tintype run -c CODE [ARG...]\n"
                "       tintype run -m MODULE [ARG...]\n"
                "       tintype run - [ARG...]       (the script comes from the standard input)")
            ->footer("Whatever follows the script belongs to it, options too.");
        command("batch", "The same recipe, function or operations on many files", "tintype batch RECIPE INPUT... -o OUT");
        command("python", "Plain CPython with the package tintype importable", "tintype python [ARG...]");

        ops = command("ops", "The catalogue of operations, or one of them", "tintype ops [NAME] [--json]");
        ops->add_option("NAME", operations.name, "the operation to describe, as Python calls it")->type_name(" ");
        ops->add_flag("--json", operations.json, "for programs to read");
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
        if (ops->parsed())
            return operations;
        for (const std::string& file : window.files)
            requireFile(file, ", and no command of that name (run, batch, ops, python)");
        if (!window.script.empty())
            requireFile(window.script);
        return window;
    }
};

bool asksAboutProgram(const std::vector<std::string>& words) {
    return !words.empty() && (words[0] == "-h" || words[0] == "--help" || words[0] == "--version");
}

Request read(int argc, char** argv, Grammar& grammar) {
    const std::string command = argc > 1 ? argv[1] : "";
    std::vector<std::string> words(argv + std::min(argc, 2), argv + argc);
    if (command == "python")
        return RunPython{words};
    if (command == "batch")
        return RunBatch{words};
    if (command == "run" && !asksAboutProgram(words)) {
        if (!words.empty() && words.front() == "--")
            words.erase(words.begin());
        checkScript(words);
        return RunScript{words};
    }
    grammar.app.parse(argc, argv);
    return grammar.request();
}

} // namespace

Request readCommandLine(int argc, char** argv) {
    Grammar grammar;
    try {
        return read(argc, argv, grammar);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0)
            return Answered{grammar.app.exit(error)};
        std::cerr << "tintype: " << error.what() << "\nSee tintype --help.\n";
    } catch (const UsageError& error) {
        std::cerr << "tintype: " << error.what() << "\n";
    }
    return Answered{WRONG_USAGE};
}

} // namespace tintype
