// Reads the words behind `tintype run` and `tintype console`.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/HeadlessWords.h"

#include "app/UsageError.h"

#include <algorithm>
#include <filesystem>

namespace tintype {

namespace {

bool isOption(const std::string& word) {
    return word.size() > 1 && word.front() == '-';
}

void addFile(HeadlessOptions& options, const std::string& file) {
    requireFile(file);
    const auto isProject = [](const std::string& name) { return name.ends_with(".tint"); };
    if (isProject(file) && std::ranges::any_of(options.files, isProject))
        throw UsageError("'" + file + "' is a second project; only one can be open");
    options.files.push_back(file);
}

/// Takes an option that `run` and `console` share off the words from `at` on. False when it is none of these.
bool takeOption(const std::vector<std::string>& words, std::size_t& at, HeadlessOptions& options) {
    constexpr std::string_view OPEN = "--open=";
    const std::string& word = words[at];
    if (word == "-q" || word == "--quiet") {
        options.quiet = true;
    } else if (word == "--json") {
        options.json = true;
    } else if (word == "--no-addons") {
        options.noAddons = true;
    } else if (word == "--open") {
        if (++at == words.size())
            throw UsageError("--open needs a file: a picture or a project (.tint)");
        addFile(options, words[at]);
    } else if (word.starts_with(OPEN)) {
        addFile(options, word.substr(OPEN.size()));
    } else {
        return false;
    }
    ++at;
    return true;
}

[[noreturn]] void refuseOption(const std::string& word) {
    throw UsageError("run: there is no option '" + word + "'; give a script, -c CODE or -m MODULE" +
                     " (Python's own options: tintype python)");
}

/// Python itself checks the rest, but it would call itself by name and quote its own usage.
void checkScript(const std::vector<std::string>& arguments) {
    if (arguments.empty())
        throw UsageError("run: give a script, -c CODE or -m MODULE");
    const std::string& first = arguments.front();
    if (first == "-c" || first == "-m") {
        if (arguments.size() < 2)
            throw UsageError("run: " + first + (first == "-c" ? " needs code" : " needs the name of a module"));
    } else if (isOption(first)) {
        refuseOption(first);
    } else if (first != "-" && !std::filesystem::is_directory(first)) {
        requireFile(first);
    }
}

bool startsScript(const std::string& word) {
    return !isOption(word) || word == "-c" || word == "-m";
}

} // namespace

RunScript readRunWords(std::vector<std::string> words) {
    RunScript run;
    std::size_t at = 0;
    while (at < words.size() && !startsScript(words[at])) {
        if (words[at] == "--") {
            ++at;
            break;
        }
        if (!takeOption(words, at, run.options))
            refuseOption(words[at]);
    }
    run.arguments.assign(words.begin() + std::ptrdiff_t(at), words.end());
    checkScript(run.arguments);
    return run;
}

OpenConsole readConsoleWords(const std::vector<std::string>& words) {
    OpenConsole console;
    for (std::size_t at = 0; at < words.size();) {
        if (!isOption(words[at]))
            addFile(console.options, words[at++]);
        else if (!takeOption(words, at, console.options))
            throw UsageError("console: there is no option '" + words[at] + "' (see tintype console --help)");
    }
    return console;
}

bool askForJson(const std::string& command, const std::vector<std::string>& words) {
    if (command != "run" && command != "console")
        return false;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (words[at] == "--json")
            return true;
        if (command == "run" && (startsScript(words[at]) || words[at] == "--"))
            return false;
        if (words[at] == "--open")
            ++at;
    }
    return false;
}

} // namespace tintype
