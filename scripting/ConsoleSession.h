// The interactive console: keeps its names between lines and runs them one after the other, on a thread of its own.
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QString>

#include <memory>

namespace tintype {

class Interpreter;
struct ConsoleNames;
struct Workbench;

/// Lives on the GUI thread; every member returns at once, and every answer is a queued signal.
class ConsoleSession : public QObject {
    Q_OBJECT
public:
    ConsoleSession(Interpreter& interpreter, Workbench& workbench, QObject* parent = nullptr);
    /// Stops what runs and waits, two seconds at most.
    ~ConsoleSession() override;

    /// The whole input so far, as in CPython's console: several lines when the ones before were incomplete. Answered by
    /// `incomplete`, or by `started` and `finished`. What is submitted meanwhile waits its turn.
    void submit(const QString& source);
    /// Ends the running line with tt.Cancelled; harmless when none runs.
    void stop();
    bool isBusy() const;
    /// For those who look at the console's names from a Python thread.
    std::shared_ptr<ConsoleNames> names() const;

Q_SIGNALS:
    /// The input needs more lines; nothing was run.
    void incomplete(const QString& source);
    void started(const QString& source);
    void output(const QString& text, bool isError);
    /// sys.ps1 and sys.ps2 are others than before the last line; of long ones the end.
    void promptsChanged(const QString& first, const QString& more);
    /// The line has ended, with an error or without.
    void finished(bool ok);

private:
    class Worker;
    std::unique_ptr<Worker> m_worker;
};

} // namespace tintype
