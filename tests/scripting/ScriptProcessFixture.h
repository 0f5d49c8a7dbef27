// What the tests of scripts in their own process share: a runner, and a document that is empty at first.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/document/Commands.h"
#include "tests/scripting/PythonFixture.h"

namespace tintype {

struct ScriptProcessFixture : PythonFixture {
    ScriptProcessFixture() { begin(); }
    /// Another runner, and nothing open.
    void begin() {
        document().replace({}, {});
        scripts.reset();
        scripts = std::make_unique<Scripts>(*this);
    }

    JobPtr start(const QString& text, const QString& path = {}, const QStringList& arguments = {}) {
        return scripts->runner.run({QStringLiteral("test"), path, text, arguments, true});
    }
    void waitFor(const JobPtr& started) {
        QTRY_VERIFY_WITH_TIMEOUT(scripts->output.exitCode(started) >= 0, 2 * LIMIT_MS);
    }
    /// Runs to the end; what was printed.
    QString run(const QString& text, const QString& path = {}, const QStringList& arguments = {}) {
        job = start(text, path, arguments);
        waitFor(job);
        return scripts->output.of(job);
    }
    Document& document() { return workbench.document; }
    void add(const std::string& name, const Image& image) { setImage(workbench, name, image); }
    Image black(int width, int height) {
        return Image(workbench.catalog.makeNode(*workbench.catalog.find("black"), {{"width", width}, {"height", height}}));
    }

    std::unique_ptr<Scripts> scripts; ///< after the interpreter: it ends first
    JobPtr job;                       ///< of the last run()
};

} // namespace tintype
