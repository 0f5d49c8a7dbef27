// The real window with scripts running, that is quit by hand after a while: what tests/bench/quits.py runs.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window/WindowApplication.h"
#include "ui/editor/ScriptEditor.h"

#include <QApplication>
#include <QFileInfo>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <cstdio>

using namespace tintype;
using namespace Qt::StringLiterals;

namespace {

constexpr int EXIT_CODE = 7;

/// Says how many scripts have not ended yet, and how many of them have begun.
void quit(WindowApplication& application) {
    int left = 0;
    int begun = 0;
    for (const JobPtr& job : application.workbench().jobs.running()) {
        const JobInfo info = job->info();
        left += info.kind == JobKind::Script;
        begun += info.kind == JobKind::Script && info.state == JobState::Running;
    }
    std::printf("quit %d %d\n", left, begun);
    std::fflush(stdout);
    MainWindow& window = application.window();
    window.close();
    // Nothing is asked when nothing runs any more.
    if (auto* question = window.findChild<QMessageBox*>(u"question"_s))
        QTest::mouseClick(question->findChild<QPushButton*>(u"quitAnyway"_s), Qt::LeftButton);
}

} // namespace

/// bench_quits MILLISECONDS SCRIPT…
int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QTemporaryDir folder;
    const QString program = qEnvironmentVariable("TINTYPE_PROGRAM");
    auto* const window = new WindowApplication(QFileInfo(program).absolutePath().toStdString(), folder.filePath(u"settings.ini"_s));
    QObject::connect(&window->window(), &MainWindow::closed, &application, [] { QCoreApplication::exit(EXIT_CODE); });
    window->start({.files = {"/usr/lib/python3/dist-packages/skimage/data/coins.png"}, .programFolder = {}});
    window->console().submit(u"import atexit, os; atexit.register(os.write, 1, b'handlers ran\\n')"_s);
    // Only then, since a line that is stopped before its turn registers nothing.
    QObject::connect(&window->console(), &ConsoleSession::finished, &application, [&] {
        auto* const editor = window->window().findChild<ScriptEditor*>();
        for (int i = 2; i < argc; ++i) {
            editor->openFile(QString::fromLocal8Bit(argv[i]));
            editor->run();
        }
        QTimer::singleShot(QByteArray(argv[1]).toInt(), &application, [window] { quit(*window); });
    });
    window->leave(QApplication::exec());
}
