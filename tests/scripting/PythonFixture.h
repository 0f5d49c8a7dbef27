// An interpreter with a workbench and a window that answers questions, as the tests of this room need it.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/Workbench.h"
#include "core/Error.h"
#include "scripting/Interpreter.h"
#include "scripting/PythonRuntime.h"
#include "scripting/ScriptRunner.h"
#include "scripting/WindowBridge.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <mutex>
#include <semaphore>

#include <semaphore.h>

namespace tintype {

/// What a test waits for comes at once; this only ends a test that fails, on a busy machine too.
#ifdef TINTYPE_SANITIZED
constexpr int LIMIT_MS = 600000;
#else
constexpr int LIMIT_MS = 60000;
#endif

/// Answers at once, or waits to be stopped when it has no answer.
class AnsweringWindow : public WindowBridge {
public:
    void showMessage(const std::string& text) override {
        std::lock_guard lock(m_mutex);
        m_message = text;
    }
    void showImage(const std::string& name) override {
        std::lock_guard lock(m_mutex);
        m_shown = name;
    }
    std::optional<std::string> ask(const std::string& question, const std::string&, const CancelToken& token) override {
        std::lock_guard lock(m_mutex);
        m_question = question;
        if (!m_waits)
            return m_answer;
        token.waitFor(LIMIT_MS);
        throw Error(ErrorCode::Cancelled, "Stopped.");
    }
    std::string question() const {
        std::lock_guard lock(m_mutex);
        return m_question;
    }
    std::string message() const {
        std::lock_guard lock(m_mutex);
        return m_message;
    }
    std::string shown() const {
        std::lock_guard lock(m_mutex);
        return m_shown;
    }
    void answerWith(std::optional<std::string> answer) { m_answer = std::move(answer); }
    void waitForStop(bool waits) { m_waits = waits; }

private:
    mutable std::mutex m_mutex;
    std::string m_question;
    std::string m_message;
    std::string m_shown;
    std::optional<std::string> m_answer;
    bool m_waits = false;
};

struct PythonFixture {
    Workbench workbench;
    AnsweringWindow window;
    Interpreter interpreter{settings(), workbench, window};

    /// Runs the function on a Python thread, with the GIL, and waits.
    template <class Function> void withPython(Function function) {
        std::binary_semaphore done{0};
        const PythonThreadPtr thread = interpreter.runtime().makeThread(QStringLiteral("test"));
        thread->post([&] {
            function();
            done.release();
        });
        done.acquire();
    }

    static InterpreterSettings settings() {
        const QString folder = QFileInfo(qEnvironmentVariable("TINTYPE_PROGRAM")).absolutePath();
        return {(folder + QStringLiteral("/tintype-python")).toStdString(), (folder + QStringLiteral("/../python")).toStdString()};
    }
};

/// While it lives, no Python code runs: a thread holds the GIL.
class PythonHeld {
public:
    explicit PythonHeld(PythonFixture& fixture) : m_thread(fixture.interpreter.runtime().makeThread(QStringLiteral("holder"))) {
        m_thread->post([this] {
            m_holds.release();
            m_ends.acquire();
        });
        m_holds.acquire();
    }
    ~PythonHeld() { m_ends.release(); }

private:
    std::binary_semaphore m_holds{0};
    std::binary_semaphore m_ends{0};
    PythonThreadPtr m_thread;
};

/// What a script waits on in C code until the test lets it go.
class Gate {
public:
    Gate() { sem_init(m_semaphore, 0, 0); }
    /// Opens, so that a test that fails does not leave Python held for the others.
    ~Gate() { open(); }
    Gate(const Gate&) = delete;
    void open() { sem_post(m_semaphore); }
    /// The argument of sem_wait, in Python.
    QString semaphore() const { return QStringLiteral("ctypes.c_void_p(%1)").arg(reinterpret_cast<quintptr>(m_semaphore)); }
    /// Python that waits; with PyDLL it keeps the GIL meanwhile, with CDLL not.
    QString wait(const char* loader) const {
        return QStringLiteral("ctypes.%1(None).sem_wait(%2)").arg(QLatin1String(loader), semaphore());
    }

private:
    sem_t* const m_semaphore = new sem_t; ///< stays: the script may still be on its way out of the wait
};

/// What the scripts of a runner printed.
class ScriptOutput : public QObject {
public:
    explicit ScriptOutput(ScriptRunner& runner) : m_finished(&runner, &ScriptRunner::finished) {
        connect(&runner, &ScriptRunner::output, this,
                [this](quint64 job, const QString& text, bool) { m_text[job] += text; });
    }
    QString of(const JobPtr& job) const { return m_text.value(job->id()); }
    int endedCount() const { return int(m_finished.count()); }
    int exitCode(const JobPtr& job) const {
        for (const auto& arguments : m_finished)
            if (arguments[0].toULongLong() == job->id())
                return arguments[1].toInt();
        return -1;
    }

private:
    QMap<quint64, QString> m_text;
    QSignalSpy m_finished;
};

/// Runs scripts, and keeps what they print.
struct Scripts {
    explicit Scripts(PythonFixture& fixture) : runner(fixture.interpreter, fixture.workbench) {}
    JobPtr run(const QString& text, const QString& name = QStringLiteral("test"), const QString& path = {},
               const QStringList& arguments = {}) {
        return runner.run({name, path, text, arguments});
    }

    ScriptRunner runner;
    ScriptOutput output{runner};
};

/// Runs the text to its end and returns what it printed.
inline QString printedBy(PythonFixture& fixture, const QString& text, int* exitCode = nullptr) {
    Scripts scripts(fixture);
    const ScriptOutput& output = scripts.output;
    const JobPtr job = scripts.run(text);
    if (!QTest::qWaitFor([&] { return output.endedCount() == 1; }, LIMIT_MS))
        qWarning("the script did not end");
    if (exitCode)
        *exitCode = output.exitCode(job);
    return output.of(job);
}

} // namespace tintype
