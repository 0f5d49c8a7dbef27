// A console with names in it, and a completer whose questions a test can put and wait for.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scripting/Completer.h"
#include "scripting/ConsoleSession.h"
#include "tests/scripting/PythonFixture.h"

#include <optional>

namespace tintype {

/// What the questions return is nothing when they were not answered in time, which a test verifies.
struct CompleterFixture {
    PythonFixture python;
    ConsoleSession console{python.interpreter, python.workbench};
    std::unique_ptr<Completer> completer = std::make_unique<Completer>(python.interpreter, console);

    /// Whether the line ended well.
    bool run(const QString& source) {
        QSignalSpy finished(&console, &ConsoleSession::finished);
        console.submit(source);
        return QTest::qWaitFor([&] { return finished.count() == 1; }, LIMIT_MS) && finished[0][0].toBool();
    }

    /// Whether the line has begun.
    bool begin(const QString& source) {
        QSignalSpy started(&console, &ConsoleSession::started);
        console.submit(source);
        return QTest::qWaitFor([&] { return started.count() == 1; }, LIMIT_MS);
    }

    bool stop() {
        console.stop();
        return QTest::qWaitFor([&] { return !console.isBusy(); }, LIMIT_MS);
    }

    static CodePlace place(const QString& before) { return {before, {}, {}, true, true}; }

    std::optional<QList<Completion>> completions(const CodePlace& place) {
        return answer<QList<Completion>>(&Completer::completed, 2, [&] { return completer->complete(place); });
    }
    std::optional<QStringList> names(const CodePlace& place) {
        const auto found = completions(place);
        if (!found)
            return std::nullopt;
        QStringList names;
        for (const Completion& each : *found)
            names << each.name;
        return names;
    }
    /// Whether the name is offered.
    bool offers(const QString& before, const QString& name) {
        return names(place(before)).value_or(QStringList()).contains(name);
    }
    std::optional<CallTip> tip(const QString& before) {
        return answer<CallTip>(&Completer::callTipFound, 1, [&] { return completer->callTip(place(before)); });
    }
    std::optional<Documentation> documentation(const QString& before) {
        return answer<Documentation>(&Completer::documented, 1, [&] { return completer->document(place(before)); });
    }

private:
    template <typename T, typename Signal, typename Ask>
    std::optional<T> answer(Signal signal, int argument, Ask ask) {
        QSignalSpy answers(completer.get(), signal);
        const quint64 question = ask();
        const bool came = QTest::qWaitFor([&] { return answers.count() == 1; }, LIMIT_MS);
        return came && answers[0][0].toULongLong() == question ? std::optional(answers[0][argument].template value<T>())
                                                               : std::nullopt;
    }
};

} // namespace tintype
