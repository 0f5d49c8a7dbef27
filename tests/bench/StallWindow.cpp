// The real window under one load, with the time between the beats of a timer: what tests/bench/stall.py runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/WindowApplication.h"
#include "core/document/Commands.h"
#include "tests/bench/AlienThreads.h"
#include "tests/bench/Heartbeat.h"
#include "tests/bench/ThreadTimes.h"
#include "ui/console/ConsolePanel.h"
#include "ui/console/ConsoleView.h"
#include "ui/editor/ScriptEditor.h"
#include "ui/editor/ScriptOutputView.h"
#include "ui/editor/ScriptTab.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDockWidget>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <unistd.h>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

/// What the window shows once the work is done belongs to the load.
constexpr int BEATS_AFTER_THE_END = 30;
constexpr int BEATS_BEFORE = 100;

struct Settings {
    QStringList scripts;  ///< run in the editor, all at once
    QString console;      ///< entered as one text
    QString paste;        ///< pasted
    QStringList shown;    ///< docks to raise
    int aliens = 0;       ///< threads
    int idleBeats = 0;
    int mostMilliseconds = 0;
    int stackAfter = 0;
    QString report;
};

QString contentOf(const QString& path) {
    QFile file(path);
    if (!path.isEmpty() && !file.open(QIODevice::ReadOnly))
        qFatal("%s cannot be read", qPrintable(path));
    return QString::fromUtf8(file.readAll());
}

template <typename T>
QJsonArray array(const std::vector<T>& values) {
    QJsonArray numbers;
    for (const T value : values)
        numbers.append(double(value));
    return numbers;
}

QString lastLine(const QString& text) {
    return text.trimmed().section(u'\n', -1);
}

/// Beats for a moment, beats idle, beats under the load until it ends, writes what was measured, and leaves.
class StallWindow {
public:
    StallWindow(const Settings& settings, const QString& program, const QString& settingsFile)
        : m_settings(settings), m_application(QFileInfo(program).absolutePath().toStdString(), settingsFile),
          m_heartbeat(settings.stackAfter) {
        Workbench& workbench = m_application.workbench();
        applyOperation(workbench, workbench.catalog.get("micrograph"), {{"width", 1200.0}, {"height", 900.0}}, {});
        m_application.start({});
        for (const QString& dock : settings.shown)
            m_application.window().findChild<QDockWidget*>(dock)->raise();
    }

    void begin() {
        m_heartbeat.beatUntil([this] { return ++m_beats > BEATS_BEFORE && !m_application.console().isBusy(); },
                              [this] { beIdle(); });
    }

private:
    void beIdle() {
        m_beats = 0;
        m_heartbeat.beatUntil([this] { return ++m_beats > m_settings.idleBeats; }, [this] { startLoad(); });
    }

    void startLoad() {
        m_idle = m_heartbeat.takeGaps();
        m_revisionBefore = m_application.workbench().document.revision();
        m_beatsAfterEnd = 0;
        m_since.start();
        m_heartbeat.beatUntil([this] { return isOver(); }, [this] { end(); });
        // From the event loop and one by one, as keys and clicks come.
        startNextScript();
        QTimer::singleShot(50, [this] {
            if (!m_settings.console.isEmpty())
                console().runText(contentOf(m_settings.console));
            if (!m_settings.paste.isEmpty())
                console().view().pasteText(contentOf(m_settings.paste));
            if (m_settings.aliens > 0)
                m_aliens = std::make_unique<AlienThreads>(m_application.interpreter(), "def f(): pass",
                                                          m_settings.aliens);
        });
    }

    void startNextScript() {
        m_started = m_scriptsStarted == m_settings.scripts.size();
        if (m_started)
            return;
        QTimer::singleShot(50, [this] {
            auto* editor = m_application.window().findChild<ScriptEditor*>();
            editor->openFile(m_settings.scripts[m_scriptsStarted++]);
            editor->run();
            startNextScript();
        });
    }

    QList<ScriptTab*> tabs() { return m_application.window().findChild<ScriptEditor*>()->tabs(); }
    ConsolePanel& console() { return *m_application.window().findChild<ConsolePanel*>(); }

    bool isOver() {
        if (m_since.elapsed() >= m_settings.mostMilliseconds)
            return true;
        const QList<ScriptTab*> tabs = this->tabs();
        const bool works = !m_started || m_aliens || m_application.console().isBusy() ||
                           !console().view().waitingText().isEmpty() ||
                           std::any_of(tabs.begin(), tabs.end(), [](const ScriptTab* tab) { return tab->isRunning(); });
        m_beatsAfterEnd = works ? 0 : m_beatsAfterEnd + 1;
        return m_beatsAfterEnd >= BEATS_AFTER_THE_END;
    }

    /// What the load has really done.
    QJsonObject work() {
        QJsonObject scripts;
        for (const ScriptTab* tab : tabs())
            if (m_settings.scripts.contains(tab->fileName()))
                scripts[tab->name()] = QJsonObject{{u"state"_s, tab->stateText()},
                                                   {u"running"_s, tab->isRunning()},
                                                   {u"last line"_s, lastLine(tab->output().output())}};
        return {{u"scripts"_s, scripts},
                {u"last line of the console"_s, lastLine(console().view().output())},
                {u"changes of the document"_s, double(m_application.workbench().document.revision() - m_revisionBefore)},
                {u"calls"_s, m_aliens ? array(m_aliens->calls()) : QJsonArray()},
                {u"seconds of threads"_s, threadTimes()}};
    }

    [[noreturn]] void end() {
        const QJsonObject result{{u"idle"_s, array(m_idle)},
                                 {u"load"_s, array(m_heartbeat.takeGaps())},
                                 {u"ended"_s, m_beatsAfterEnd >= BEATS_AFTER_THE_END},
                                 {u"work"_s, work()}};
        QFile report(m_settings.report);
        if (!report.open(QIODevice::WriteOnly) || report.write(QJsonDocument(result).toJson()) < 0)
            qFatal("%s cannot be written", qPrintable(m_settings.report));
        report.close();
        // What holds Python for ever is left behind.
        _exit(0);
    }

    const Settings m_settings;
    WindowApplication m_application;
    Heartbeat m_heartbeat;
    std::unique_ptr<AlienThreads> m_aliens;
    std::vector<double> m_idle;
    bool m_started = false;
    qsizetype m_scriptsStarted = 0;
    std::uint64_t m_revisionBefore = 0;
    int m_beats = 0;
    int m_beatsAfterEnd = 0;
    QElapsedTimer m_since;
};

Settings readSettings(const QCoreApplication& application) {
    QCommandLineParser parser;
    parser.addOptions({{u"script"_s, u"Run in the editor; may be given often."_s, u"file"_s},
                       {u"console"_s, u"Run as one console text."_s, u"file"_s},
                       {u"paste"_s, u"Paste into the console."_s, u"file"_s},
                       {u"show"_s, u"A panel to bring to the front; may be given often."_s, u"name"_s},
                       {u"aliens"_s, u"Threads that call Python."_s, u"count"_s, u"0"_s},
                       {u"idle"_s, u"Seconds without a load."_s, u"seconds"_s, u"3"_s},
                       {u"most"_s, u"Seconds of load at most."_s, u"seconds"_s, u"5"_s},
                       {u"stacks"_s, u"Write stacks when a beat is so late."_s, u"milliseconds"_s, u"0"_s},
                       {u"report"_s, u"Where the figures are written."_s, u"file"_s}});
    parser.process(application);
    const auto milliseconds = [&](const QString& option) { return int(parser.value(option).toDouble() * 1000); };
    return {parser.values(u"script"_s),
            parser.value(u"console"_s),
            parser.value(u"paste"_s),
            parser.values(u"show"_s),
            parser.value(u"aliens"_s).toInt(),
            milliseconds(u"idle"_s) / Heartbeat::INTERVAL_MS,
            milliseconds(u"most"_s),
            parser.value(u"stacks"_s).toInt(),
            parser.value(u"report"_s)};
}

} // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QTemporaryDir folder;
    StallWindow window(readSettings(application), qEnvironmentVariable("TINTYPE_PROGRAM"),
                       folder.filePath(u"settings.ini"_s));
    window.begin();
    return QApplication::exec();
}
